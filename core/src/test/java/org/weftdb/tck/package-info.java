/**
 * The openCypher technology compatibility kit, run against the database.
 *
 * <p>The kit is a set of Gherkin features. {@link org.weftdb.tck.TckFeatures} reads them and
 * expands their outlines to {@linkplain org.weftdb.tck.TckScenario scenarios}; {@link
 * org.weftdb.tck.TckRunner} runs one of them in a database of its own and checks every step; {@link
 * org.weftdb.tck.TckTest} makes each a test. Scenarios that do not pass yet stand in {@code
 * tck/not-passing.txt}, a list that may only shrink. {@link org.weftdb.tck.TckCorpus} writes all of
 * it as one JSON file, from which the npm package's tests run the passing ones in WebAssembly.
 */
@NullMarked
package org.weftdb.tck;

import org.jspecify.annotations.NullMarked;
