package org.weftdb.engine;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFormat;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.ArchiveStorage;
import org.weftdb.storage.ArchiveWriter;
import org.weftdb.storage.ByteSink;

/**
 * A database in one file: the files that its directory would have, of which the log may be left out
 * when a snapshot has everything.
 *
 * <p>A database in a storage is mostly exported as the files that it has, see {@link
 * ArchivedFiles}.
 */
final class Archive {
  private Archive() {}

  /** Writes a database with a graph. Equal graphs of one database give equal bytes. */
  static void write(Root root, DatabaseId databaseId, ByteSink target) {
    StoredSnapshot section = new StoredSnapshot(databaseId, StoredSnapshot.Origin.CHECKPOINT);
    ByteWriter identity = DatabaseFiles.encode(databaseId);
    ArchiveWriter writer = new ArchiveWriter(target);
    writer.addFile(DatabaseFiles.IDENTITY, identity.array(), identity.position());
    writer.addFile(
        DatabaseFiles.snapshotName(root.lsn()), sink -> StoredSnapshot.encode(root, section, sink));
    writer.finish();
  }

  /**
   * The graph of an archive as a snapshot, with what the log has above the snapshot in it.
   *
   * @throws WeftException of the category CORRUPTION, as when a storage is opened
   */
  static SnapshotReader read(ArchiveStorage archive) {
    long newest = -1;
    boolean hasLog = false;
    for (String name : archive.list()) {
      newest = Math.max(newest, DatabaseFiles.snapshotLsn(name));
      hasLog |= LogFormat.segmentNumber(name) >= 0;
    }
    if (newest < 0 || hasLog) {
      Root root = Recovery.read(archive);
      ByteWriter bytes = StoredSnapshot.encode(root);
      return new SnapshotReader(bytes.array(), bytes.position(), archive.name());
    }
    // All is in the snapshot, so it need not be decoded and encoded.
    String name = DatabaseFiles.snapshotName(newest);
    byte[] bytes = SnapshotFiles.read(archive, name);
    SnapshotReader snapshot = new SnapshotReader(bytes, archive.name() + ", " + name);
    StoredSnapshot.read(snapshot, DatabaseFiles.readIdentity(archive), newest);
    return snapshot;
  }
}
