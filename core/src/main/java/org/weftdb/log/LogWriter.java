package org.weftdb.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.Storage;

/**
 * Appends commits to the log.
 *
 * <p>{@link #append} does not wait for durability, {@link #sync} and {@link #awaitSynced} do.
 * Commits go on being appended while earlier ones are synced, so that those who wait at the same
 * time share the next sync: the first of them syncs for all. After any of the calls failed on the
 * storage it is unknown what of the commits since the last sync is there; every later call is
 * {@link ErrorCode#LOG_FAILED} with the first failure as its cause, and the log has to be read
 * anew.
 *
 * <p>Commits of any size up to an array's are one record, or several chunks and one, so that a
 * crash leaves the whole or nothing.
 */
public final class LogWriter {
  private final Storage storage;
  private final LogOptions options;
  private final SharedWork syncs;
  private final ByteWriter buffer = new ByteWriter(4096);

  /**
   * Whoever syncs a segment or begins another one holds this, so that no segment is closed while it
   * is synced. Taken before this object's own monitor, which guards all fields.
   */
  private final Object syncing = new Object();

  /** The closed segments that are still there, the oldest first. */
  private final ArrayList<LogSegment> closedSegments;

  private SegmentHeader.Previous previous;
  private long baseLsn;
  private long highestNumber;
  private volatile long lastLsn;
  private volatile long syncedLsn;
  private volatile long writtenBytes;

