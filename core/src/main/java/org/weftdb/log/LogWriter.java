package org.weftdb.log;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.Storage;

/**
 * Appends commits to the log.
 *
 * <p>{@link #append} does not wait for durability, {@link #sync} does. After any of the calls
 * failed on the storage it is unknown what of the commits since the last sync is there; every later
 * call is {@link ErrorCode#LOG_FAILED} with the first failure as its cause, and the log has to be
 * read anew.
 *
 * <p>Commits of any size up to an array's are one record, or several chunks and one, so that a
 * crash leaves the whole or nothing.
 */
public final class LogWriter {
  private final Storage storage;
  private final LogOptions options;
  private final ByteWriter buffer = new ByteWriter(4096);

  private SegmentHeader.Previous previous;
  private long baseLsn;
  private long highestNumber;
  private long lastLsn;
  private long syncedLsn;

  private @Nullable AppendFile segment;
  private long segmentNumber;
  private int segmentChecksum;
  private int lastChecksum;
  private long syncedLength;

  private @Nullable Throwable failure;
  private boolean closed;

  /**
   * Goes on where a log ends. What is there is made durable first; no file is created before the
   * first record.
   *
   * @param end what {@link LogReader#read} returned
   */
  public LogWriter(Storage storage, LogOptions options, LogEnd end) {
    this.storage = storage;
    this.options = options;
    this.previous = end.asPrevious();
    this.highestNumber = end.highestNumber();
    this.lastLsn = end.lastLsn();
    this.syncedLsn = end.lastLsn();
    if (end.segmentNumber() > 0) {
      storage.sync(LogFormat.segmentName(end.segmentNumber()));
    }
  }

  /** The last commit appended, or 0. */
  public synchronized long lastLsn() {
    return lastLsn;
  }

  /** The last commit that is durable, or 0. */
  public synchronized long syncedLsn() {
    return syncedLsn;
  }

  /**
   * Throws {@link ErrorCode#LOG_FAILED} or {@link ErrorCode#CLOSED} when nothing can be appended.
   */
  public synchronized void checkUsable() {
    if (failure != null) {
      throw new WeftException(
          ErrorCode.LOG_FAILED,
          "the log failed before and the database has to be opened again: " + failure.getMessage(),
          null,
          failure);
    }
    if (closed) {
      throw new WeftException(ErrorCode.CLOSED, "the log is closed");
    }
  }

  private WeftException poisoned(String what, Throwable cause) {
    failure = cause;
    return new WeftException(
        ErrorCode.LOG_FAILED, what + " failed: " + cause.getMessage(), null, cause);
  }

  /** Appends a commit and returns its number. It is durable after the next {@link #sync}. */
  public synchronized long append(byte[] changes, int offset, int length) {
    checkUsable();
    long lsn = lastLsn + 1;
    try {
      int part = 0;
      int at = offset;
      int rest = length;
      while (rest > options.chunkBytes()) {
        appendRecord(new Record(RecordKind.CHUNK, lsn, part++), changes, at, options.chunkBytes());
        at += options.chunkBytes();
        rest -= options.chunkBytes();
      }
      appendRecord(new Record(RecordKind.COMMIT, lsn, part), changes, at, rest);
    } catch (RuntimeException | Error cause) {
      throw poisoned("appending commit " + lsn, cause);
    }
    lastLsn = lsn;
    return lsn;
  }

  /** Makes everything appended so far durable. */
  public synchronized void sync() {
    checkUsable();
    try {
      syncSegment();
    } catch (RuntimeException | Error cause) {
      throw poisoned("syncing up to commit " + lastLsn, cause);
    }
  }

  private void syncSegment() {
    AppendFile file = segment;
    if (file != null && syncedLength < file.length()) {
      file.sync();
      syncedLength = file.length();
    }
    syncedLsn = lastLsn;
  }

  /** Appends the mark that a snapshot was published which contains all up to an LSN. */
  public synchronized void appendCheckpoint(long snapshotLsn) {
    checkUsable();
    ByteWriter payload = new ByteWriter(8);
    payload.writeLong(Lsn.checked(snapshotLsn));
    try {
      appendRecord(new Record(RecordKind.CHECKPOINT, lastLsn, 0), payload.array(), 0, 8);
    } catch (RuntimeException | Error cause) {
      throw poisoned("appending a checkpoint", cause);
    }
  }

