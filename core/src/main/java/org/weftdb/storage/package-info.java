/**
 * Storage: byte arrays under names, the only road to durable media.
 *
 * <p>Vocabulary: a <em>file</em> is a byte sequence under a flat name; it is created, appended,
 * synced, closed, and immutable from then on. <em>Durable</em> is what a power cut cannot take
 * away. A <em>temporary</em> is a file that waits to be published under its final name. An
 * <em>archive</em> is a storage that is only read, as one sequence of bytes.
 *
 * <p>Invariants: nothing is ever overwritten in place; a name changes its file only through {@link
 * org.weftdb.storage.Storage#publish}, from the whole old to the whole new bytes; each method says
 * what it does not promise, and nothing above relies on more. Every file begins with a {@link
 * org.weftdb.storage.FormatHeader}.
 *
 * <p>Threading: a {@code Storage} may be used from several threads at once; an {@code AppendFile}
 * belongs to one thread at a time; a {@code ReadFile} may be shared.
 *
 * <p>This package knows {@code bytes} and nothing of logs, snapshots or graphs.
 */
@NullMarked
package org.weftdb.storage;

import org.jspecify.annotations.NullMarked;
