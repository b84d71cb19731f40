package org.weftdb.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogEnd;
import org.weftdb.log.LogOptions;
import org.weftdb.log.LogReader;
import org.weftdb.log.LogWriter;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.Storage;

/**
 * Opens the database of a storage: the newest snapshot that is sound, then the commits of the log
 * above it.
 *
 * <p>A damaged snapshot is passed over when an older one and the log give the same graph; otherwise
 * its damage is the error.
 */
final class Recovery {
  /** What an opened database goes on with. */
  record Recovered(DatabaseId databaseId, Root root, LogWriter log) {}

  private final Storage storage;
  private final DatabaseId databaseId;

  private GraphSnapshot graph = GraphSnapshot.empty();
  private long snapshotLsn = Lsn.NONE;
  private boolean snapshotWasLoaded;
  private @Nullable WeftException damage;

  private Recovery(Storage storage, DatabaseId databaseId) {
    this.storage = storage;
    this.databaseId = databaseId;
  }

  static Recovered open(Storage storage, EngineOptions options) {
    DatabaseId id = DatabaseFiles.openIdentity(storage, options.newDatabaseId());
    return new Recovery(storage, id).open(options);
  }

  private Recovered open(EngineOptions options) {
    readNewestSnapshot();
    LogEnd end = replay();
    LogOptions logOptions =
        new LogOptions(databaseId, options.segmentBytes(), LogOptions.DEFAULT_CHUNK_BYTES);
    LogWriter log = new LogWriter(storage, logOptions, end);
    if (end.lastLsn() < snapshotLsn) {
      // The load of a snapshot was published, but a crash came before the log went on behind it.
      log.continueAfter(snapshotLsn);
    }
    return new Recovered(databaseId, new Root(graph, log.lastLsn(), 0), log);
  }

  private void readNewestSnapshot() {
    List<String> names = storage.list();
    for (int i = names.size() - 1; i >= 0; i--) {
      long lsn = DatabaseFiles.snapshotLsn(names.get(i));
      if (lsn >= 0 && tryReadSnapshot(names.get(i), lsn)) {
        return;
      }
    }
  }

  private boolean tryReadSnapshot(String name, long lsn) {
    try {
      SnapshotReader reader = new SnapshotReader(SnapshotFiles.read(storage, name), name);
      StoredSnapshot stored = StoredSnapshot.read(reader, databaseId, lsn);
      graph = GraphSnapshotCodec.decode(reader);
      snapshotLsn = lsn;
      snapshotWasLoaded = stored.origin() == StoredSnapshot.Origin.LOADED;
      return true;
    } catch (WeftException failure) {
      if (failure.code() != ErrorCode.CORRUPTED && failure.code() != ErrorCode.TRUNCATED) {
        throw failure;
      }
      if (damage == null) {
        damage = failure;
      }
      return false;
    }
  }

  private LogEnd replay() {
    LogEnd end;
    try {
      end =
          LogReader.read(
              storage,
              databaseId,
              snapshotLsn,
              (lsn, changes) -> {
                GraphTransaction transaction = graph.begin();
                transaction.apply(changes);
                graph = transaction.commit();
              });
    } catch (WeftException failure) {
      throw damage == null ? failure : damage;
    }
    long leastLsn = snapshotWasLoaded ? snapshotLsn - 1 : snapshotLsn;
    if (end.lastLsn() < leastLsn) {
      throw new WeftException(
          ErrorCode.SEGMENT_MISSING,
          "the log ends with commit "
              + end.lastLsn()
              + ", but there is a snapshot of commit "
              + snapshotLsn);
    }
    return end;
  }
}
