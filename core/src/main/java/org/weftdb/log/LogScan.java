package org.weftdb.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.storage.FileNames;
import org.weftdb.storage.Storage;

/**
 * Reads all that is valid of a log, however damaged it is, and tells what is not. For looking at a
 * log and for saving what can be saved; a database is opened by {@link LogReader}, which accepts no
 * damage.
 *
 * <p>Records are believed only where their checksum fits, that is, where they were written, and as
 * far as the segment behind says that they count. Where that is not known, because it is missing or
 * its header is damaged, a segment counts up to the first place that is not valid and that nothing
 * behind it vouches for: a crash may have ended the log there, and what is behind may be of a past
 * that another one has followed. A segment whose header is damaged is read when its records fit to
 * what is left of the header, and when it, or the segment behind it, says that it belongs to this
 * database.
 *
 * <p>Changes nothing in the storage. Takes a time in proportion to the files.
 */
public final class LogScan {
  /** More would be of no use to anybody. */
  private static final int MOST_DAMAGES = 1_000;

  private final Storage storage;
  private final SegmentChain chain;
  private final List<LogDamage> damages = new ArrayList<>();
  private final ByteWriter chunks = new ByteWriter(0);
  private CommitConsumer consumer = (lsn, changes) -> {};

  /** The commit and part that comes next; 0 when that is not known. */
  private long nextLsn;

  private int nextPart;

  /** How many parts of the present commit are in {@link #chunks}, without a gap from the first. */
  private int heldParts;

  private long highestLsn;
  private long tornBytes;
  private int lastChecksum;

  /** What the records of the present segment vouch for; -1 when that was not needed yet. */
  private long vouchedTo = -1;

  /** Finds out which files there are and how they follow each other. */
  public LogScan(Storage storage, DatabaseId databaseId) {
    this.storage = storage;
    this.chain = new SegmentChain(storage, databaseId);
  }

  /**
   * Reads the log.
   *
   * @param whole takes every commit that is there as a whole, in the order of the files; the
   *     numbers ascend, but for a log of which no database could be opened
   */
  public void read(CommitConsumer whole) {
    consumer = whole;
    damages.clear();
    damages.addAll(chain.damages());
    nextLsn = 0;
    heldParts = 0;
    tornBytes = 0;
    List<SegmentChain.Link> links = chain.links();
    for (int i = 0; i < links.size(); i++) {
      readSegment(links.get(i), i + 1 < links.size() ? links.get(i + 1) : null);
    }
    chunks.truncate(0);
  }

  /** The database that a segment says it is of, or null when its header is damaged. */
  public static @Nullable DatabaseId databaseIdOf(Storage storage, String name) {
    return SegmentChain.idOf(storage, name);
  }

  /** What is not as it should be, found by {@link #read}, at most 1,000. */
  public List<LogDamage> damages() {
    return List.copyOf(damages);
  }

  /** The files, by number; the commits in them are known after {@link #read}. */
  public List<ScannedSegment> segments() {
    return chain.segments();
  }

  /** The highest number of any commit of which something valid is there, or 0. */
  public long highestLsn() {
    return Math.max(highestLsn, chain.highestLsn());
  }

  /** Bytes at the end of the last segment that are no commits and that nothing vouches for. */
  public long tornBytes() {
    return tornBytes;
  }

  private void add(String file, long offset, ErrorCode code, String message) {
    if (damages.size() < MOST_DAMAGES) {
      damages.add(new LogDamage(file, offset, nextLsn, code, message));
    }
  }

  private void addDamage(String file, long offset, String what) {
    add(file, offset, ErrorCode.CORRUPTED, LogReader.damaged(file, offset, what));
  }

  private void forgetPlace() {
    nextLsn = 0;
    nextPart = 0;
    heldParts = 0;
  }

  // ---- Segments ---------------------------------------------------------------------------------

  private void readSegment(SegmentChain.Link link, SegmentChain.@Nullable Link next) {
    if (link.problem() != null) {
      add(link.name(), 0, link.problem().code(), String.valueOf(link.problem().getMessage()));
    }
    SegmentHeader header = link.header();
    if (header != null) {
      if (nextLsn != 0 && (nextLsn != header.first().lsn() || nextPart != header.first().part())) {
        heldParts = 0;
      }
      nextLsn = header.first().lsn();
      nextPart = header.first().part();
    } else {
      forgetPlace();
    }
    if (!link.isReadable()) {
      return;
    }
    long counting = link.countingBytes();
    if (counting > link.length() && next != null) {
      String what = "it ends here, but " + next.name() + " continues it at " + counting;
      addDamage(link.name(), link.length(), what);
    }
    byte[] bytes = SegmentChain.tryRead(storage, link);
    if (bytes.length == 0) {
      add(link.name(), -1, ErrorCode.IO_FAILED, link.file() + " cannot be read");
      forgetPlace();
      return;
    }
    boolean whole = walk(link, bytes, next == null) && counting <= link.length();
    if (whole && next != null && next.header() != null) {
      checkEnd(link, bytes.length, next);
    }
  }

