/**
 * Bytes: writing, reading, checking and making up byte sequences.
 *
 * <p>Vocabulary: an <em>offset</em> is a position in an array, a <em>position</em> is where a
 * writer or reader stands. Everything is little-endian. A <em>varint</em> is an unsigned LEB128
 * number of 1 to 10 bytes; a <em>signed varint</em> is zigzag-encoded first. Text is WTF-8: UTF-8
 * in which an unpaired surrogate is written as the three bytes of its code point, so that every
 * Java string survives.
 *
 * <p>Invariants: no method reads or writes outside the range it was given; damaged input is a
 * {@link org.weftdb.error.WeftException} that names the offset, never an index error; equal calls
 * give equal bytes on the JVM and in WebAssembly.
 *
 * <p>Threading: writers, readers and {@link org.weftdb.bytes.Prng} belong to one thread at a time;
 * the static functions are pure. This package knows errors and nothing else of WeftDB.
 */
@NullMarked
package org.weftdb.bytes;

import org.jspecify.annotations.NullMarked;
