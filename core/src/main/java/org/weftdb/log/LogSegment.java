package org.weftdb.log;

/**
 * A file of the log.
 *
 * @param number the number in its name
 * @param firstLsn the commit that its first record belongs to
 * @param firstPart the part of that commit that its first record is; 0 unless a large commit goes
 *     on from the segment before
 * @param bytes how many of its bytes count
 */
public record LogSegment(long number, long firstLsn, int firstPart, long bytes) {
  /** The first commit that is in this segment and those behind it as a whole. */
  public long firstWholeLsn() {
    return firstPart == 0 ? firstLsn : firstLsn + 1;
  }

  /** The same with so many bytes that count. */
  LogSegment ofLength(long length) {
    return new LogSegment(number, firstLsn, firstPart, length);
  }

  /** Whether all commits above an LSN are in this segment and those behind it. */
  boolean beginsUpTo(long lsn) {
    return firstLsn <= lsn || firstLsn == lsn + 1 && firstPart == 0;
  }
}
