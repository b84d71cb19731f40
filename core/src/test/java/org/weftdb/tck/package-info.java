/**
 * The openCypher technology compatibility kit, run against the database.
 *
 * <p>The kit is a set of Gherkin features. {@link org.weftdb.tck.TckFeatures} reads them and
 * expands their outlines to {@linkplain org.weftdb.tck.TckScenario scenarios}; {@link
 * org.weftdb.tck.TckRunner} runs one of them in a database of its own and checks every step; {@link
 * org.weftdb.tck.TckTest} makes each a test. {@link org.weftdb.tck.TckCorpus} writes all of it as
 * one JSON file, from which the same scenarios run in WebAssembly: in Node.js by the npm package's
 * tests, and in Chromium by those of browsers.
 */
@NullMarked
package org.weftdb.tck;

import org.jspecify.annotations.NullMarked;
