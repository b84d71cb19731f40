/** Measurements of WeftDB on the JVM; {@code bench/measure.mjs} is their WebAssembly half. */
@NullMarked
package org.weftdb.bench;

import org.jspecify.annotations.NullMarked;
