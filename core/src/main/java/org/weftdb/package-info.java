/**
 * WeftDB for programs on the JVM: {@link org.weftdb.Database} is the beginning of everything.
 *
 * <p>A thin facade: it gives the engine the directory, the threads, the clock and the randomness
 * that the engine must not know. Results, rows, transactions and snapshot information are those of
 * {@code org.weftdb.engine}, values those of {@code org.weftdb.value}, errors {@link
 * org.weftdb.error.WeftException}.
 *
 * <p>Threading: a {@code Database} may be used from any number of threads at once. This package is
 * not compiled to WebAssembly; together with {@code jvm} it is all that is not.
 */
@NullMarked
package org.weftdb;

import org.jspecify.annotations.NullMarked;
