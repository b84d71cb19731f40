package org.weftdb.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * The files of a log that may be damaged, in the order in which they follow each other, and how
 * much of each counts, as far as the sound headers tell.
 */
final class SegmentChain {
  /** A file of the log. */
  static final class Link {
    private final String file;
    private final long number;
    private final long length;
    private final byte[] headerBytes;
    private final @Nullable SegmentHeader header;
    private final @Nullable WeftException problem;
    private ScannedSegment.Use use = ScannedSegment.Use.VOID;
    private int checksum;
    private boolean linked;
    private long countingBytes = -1;
    private long firstLsn;
    private long lastLsn;

    Link(String file, long number, Header read) {
      this.file = file;
      this.number = number;
      this.length = read.length;
      this.headerBytes = read.bytes;
      this.header = read.header;
      this.problem = read.problem;
      this.checksum = header == null ? 0 : SegmentHeader.checksumIn(headerBytes);
    }

    /** The name that the segment should have. */
    String name() {
      return LogFormat.segmentName(number);
    }

    /** The name of the file, which is another one when a copy stands in. */
    String file() {
      return file;
    }

    long number() {
      return number;
    }

    long length() {
      return length;
    }

    /** Null when it is damaged. */
    @Nullable SegmentHeader header() {
      return header;
    }

    /** What is wrong with the header, or null. */
    @Nullable WeftException problem() {
      return problem;
    }

    int checksum() {
      return checksum;
    }

    boolean isReadable() {
      return use == ScannedSegment.Use.COUNTS;
    }

    /** The bytes that count, as the segment behind says; else all. */
    long countingBytes() {
      return countingBytes < 0 ? length : countingBytes;
    }

    /** Whether the segment behind says how many bytes count. */
    boolean isEndKnown() {
      return countingBytes >= 0;
    }

    int readableBytes() {
      return (int) Math.min(Math.min(length, countingBytes()), Integer.MAX_VALUE - 64);
    }

    void saw(long lsn) {
      firstLsn = firstLsn == 0 ? lsn : Math.min(firstLsn, lsn);
      lastLsn = Math.max(lastLsn, lsn);
    }

    private boolean isUnfinished() {
      return header == null
          && length <= LogFormat.SEGMENT_HEADER_BYTES
          && !SegmentHeader.isWhole(headerBytes);
    }

    private ScannedSegment described() {
      return new ScannedSegment(file, use, firstLsn, lastLsn, length, linked);
    }
  }

  /** What the beginning of a file holds. */
  private record Header(
      byte[] bytes, long length, @Nullable SegmentHeader header, @Nullable WeftException problem) {}

  private final Storage storage;
  private final DatabaseId databaseId;
  private final TreeMap<Long, Link> byNumber = new TreeMap<>();

  /** Files that are not what their names say. */
  private final List<Link> others = new ArrayList<>();

  private final List<LogDamage> damages = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private long highestLsn;

  SegmentChain(Storage storage, DatabaseId databaseId) {
    this.storage = storage;
    this.databaseId = databaseId;
    for (String name : storage.list()) {
      long number = LogFormat.segmentNumber(name);
      if (number >= 0) {
        add(name, number);
      }
    }
    useCopies();
    link();
  }

  /** The segments that count, the oldest first. */
  List<Link> links() {
    return links;
  }

  /** What is wrong with how they follow each other, and with files that do not count. */
  List<LogDamage> damages() {
    return damages;
  }

  /** The highest number of a commit that a sound header tells of. */
  long highestLsn() {
    return highestLsn;
  }

  /** All files, by name. */
  List<ScannedSegment> segments() {
    TreeMap<String, ScannedSegment> all = new TreeMap<>();
    for (Link link : byNumber.values()) {
      all.put(link.file, link.described());
    }
    for (Link link : others) {
      all.putIfAbsent(link.file, link.described());
    }
    return new ArrayList<>(all.values());
  }

  private void add(String name, long number) {
    Header read = readHeader(storage, name);
    SegmentHeader header = read.header;
    if (header == null) {
      byNumber.put(number, new Link(name, number, read));
    } else if (!header.databaseId().equals(databaseId)) {
      Link foreign = new Link(name, number, read);
      foreign.use = ScannedSegment.Use.FOREIGN;
      others.add(foreign);
      note(name, ErrorCode.FOREIGN_FILE, belongsToAnother(name, header.databaseId()));
    } else if (header.number() != number) {
      Link copy = new Link(name, header.number(), read);
      copy.use = ScannedSegment.Use.COPY;
      others.add(copy);
      note(
          name,
          ErrorCode.CORRUPTED,
          name + " is segment " + header.number() + " under a name not its own");
    } else {
      byNumber.put(number, new Link(name, number, read));
    }
  }

  private String belongsToAnother(String name, DatabaseId other) {
    return name + " belongs to the database " + other + ", not to " + databaseId;
  }

  private void note(String name, ErrorCode code, String message) {
    damages.add(new LogDamage(name, -1, 0, code, message));
  }

  private static Header readHeader(Storage storage, String name) {
    ReadFile file = storage.openRead(name);
    long length = file.length();
    byte[] bytes = new byte[(int) Math.min(length, LogFormat.SEGMENT_HEADER_BYTES)];
    try {
      file.readAt(0, bytes, 0, bytes.length);
      return new Header(bytes, length, SegmentHeader.decodeAny(bytes, name), null);
    } catch (WeftException damaged) {
      return new Header(bytes, length, null, damaged);
    } finally {
      file.close();
    }
  }

