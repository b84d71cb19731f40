/**
 * The write-ahead log: every commit as a checksummed record, in segments.
 *
 * <p>Vocabulary: an <em>LSN</em> numbers commits from 1 without gaps (but see {@code baseLsn} in
 * {@link org.weftdb.log.LogFormat}); a <em>record</em> is a commit, a part of one, or a mark; a
 * <em>segment</em> is a file of records; a <em>torn tail</em> is what a crash left of writes that
 * nobody was told are durable; to <em>vouch</em> for bytes is to state in later bytes that the
 * earlier ones were durable before.
 *
 * <p>Invariants: a record is found valid only in the database, the segment and the place where it
 * was written; damage is never skipped and never taken for a torn tail where something valid
 * vouches for it; after a failed append or sync nothing is appended any more.
 *
 * <p>Threading: {@link org.weftdb.log.LogWriter} may be used from several threads at once, which it
 * lets in one after another; it starts none and knows no clock. What a commit's bytes mean is known
 * above; this package knows {@code storage} and {@code bytes}.
 */
@NullMarked
package org.weftdb.log;

import org.jspecify.annotations.NullMarked;