  /**
   * Goes on after a snapshot that did not come from this log: its number is the one after the last,
   * and nothing before it is needed or useful from now on. Durable when this returns.
   *
   * @param snapshotLsn {@code lastLsn() + 1}, the number under which the snapshot was published
   */
  public synchronized void continueAfter(long snapshotLsn) {
    checkUsable();
    if (snapshotLsn != lastLsn + 1) {
      throw new IllegalArgumentException(
          "a snapshot numbered " + snapshotLsn + " does not follow commit " + lastLsn);
    }
    try {
      syncSegment();
      baseLsn = snapshotLsn;
      lastLsn = snapshotLsn;
      roll(snapshotLsn + 1, 0);
      syncedLsn = snapshotLsn;
    } catch (RuntimeException | Error cause) {
      throw poisoned("continuing after the snapshot " + snapshotLsn, cause);
    }
  }

  /** Deletes all segments before the present one, for a snapshot that has what is in them. */
  public synchronized void deleteSegmentsBefore() {
    checkUsable();
    if (segment == null) {
      return;
    }
    for (String name : storage.list()) {
      long number = LogFormat.segmentNumber(name);
      if (number >= 0 && number < segmentNumber) {
        storage.delete(name);
      }
    }
  }

  /** A record but for its payload and its place. */
  private record Record(RecordKind kind, long lsn, int part) {}

  private void appendRecord(Record record, byte[] payload, int offset, int length) {
    AppendFile file = segment;
    int recordLength = LogFormat.RECORD_HEADER_BYTES + length;
    if (file == null || isFull(file, recordLength)) {
      boolean isMark = record.kind != RecordKind.COMMIT && record.kind != RecordKind.CHUNK;
      file = roll(isMark ? record.lsn + 1 : record.lsn, record.part);
    }
    writeRecord(file, record, payload, offset, length);
  }

  private boolean isFull(AppendFile file, int recordLength) {
    return file.length() > LogFormat.SEGMENT_HEADER_BYTES
        && file.length() + recordLength > options.segmentBytes();
  }

  private void writeRecord(AppendFile file, Record record, byte[] payload, int offset, int length) {
    buffer.truncate(0);
    buffer.writeInt(LogFormat.RECORD_MAGIC);
    buffer.writeInt(0);
    buffer.writeInt(length);
    buffer.writeByte(record.kind.code());
    buffer.writeByte(0);
    buffer.writeShort(0);
    buffer.writeLong(record.lsn);
    buffer.writeInt((int) syncedLength);
    buffer.writeInt(record.part);
    buffer.writeBytes(payload, offset, length);
    int checksum =
        LogFormat.recordChecksum(
            segmentChecksum, file.length(), buffer.array(), 0, buffer.position());
    buffer.patchInt(4, checksum);
    file.append(buffer.array(), 0, buffer.position());
    lastChecksum = checksum;
  }

  /** Begins another segment, in the order that {@link LogFormat} relies on. */
  private AppendFile roll(long firstLsn, int firstPart) {
    AppendFile old = segment;
    if (old != null) {
      syncSegment();
      previous = new SegmentHeader.Previous(segmentNumber, old.length(), lastChecksum);
    }
    long number = highestNumber + 1;
    SegmentHeader header =
        new SegmentHeader(
            options.databaseId(),
            number,
            new SegmentHeader.First(firstLsn, firstPart),
            previous,
            firstLsn == baseLsn + 1 ? baseLsn : 0);
    ByteWriter bytes = new ByteWriter(LogFormat.SEGMENT_HEADER_BYTES);
    int checksum = header.encode(bytes);
    AppendFile file = storage.create(LogFormat.segmentName(number));
    highestNumber = number;
    segment = file;
    try {
      file.append(bytes.array(), 0, bytes.position());
      file.sync();
      if (old != null) {
        writeRecord(old, new Record(RecordKind.END, lastLsn, 0), new byte[0], 0, 0);
      }
    } finally {
      if (old != null) {
        old.close();
      }
    }
    segmentNumber = number;
    segmentChecksum = checksum;
    lastChecksum = checksum;
    syncedLength = bytes.position();
    return file;
  }

  /**
   * Makes everything durable, marks the log as closed, and closes it; a second call does nothing. A
   * log that failed is only closed.
   */
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      if (failure == null) {
        syncSegment();
        if (segment != null) {
          writeRecord(segment, new Record(RecordKind.SYNCED, lastLsn, 0), new byte[0], 0, 0);
          syncSegment();
        }
      }
    } catch (RuntimeException | Error cause) {
      throw poisoned("closing the log", cause);
    } finally {
      closed = true;
      if (segment != null) {
        segment.close();
      }
    }
  }
}