  private void checkEnd(SegmentChain.Link link, int length, SegmentChain.Link next) {
    SegmentHeader header = next.header();
    int expected = header == null ? lastChecksum : header.previous().checksum();
    boolean follows = header != null && header.previous().number() == link.number();
    if (follows && lastChecksum != expected) {
      addDamage(
          link.name(),
          length,
          "the last record before has checksum "
              + FileNames.hexadecimal(lastChecksum)
              + ", but "
              + next.name()
              + " continues one with "
              + FileNames.hexadecimal(expected));
    }
  }

  // ---- Records ----------------------------------------------------------------------------------

  /** Goes over all records; false when not all bytes that count are valid. */
  private boolean walk(SegmentChain.Link link, byte[] bytes, boolean isLast) {
    RecordCursor cursor = new RecordCursor(bytes, link.checksum(), link.name());
    lastChecksum = link.checksum();
    boolean ended = false;
    boolean whole = true;
    vouchedTo = -1;
    int endOfCommits = cursor.position();
    while (cursor.position() < bytes.length) {
      int place = cursor.position();
      String problem = ended ? "bytes after the segment's end" : cursor.tryNext();
      if (problem == null) {
        take(link, cursor);
        lastChecksum = cursor.checksum();
        ended = cursor.kind() == RecordKind.END;
        endOfCommits = nextPart == 0 ? cursor.position() : endOfCommits;
        continue;
      }
      boolean mayBeTorn = !link.isEndKnown() && !ended && place >= vouchedTo(cursor);
      if (isLast && mayBeTorn) {
        break;
      }
      whole = false;
      addDamage(link.name(), place, problem);
      forgetPlace();
      endOfCommits = bytes.length;
      if (mayBeTorn || !cursor.seekValid()) {
        return false;
      }
      ended = false;
    }
    if (isLast && ended) {
      add(
          link.name(),
          bytes.length,
          ErrorCode.SEGMENT_MISSING,
          "the segment after " + link.name() + " is missing: the log goes on there");
    }
    if (isLast) {
      tornBytes = bytes.length - endOfCommits;
    }
    return whole;
  }

  /** The length of the segment that some record behind the first damage says was durable. */
  private long vouchedTo(RecordCursor cursor) {
    if (vouchedTo < 0) {
      vouchedTo = cursor.vouchedTo();
    }
    return vouchedTo;
  }

  private void take(SegmentChain.Link link, RecordCursor record) {
    if (record.kind() == RecordKind.END) {
      return;
    }
    boolean isMark = record.kind() == RecordKind.CHECKPOINT || record.kind() == RecordKind.SYNCED;
    long lsn = isMark ? record.lsn() + 1 : record.lsn();
    if (nextLsn != 0 && (lsn != nextLsn || record.part() != nextPart)) {
      addDamage(
          link.name(),
          record.start(),
          "a record of "
              + LogReader.place(record.lsn(), record.part())
              + " where "
              + LogReader.place(nextLsn, nextPart)
              + " was expected");
      heldParts = 0;
    }
    highestLsn = Math.max(highestLsn, record.lsn());
    if (isMark) {
      nextLsn = lsn;
      nextPart = 0;
      heldParts = 0;
      return;
    }
    link.saw(lsn);
    if (record.part() == 0) {
      chunks.truncate(0);
      heldParts = 0;
    }
    boolean isHeld = heldParts == record.part();
    ByteReader payload = record.payload();
    if (record.kind() == RecordKind.CHUNK) {
      if (isHeld) {
        chunks.writeBytes(payload.array(), payload.arrayOffset(), payload.length());
        heldParts++;
      }
      nextLsn = lsn;
      nextPart = record.part() + 1;
      return;
    }
    nextLsn = lsn + 1;
    nextPart = 0;
    if (record.part() == 0) {
      consumer.commit(lsn, payload);
    } else if (isHeld) {
      chunks.writeBytes(payload.array(), payload.arrayOffset(), payload.length());
      consumer.commit(lsn, new ByteReader(chunks.array(), 0, chunks.position(), "commit " + lsn));
    }
    heldParts = 0;
  }
}