  /** The bytes of a segment that count, or none when the medium cannot read them. */
  static byte[] tryRead(Storage storage, Link link) {
    ReadFile file = storage.openRead(link.file);
    try {
      byte[] bytes = new byte[link.readableBytes()];
      file.readAt(0, bytes, 0, bytes.length);
      return bytes;
    } catch (WeftException failure) {
      if (failure.code() != ErrorCode.IO_FAILED) {
        throw failure;
      }
      return new byte[0];
    } finally {
      file.close();
    }
  }

  /** The id of the database that a segment says it belongs to, or null when that is damaged. */
  static @Nullable DatabaseId idOf(Storage storage, String name) {
    SegmentHeader header = readHeader(storage, name).header;
    return header == null ? null : header.databaseId();
  }

  /** Lets a copy under another number stand in where the segment itself is missing or damaged. */
  private void useCopies() {
    for (Link copy : List.copyOf(others)) {
      if (copy.use != ScannedSegment.Use.COPY) {
        continue;
      }
      Link own = byNumber.get(copy.number);
      if (own == null
          || own.header == null
          || own.checksum == copy.checksum && !isValid(own) && isValid(copy)) {
        byNumber.put(copy.number, new Link(copy.file, copy.number, readHeader(storage, copy.file)));
        if (own != null) {
          own.use = ScannedSegment.Use.UNREADABLE;
          others.add(own);
          note(
              own.file,
              ErrorCode.CORRUPTED,
              own.file + " is damaged; its copy " + copy.file + " stands in");
        }
      }
    }
  }

  private boolean isValid(Link link) {
    byte[] bytes = tryRead(storage, link);
    RecordCursor cursor = new RecordCursor(bytes, link.checksum, link.file);
    while (cursor.position() < bytes.length) {
      if (cursor.tryNext() != null) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  // ---- The chain --------------------------------------------------------------------------------

  /** Goes from the last segment to the first. */
  private void link() {
    Link next = null;
    boolean linked = true;
    for (Map.Entry<Long, Link> entry : byNumber.descendingMap().entrySet()) {
      Link link = entry.getValue();
      if (next == null && link.isUnfinished()) {
        continue;
      }
      SegmentHeader behind = next == null ? null : next.header;
      if (behind != null) {
        long previous = behind.previous().number();
        if (link.number > previous) {
          continue;
        }
        if (link.number < previous && link.isUnfinished()) {
          continue;
        }
        if (link.number < previous) {
          noteMissing(previous, behind);
          linked = false;
        } else {
          link.countingBytes = behind.previous().length();
        }
        linked &= behind.baseLsn() == 0;
      }
      link.linked = linked;
      link.use = use(link, behind);
      links.add(0, link);
      next = link;
    }
    if (next != null && next.header != null) {
      // The oldest one may be what is left after a checkpoint.
      highestLsn = Math.max(highestLsn, next.header.first().lsn() - 1);
    }
  }

  private void noteMissing(long number, SegmentHeader behind) {
    String name = LogFormat.segmentName(number);
    damages.add(
        new LogDamage(
            name,
            -1,
            0,
            ErrorCode.SEGMENT_MISSING,
            "the segment "
                + name
                + " is missing: "
                + LogFormat.segmentName(behind.number())
                + " continues it"));
  }

  /** Whether a segment of the chain can be read, with which checksum of its header. */
  private ScannedSegment.Use use(Link link, @Nullable SegmentHeader behind) {
    SegmentHeader header = link.header;
    if (header != null) {
      highestLsn = Math.max(highestLsn, header.first().lsn() - 1);
      return ScannedSegment.Use.COUNTS;
    }
    WeftException problem = link.problem;
    boolean newer = problem != null && problem.code() == ErrorCode.FORMAT_TOO_NEW;
    if (newer || link.length < LogFormat.SEGMENT_HEADER_BYTES) {
      return ScannedSegment.Use.UNREADABLE;
    }
    byte[] bytes = tryRead(storage, link);
    int[] possible = {
      SegmentHeader.checksumIn(link.headerBytes), SegmentHeader.checksumOf(link.headerBytes)
    };
    for (int checksum : possible) {
      RecordCursor cursor = new RecordCursor(bytes, checksum, link.name());
      if (cursor.tryNext() == null || cursor.seekValid()) {
        link.checksum = checksum;
        boolean ours =
            SegmentHeader.isOf(link.headerBytes, databaseId) || isContinued(link, bytes, behind);
        return ours ? ScannedSegment.Use.COUNTS : ScannedSegment.Use.FOREIGN;
      }
    }
    return ScannedSegment.Use.UNREADABLE;
  }

  /** Whether the segment behind continues a record that this one has. */
  private static boolean isContinued(Link link, byte[] bytes, @Nullable SegmentHeader behind) {
    if (behind == null || behind.previous().number() != link.number) {
      return false;
    }
    RecordCursor cursor = new RecordCursor(bytes, link.checksum, link.name());
    boolean continued = false;
    while (!continued && cursor.position() < bytes.length) {
      if (cursor.tryNext() == null) {
        continued =
            cursor.position() == behind.previous().length()
                && cursor.checksum() == behind.previous().checksum();
      } else if (!cursor.seekValid()) {
        return false;
      }
    }
    return continued;
  }
}
