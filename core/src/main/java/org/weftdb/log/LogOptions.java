package org.weftdb.log;

/**
 * How a log is written.
 *
 * @param databaseId which database it belongs to
 * @param segmentBytes a segment that would become longer is followed by another; one record may be
 *     longer than that
 * @param chunkBytes the most payload in one record; longer commits are written in several
 */
public record LogOptions(DatabaseId databaseId, int segmentBytes, int chunkBytes) {
  /** 8 MiB. */
  public static final int DEFAULT_SEGMENT_BYTES = 8 << 20;

  /** 1 MiB. */
  public static final int DEFAULT_CHUNK_BYTES = 1 << 20;

  private static final int MAX_SEGMENT_BYTES = 1 << 30;

  public LogOptions {
    if (segmentBytes < 1 || segmentBytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "segments of " + segmentBytes + " bytes; 1 to " + MAX_SEGMENT_BYTES + " are possible");
    }
    if (chunkBytes < 1 || chunkBytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "chunks of " + chunkBytes + " bytes; 1 to " + MAX_SEGMENT_BYTES + " are possible");
    }
  }

  /** Segments and chunks of the default sizes. */
  public static LogOptions of(DatabaseId databaseId) {
    return new LogOptions(databaseId, DEFAULT_SEGMENT_BYTES, DEFAULT_CHUNK_BYTES);
  }
}
