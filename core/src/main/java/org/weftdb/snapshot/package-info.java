/**
 * Snapshots: the container in which a whole graph is saved at one moment.
 *
 * <p>Vocabulary: a <em>section</em> is a run of bytes with a number, a length and a checksum of its
 * own; the <em>manifest</em> is the section that says what the snapshot holds and up to which log
 * record; a <em>column</em> is an array written so that reading it is close to a copy.
 *
 * <p>Invariants: every byte of a snapshot is covered by a checksum, and none is handed out before
 * the whole was checked; equal sections give equal bytes on every platform; nothing in it depends
 * on time, place or the machine.
 *
 * <p>Threading: writers and section readers belong to one thread at a time; a {@link
 * org.weftdb.snapshot.SnapshotReader} may be shared. This package knows {@code storage} and {@code
 * bytes}; what the sections mean is known above.
 */
@NullMarked
package org.weftdb.snapshot;

import org.jspecify.annotations.NullMarked;
