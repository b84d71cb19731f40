package org.weftdb.log;

/**
 * What was found out about a file of a log.
 *
 * @param name its name
 * @param use what it is to the log
 * @param firstLsn the first commit of which something valid is in it, or 0
 * @param lastLsn the last one, or 0
 * @param bytes the length of the file
 * @param linked whether the segments from it to the end of the log follow each other without a gap,
 *     and without a snapshot that was loaded in between
 */
public record ScannedSegment(
    String name, Use use, long firstLsn, long lastLsn, long bytes, boolean linked) {
  /** What a file is to the log. */
  public enum Use {
    /** It is a part of the log. */
    COUNTS,
    /** It does not count: its creation did not end, or the log goes on from before it. */
    VOID,
    /** It is of another database, or nothing tells that it is of this one. */
    FOREIGN,
    /** It is a copy of a segment under the number of another. */
    COPY,
    /** It should be a part of the log, but nothing in it is valid. */
    UNREADABLE
  }
}
