package org.weftdb.engine;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFence;
import org.weftdb.log.LogFormat;
import org.weftdb.log.LogReader;
import org.weftdb.log.LogSegment;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.ArchiveWriter;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.MemoryStorage;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * Copies of a database's files, in memory, that become an archive.
 *
 * <p>They are checked before they are written: an archive has checksums of its own, which would
 * make what the medium has damaged look sound.
 */
final class ArchivedFiles {
  private final DatabaseId databaseId;
  private final long snapshotLsn;
  private final MemoryStorage log = new MemoryStorage();
  private byte[] snapshot = new byte[0];

  /**
   * No files yet.
   *
   * @param snapshotLsn the last commit in the snapshot, or 0 when there is none
   */
  ArchivedFiles(DatabaseId databaseId, long snapshotLsn) {
    this.databaseId = databaseId;
    this.snapshotLsn = snapshotLsn;
  }

  /** Copies what counts of a closed segment. */
  void addSegment(Storage storage, LogSegment segment) {
    String name = LogFormat.segmentName(segment.number());
    ReadFile file = storage.openRead(name);
    try {
      byte[] bytes = new byte[(int) segment.bytes()];
      file.readAt(0, bytes, 0, bytes.length);
      add(name, bytes);
    } finally {
      file.close();
    }
  }

  /** Adds the header of the segment behind the closed ones, if there is one. */
  void addNext(LogFence fence) {
    if (fence.next().number() > 0) {
      add(LogFormat.segmentName(fence.next().number()), fence.nextHeader());
    }
  }

  private void add(String name, byte[] bytes) {
    AppendFile copy = log.create(name);
    copy.append(bytes, 0, bytes.length);
    copy.close();
  }

  /** Copies the snapshot, if there is one. */
  void addSnapshot(Storage storage) {
    if (snapshotLsn > Lsn.NONE) {
      snapshot = SnapshotFiles.read(storage, DatabaseFiles.snapshotName(snapshotLsn));
    }
  }

  /**
   * Checks every checksum of the snapshot and of the log, and that they lead to a commit.
   *
   * @throws WeftException of the category CORRUPTION
   */
  void check(long lastLsn) {
    if (snapshotLsn > Lsn.NONE) {
      SnapshotReader reader = new SnapshotReader(snapshot, DatabaseFiles.snapshotName(snapshotLsn));
      StoredSnapshot.read(reader, databaseId, snapshotLsn);
    }
    long found = LogReader.read(log, databaseId, snapshotLsn, (lsn, changes) -> {}).lastLsn();
    if (found != lastLsn) {
      throw new WeftException(
          ErrorCode.CORRUPTED, "the log ends with commit " + found + ", not with " + lastLsn);
    }
  }

  /** Writes the files as an archive. */
  void write(ByteSink target) {
    ByteWriter identity = DatabaseFiles.encode(databaseId);
    ArchiveWriter archive = new ArchiveWriter(target);
    archive.addFile(DatabaseFiles.IDENTITY, identity.array(), identity.position());
    for (String name : log.list()) {
      archive.addFile(log, name);
    }
    if (snapshotLsn > Lsn.NONE) {
      archive.addFile(DatabaseFiles.snapshotName(snapshotLsn), snapshot, snapshot.length);
    }
    archive.finish();
  }
}