  private @Nullable AppendFile segment;
  private LogSegment present = new LogSegment(0, 0, 0, 0);
  private byte[] presentHeader = new byte[0];
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
    this(storage, options, end, SharedWork.ALONE);
  }

  /**
   * The same for several threads.
   *
   * @param syncs lets one who waits for a commit sync for the others
   */
  public LogWriter(Storage storage, LogOptions options, LogEnd end, SharedWork syncs) {
    this.storage = storage;
    this.syncs = syncs;
    this.options = options;
    this.previous = end.asPrevious();
    this.highestNumber = end.highestNumber();
    this.lastLsn = end.lastLsn();
    this.syncedLsn = end.lastLsn();
    this.closedSegments = new ArrayList<>(end.segments());
    if (end.segmentNumber() > 0) {
      storage.sync(LogFormat.segmentName(end.segmentNumber()));
    }
  }

  /** The last commit appended, or 0. */
  public long lastLsn() {
    return lastLsn;
  }

  /** The last commit that is durable, or 0. */
  public long syncedLsn() {
    return syncedLsn;
  }

  /** The bytes written since the log was opened. */
  public long writtenBytes() {
    return writtenBytes;
  }

  /** The segments there are, the oldest first. */
  public synchronized List<LogSegment> segments() {
    List<LogSegment> all = new ArrayList<>(closedSegments);
    AppendFile file = segment;
    if (file != null) {
      all.add(present.ofLength(file.length()));
    }
    return all;
  }

  /** What failed, or null. */
  public synchronized @Nullable Throwable failure() {
    return failure;
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

  private synchronized WeftException poisoned(String what, Throwable cause) {
    failure = cause;
    return new WeftException(
        ErrorCode.LOG_FAILED, what + " failed: " + cause.getMessage(), null, cause);
  }

  /** Appends a commit and returns its number. It is durable after the next {@link #sync}. */
  public long append(byte[] changes, int offset, int length) {
    synchronized (this) {
      if (fits(length)) {
        return appendCommit(changes, offset, length);
      }
    }
    synchronized (syncing) {
      synchronized (this) {
        return appendCommit(changes, offset, length);
      }
    }
  }

  /** Whether a payload is one record that has room in the present segment. */
  private boolean fits(int length) {
    AppendFile file = segment;
    return file != null
        && length <= options.chunkBytes()
        && !isFull(file, LogFormat.RECORD_HEADER_BYTES + length);
  }

  private long appendCommit(byte[] changes, int offset, int length) {
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
  public void sync() {
    synchronized (syncing) {
      syncAll();
    }
  }

  /**
   * Waits until a commit is durable; when nobody has seen to it by then, this syncs everything
   * appended so far.
   */
  public void awaitSynced(long lsn) {
    awaitSynced(lsn, () -> {});
  }

  /**
   * The same.
   *
   * @param whenSynced what whoever syncs for others does before they go on
   */
  public void awaitSynced(long lsn, Runnable whenSynced) {
    if (syncedLsn < lsn) {
      syncs.await(
          () -> syncedLsn >= lsn,
          () -> {
            syncUpTo(lsn);
            whenSynced.run();
          });
    }
  }

  private void syncUpTo(long lsn) {
    synchronized (syncing) {
      // It may have become durable while this waited, as when the log was closed.
      if (syncedLsn < lsn) {
        syncAll();
      }
    }
  }

  /** Syncs the present segment while commits go on being appended to it. */
  private void syncAll() {
    AppendFile file;
    long length;
    long last;
    synchronized (this) {
      checkUsable();
      file = segment;
      length = file == null ? 0 : file.length();
      last = lastLsn;
    }
    if (file != null && length > syncedLength) {
      syncFile(file, length, last);
    } else {
      syncedLsn = last;
    }
  }

  private void syncFile(AppendFile file, long length, long last) {
    try {
      file.sync();
    } catch (RuntimeException | Error cause) {
      throw poisoned("syncing up to commit " + last, cause);
    }
    synchronized (this) {
      syncedLength = length;
      syncedLsn = last;
    }
  }

  /** Syncs the present segment while nothing can be appended. */
  private void syncSegment() {
    AppendFile file = segment;
    if (file != null && syncedLength < file.length()) {
      file.sync();
      syncedLength = file.length();
    }
    syncedLsn = lastLsn;
  }

  /** Appends the mark that a snapshot was published which contains all up to an LSN. */
  public void appendCheckpoint(long snapshotLsn) {
    ByteWriter payload = new ByteWriter(8);
    payload.writeLong(Lsn.checked(snapshotLsn));
    synchronized (this) {
      if (fits(8)) {
        appendMark(payload);
        return;
      }
    }
    synchronized (syncing) {
      appendMark(payload);
    }
  }

  private synchronized void appendMark(ByteWriter payload) {
    checkUsable();
    try {
      Record mark = new Record(RecordKind.CHECKPOINT, lastLsn, 0);
      appendRecord(mark, payload.array(), 0, payload.position());
    } catch (RuntimeException | Error cause) {
      throw poisoned("appending a checkpoint", cause);
    }
  }

  /**
   * Ends the present segment, if any record is in it, and begins another; all before it is durable
   * then, and closed.
   *
   * @return what is before it
   */
  public LogFence beginSegment() {
    synchronized (syncing) {
      synchronized (this) {
        checkUsable();
        AppendFile file = segment;
        if (file != null && file.length() > LogFormat.SEGMENT_HEADER_BYTES) {
          try {
            roll(lastLsn + 1, 0);
          } catch (RuntimeException | Error cause) {
            throw poisoned("beginning a segment", cause);
          }
        }
        return new LogFence(
            List.copyOf(closedSegments),
            present,
            Arrays.copyOf(presentHeader, presentHeader.length));
      }
    }
  }

  /**
   * Goes on after a snapshot that did not come from this log: its number is the one after the last,
   * and nothing before it is needed or useful from now on. Durable when this returns.
   *
   * @param snapshotLsn {@code lastLsn() + 1}, the number under which the snapshot was published
   */
  public void continueAfter(long snapshotLsn) {
    synchronized (syncing) {
      synchronized (this) {
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
    }
  }

  /**
   * Deletes the segments in which no commit above an LSN is, for a snapshot that has what is in
   * them. The present segment stays.
   */
  public void deleteSegmentsUpTo(long lsn) {
    while (true) {
      LogSegment oldest;
      synchronized (this) {
        checkUsable();
        if (closedSegments.isEmpty()) {
          return;
        }
        LogSegment next = closedSegments.size() > 1 ? closedSegments.get(1) : present;
        if (next.number() == 0 || !next.beginsUpTo(lsn)) {
          return;
        }
        oldest = closedSegments.remove(0);
      }
      String name = LogFormat.segmentName(oldest.number());
      if (storage.exists(name)) {
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
    addWritten(buffer.position());
    lastChecksum = checksum;
  }

  private synchronized void addWritten(int bytes) {
    writtenBytes += bytes;
  }

  /** Begins another segment, in the order that {@link LogFormat} relies on. */
  private AppendFile roll(long firstLsn, int firstPart) {
    AppendFile old = segment;
    if (old != null) {
      syncSegment();
      previous = new SegmentHeader.Previous(present.number(), old.length(), lastChecksum);
      closedSegments.add(present.ofLength(old.length()));
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
      addWritten(bytes.position());
      file.sync();
      if (old != null) {
        writeRecord(old, new Record(RecordKind.END, lastLsn, 0), new byte[0], 0, 0);
      }
    } finally {
      if (old != null) {
        old.close();
      }
    }
    present = new LogSegment(number, firstLsn, firstPart, bytes.position());
    presentHeader = bytes.toByteArray();
    segmentChecksum = checksum;
    lastChecksum = checksum;
    syncedLength = bytes.position();
    return file;
  }

  /**
   * Makes everything durable, marks the log as closed, and closes it; a second call does nothing. A
   * log that failed is only closed.
   */
  public void close() {
    synchronized (syncing) {
      synchronized (this) {
        if (!closed) {
          closeSegment();
        }
      }
    }
  }

  private void closeSegment() {
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
