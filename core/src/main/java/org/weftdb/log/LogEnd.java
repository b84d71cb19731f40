package org.weftdb.log;

import java.util.List;

/**
 * Where a log ends that was read, which is where writing goes on.
 *
 * @param lastLsn the last commit, or 0
 * @param segmentNumber the segment of the last record that counts, or 0
 * @param segmentLength the bytes of it that count
 * @param checksum of the last record that counts, or of the segment's header
 * @param highestNumber the highest number of any segment there is, void ones included, or 0
 * @param tornBytes bytes behind the end that a crash left and nobody was promised
 * @param readBytes the bytes of the segments that were read
 * @param segments those that count, the oldest first; older ones than were needed are among them
 *     when they are there and lead up to those
 */
public record LogEnd(
    long lastLsn,
    long segmentNumber,
    long segmentLength,
    int checksum,
    long highestNumber,
    long tornBytes,
    long readBytes,
    List<LogSegment> segments) {

  /** The end of a log of which there is no segment. */
  public static final LogEnd EMPTY = new LogEnd(0, 0, 0, 0, 0, 0, 0, List.of());

  public LogEnd {
    segments = List.copyOf(segments);
  }

  SegmentHeader.Previous asPrevious() {
    return new SegmentHeader.Previous(segmentNumber, segmentLength, checksum);
  }
}
