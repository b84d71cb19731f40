/**
 * The database behind a byte boundary, for WebAssembly.
 *
 * <p>{@link org.weftdb.wasm.Exports} is all that JavaScript sees: functions over ints and doubles,
 * and one window in linear memory through which every text, value, result and snapshot goes as
 * bytes; a second one is for what JavaScript is asked meanwhile. The layouts of these bytes are
 * specified at the classes that write them: {@link org.weftdb.wasm.FailureRecord}, {@link
 * org.weftdb.wasm.ResultPieces}, {@link org.weftdb.wasm.ResultHeader}, {@link
 * org.weftdb.wasm.BatchEncoder}. They are private to one version of the npm package, whose
 * JavaScript half checks {@link org.weftdb.wasm.Exports#BOUNDARY_VERSION}.
 *
 * <p>One instance of the module is one database. It has one thread, no clock and no randomness of
 * its own: the time of a call and the seed come in as arguments. The one thing that JavaScript is
 * asked for is the offset of a named time zone: {@link org.weftdb.wasm.HostZoneRules}; and the
 * normalization of text: {@link org.weftdb.wasm.HostTextNormalizer}.
 *
 * <p>Vocabulary: the <em>window</em> is the range of linear memory both sides read and write; a
 * <em>cursor</em> is the number of an open result.
 *
 * <p>This package knows the engine and must not know how JavaScript stores or shows anything.
 */
@NullMarked
package org.weftdb.wasm;

import org.jspecify.annotations.NullMarked;
