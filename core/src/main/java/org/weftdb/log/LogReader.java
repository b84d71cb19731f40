package org.weftdb.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FileNames;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * Reads a log from its files: hands out the commits above an LSN in their order, and finds where
 * the log ends, as {@link LogFormat} defines it.
 *
 * <p>A segment that should be there and is not is {@link ErrorCode#SEGMENT_MISSING}, one of another
 * database {@link ErrorCode#FOREIGN_FILE}, damage {@link ErrorCode#CORRUPTED} naming file and
 * offset; a torn tail is no error. Changes nothing in the storage.
 *
 * <p>Not promised: that a missing last segment is found when the one before was the last of an
 * earlier use of the database; the caller finds it when a snapshot is later than the log.
 */
public final class LogReader {
  private record Segment(String name, SegmentHeader header, int checksum, long length) {}

  private final Storage storage;
  private final DatabaseId databaseId;
  private final long afterLsn;
  private final CommitConsumer consumer;
  private final ByteWriter chunks = new ByteWriter(0);

  /** The commit and part that the next record must be of. */
  private long nextLsn;

  private int nextPart;

  /** The end of the last commit or mark. */
  private SegmentHeader.Previous end = SegmentHeader.Previous.NONE;

  private long tornBytes;
  private long readBytes;

  private LogReader(
      Storage storage, DatabaseId databaseId, long afterLsn, CommitConsumer consumer) {
    this.storage = storage;
    this.databaseId = databaseId;
    this.afterLsn = afterLsn;
    this.consumer = consumer;
  }

  /**
   * Reads the log.
   *
   * @param afterLsn commits up to this one are not handed out, and segments with no others need not
   *     be there
   */
  public static LogEnd read(
      Storage storage, DatabaseId databaseId, long afterLsn, CommitConsumer consumer) {
    return new LogReader(storage, databaseId, Lsn.checked(afterLsn), consumer).read();
  }

  private LogEnd read() {
    List<Long> numbers = new ArrayList<>();
    for (String name : storage.list()) {
      long number = LogFormat.segmentNumber(name);
      if (number >= 0) {
        numbers.add(number);
      }
    }
    if (numbers.isEmpty()) {
      return LogEnd.EMPTY;
    }
    long highestNumber = numbers.get(numbers.size() - 1);
    List<Segment> chain = chain(numbers);
    if (chain.isEmpty()) {
      return new LogEnd(0, 0, 0, 0, highestNumber, 0, 0, List.of());
    }
    long totalBytes = 0;
    for (int i = 0; i < chain.size(); i++) {
      boolean isLast = i + 1 == chain.size();
      totalBytes += isLast ? chain.get(i).length : chain.get(i + 1).header.previous().length();
    }
    for (int i = 0; i < chain.size(); i++) {
      consumer.progress(readBytes, totalBytes);
      Segment next = i + 1 < chain.size() ? chain.get(i + 1) : null;
      readSegment(chain.get(i), i == 0, next);
    }
    consumer.progress(totalBytes, totalBytes);
    return new LogEnd(
        nextLsn - 1,
        end.number(),
        end.length(),
        end.checksum(),
        highestNumber,
        tornBytes,
        readBytes,
        counting(chain));
  }

  /** The segments of the chain up to the end, and those before it that lead up to it. */
  private List<LogSegment> counting(List<Segment> chain) {
    List<LogSegment> segments = new ArrayList<>();
    for (int i = chain.size() - 1; i >= 0; i--) {
      SegmentHeader header = chain.get(i).header;
      if (header.number() <= end.number()) {
        boolean isLast = header.number() == end.number();
        long bytes = isLast ? end.length() : chain.get(i + 1).header.previous().length();
        segments.add(described(header, bytes));
      }
    }
    SegmentHeader header = chain.get(0).header;
    while (header.baseLsn() == 0
        && previousOf(header) > 0
        && storage.exists(LogFormat.segmentName(previousOf(header)))) {
      SegmentHeader before;
      try {
        before = openSegment(LogFormat.segmentName(previousOf(header))).header;
      } catch (WeftException unneeded) {
        // Nothing of what is before is needed, so it only counts when it is sound.
        break;
      }
      segments.add(described(before, header.previous().length()));
      header = before;
    }
    Collections.reverse(segments);
    return segments;
  }

  private static long previousOf(SegmentHeader header) {
    return header.previous().number();
  }

  private static LogSegment described(SegmentHeader header, long bytes) {
    return new LogSegment(header.number(), header.first().lsn(), header.first().part(), bytes);
  }

  /** The segments that count, from the first that is needed to the last. */
  private List<Segment> chain(List<Long> numbers) {
    List<Segment> chain = new ArrayList<>();
    Segment segment = null;
    for (int i = numbers.size() - 1; i >= 0 && segment == null; i--) {
      segment = openLastSegment(LogFormat.segmentName(numbers.get(i)));
    }
    while (segment != null) {
      chain.add(segment);
      segment = segmentBefore(segment);
    }
    Collections.reverse(chain);
    return chain;
  }

  private @Nullable Segment segmentBefore(Segment segment) {
    SegmentHeader header = segment.header;
    if (header.baseLsn() > afterLsn) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          segment.name
              + " continues a snapshot of commit "
              + header.baseLsn()
              + ", but there is none of that commit or a later one");
    }
    long firstLsn = header.first().lsn();
    boolean isFirstNeeded =
        firstLsn <= afterLsn || firstLsn == afterLsn + 1 && header.first().part() == 0;
    if (isFirstNeeded) {
      return null;
    }
    long number = header.previous().number();
    String name = LogFormat.segmentName(number);
    if (number == 0 || !storage.exists(name)) {
      throw new WeftException(
          ErrorCode.SEGMENT_MISSING,
          number == 0
              ? "the log begins with commit " + firstLsn + ", but " + (afterLsn + 1) + " is needed"
              : "the segment " + name + " is missing: " + segment.name + " continues it");
    }
    return openSegment(name);
  }

  /** The first bytes of a segment, as many as its header has, or all when there are fewer. */
  private record Beginning(String name, byte[] bytes, long length) {
    boolean isUnfinished() {
      return length <= LogFormat.SEGMENT_HEADER_BYTES && !SegmentHeader.isWhole(bytes);
    }
  }

  private Beginning beginning(String name) {
    ReadFile file = storage.openRead(name);
    try {
      long length = file.length();
      byte[] bytes = new byte[(int) Math.min(length, LogFormat.SEGMENT_HEADER_BYTES)];
      file.readAt(0, bytes, 0, bytes.length);
      return new Beginning(name, bytes, length);
    } finally {
      file.close();
    }
  }

  private Segment segment(Beginning beginning) {
    byte[] bytes = beginning.bytes;
    SegmentHeader header = SegmentHeader.decode(bytes, databaseId, beginning.name);
    return new Segment(beginning.name, header, SegmentHeader.checksumIn(bytes), beginning.length);
  }

  private Segment openSegment(String name) {
    return segment(beginning(name));
  }

  /** The segment; null when its creation did not end, as may be of the last one. */
  private @Nullable Segment openLastSegment(String name) {
    Beginning beginning = beginning(name);
    return beginning.isUnfinished() ? null : segment(beginning);
  }

  private void readSegment(Segment segment, boolean isFirst, @Nullable Segment next) {
    SegmentHeader header = segment.header;
    if (isFirst) {
      nextLsn = header.first().lsn();
      nextPart = header.first().part();
    } else if (header.first().lsn() != nextLsn || header.first().part() != nextPart) {
      throw corrupted(
          segment,
          0,
          "it begins with "
              + place(header.first().lsn(), header.first().part())
              + ", but the segment before ends before "
              + place(nextLsn, nextPart));
    }
    byte[] bytes = readBytes(segment, next);
    readBytes += bytes.length;
    RecordCursor cursor = new RecordCursor(bytes, segment.checksum, segment.name);
    int lastChecksum = segment.checksum;
    if (nextPart == 0) {
      end = new SegmentHeader.Previous(header.number(), cursor.position(), lastChecksum);
    }
    boolean ended = false;
    while (cursor.position() < bytes.length) {
      String problem = ended ? "bytes after the segment's end" : cursor.tryNext();
      if (problem != null) {
        if (next != null || ended || cursor.isVouchedFor()) {
          throw corrupted(segment, cursor.position(), problem);
        }
        break;
      }
      take(segment, cursor);
      lastChecksum = cursor.checksum();
      if (nextPart == 0) {
        end = new SegmentHeader.Previous(header.number(), cursor.position(), lastChecksum);
      }
      ended = cursor.kind() == RecordKind.END;
    }
    if (next == null) {
      if (ended) {
        throw new WeftException(
            ErrorCode.SEGMENT_MISSING,
            "the segment after " + segment.name + " is missing: the log goes on there");
      }
      tornBytes = bytes.length - (end.number() == header.number() ? end.length() : 0);
    } else if (lastChecksum != next.header.previous().checksum()) {
      throw corrupted(
          segment,
          bytes.length,
          "the last record before has checksum "
              + FileNames.hexadecimal(lastChecksum)
              + ", but "
              + next.name
              + " continues one with "
              + FileNames.hexadecimal(next.header.previous().checksum()));
    }
  }

  /** The bytes of a segment that count: all of the last one, else what the next one says. */
  private byte[] readBytes(Segment segment, @Nullable Segment next) {
    ReadFile file = storage.openRead(segment.name);
    try {
      long length = file.length();
      if (next != null) {
        long counting = next.header.previous().length();
        if (counting > length || counting < LogFormat.SEGMENT_HEADER_BYTES) {
          throw corrupted(
              segment, length, "it ends here, but " + next.name + " continues it at " + counting);
        }
        length = counting;
      }
      if (length > Integer.MAX_VALUE - 64) {
        throw corrupted(segment, 0, "a segment of " + length + " bytes cannot be");
      }
      byte[] bytes = new byte[(int) length];
      file.readAt(0, bytes, 0, bytes.length);
      return bytes;
    } finally {
      file.close();
    }
  }

  /** Takes a valid record, if it is the one that must come. */
  private void take(Segment segment, RecordCursor record) {
    if (record.kind() == RecordKind.END) {
      return;
    }
    boolean isMark = record.kind() == RecordKind.CHECKPOINT || record.kind() == RecordKind.SYNCED;
    boolean isExpected =
        isMark
            ? nextPart == 0 && record.lsn() == nextLsn - 1 && record.part() == 0
            : record.lsn() == nextLsn && record.part() == nextPart;
    if (!isExpected) {
      throw corrupted(
          segment,
          record.start(),
          "a record of "
              + place(record.lsn(), record.part())
              + " where "
              + place(nextLsn, nextPart)
              + " was expected");
    }
    if (isMark) {
      return;
    }
    boolean isWanted = nextLsn > afterLsn;
    ByteReader payload = record.payload();
    if (record.kind() == RecordKind.CHUNK) {
      if (isWanted) {
        chunks.writeBytes(payload.array(), payload.arrayOffset(), payload.length());
      }
      nextPart++;
      return;
    }
    if (isWanted && nextPart == 0) {
      consumer.commit(nextLsn, payload);
    } else if (isWanted) {
      chunks.writeBytes(payload.array(), payload.arrayOffset(), payload.length());
      consumer.commit(
          nextLsn, new ByteReader(chunks.array(), 0, chunks.position(), "commit " + nextLsn));
    }
    chunks.truncate(0);
    nextLsn++;
    nextPart = 0;
  }

  static String place(long lsn, int part) {
    return "commit " + lsn + " part " + part;
  }

  private static WeftException corrupted(Segment segment, long offset, String what) {
    return new WeftException(ErrorCode.CORRUPTED, damaged(segment.name, offset, what));
  }

  static String damaged(String name, long offset, String what) {
    return name + ": damaged at offset " + offset + ": " + what;
  }
}
