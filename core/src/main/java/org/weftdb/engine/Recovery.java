package org.weftdb.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.log.CommitConsumer;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogEnd;
import org.weftdb.log.LogFormat;
import org.weftdb.log.LogOptions;
import org.weftdb.log.LogReader;
import org.weftdb.log.LogSegment;
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
  /**
   * What an opened database goes on with.
   *
   * @param snapshotLsn the last commit in the snapshot that was read, or 0
   * @param snapshotBytes its length
   * @param baseLsn the same when that snapshot was loaded by the user, so that nothing from before
   *     counts, else 0
   * @param replayedBytes the bytes of the log that were read
   * @param damagedSnapshots the names of newer snapshots that could not be used
   */
  record Recovered(
      DatabaseId databaseId,
      Root root,
      LogWriter log,
      long snapshotLsn,
      long snapshotBytes,
      long baseLsn,
      long replayedBytes,
      List<String> damagedSnapshots) {}

  /**
   * What the files of a database hold.
   *
   * @param snapshotLsn the last commit in the snapshot that was read, or 0
   * @param snapshotBytes its length
   * @param snapshotWasLoaded whether the user loaded it, so that nothing from before counts
   * @param log where the log ends
   * @param damagedSnapshots the names of newer snapshots that could not be used
   */
  record Found(
      GraphSnapshot graph,
      long snapshotLsn,
      long snapshotBytes,
      boolean snapshotWasLoaded,
      LogEnd log,
      List<String> damagedSnapshots) {
    /** The last commit in the graph. */
    long lastLsn() {
      return Math.max(log.lastLsn(), snapshotLsn);
    }
  }

  /** Commits after which what they share is frozen, so that not all is kept until the end. */
  static final int COMMITS_BETWEEN_FREEZES = 1 << 16;

  private final Storage storage;
  private final DatabaseId databaseId;
  private final OpeningListener listener;

  private GraphSnapshot graph = GraphSnapshot.empty();
  private long snapshotLsn = Lsn.NONE;
  private long snapshotBytes;
  private boolean snapshotWasLoaded;
  private @Nullable WeftException damage;
  private final List<String> damagedSnapshots = new ArrayList<>();

  private Recovery(Storage storage, DatabaseId databaseId, OpeningListener listener) {
    this.storage = storage;
    this.databaseId = databaseId;
    this.listener = listener;
  }

  static Recovered open(Storage storage, EngineOptions options) {
    DatabaseId id = DatabaseFiles.openIdentity(storage, options.newDatabaseId());
    Found found = read(storage, id, false, options.storage().opening());
    if (found.snapshotBytes > 0) {
      // A process may have died while it published it; what it replaces is deleted soon.
      storage.sync(DatabaseFiles.snapshotName(found.snapshotLsn));
    }
    LogOptions logOptions =
        new LogOptions(id, options.storage().segmentBytes(), LogOptions.DEFAULT_CHUNK_BYTES);
    LogWriter log = new LogWriter(storage, logOptions, found.log, options.syncs());
    if (found.log.lastLsn() < found.snapshotLsn) {
      // The load of a snapshot was published, but a crash came before the log went on behind it.
      log.continueAfter(found.snapshotLsn);
    }
    deleteVoid(storage, found.log);
    return new Recovered(
        id,
        new Root(found.graph, log.lastLsn(), 0),
        log,
        found.snapshotLsn,
        found.snapshotBytes,
        found.snapshotWasLoaded ? found.snapshotLsn : 0,
        found.log.readBytes(),
        found.damagedSnapshots);
  }

  /**
   * Reads the graph of a storage that is not written, such as an archive's. There may be no log
   * when a snapshot has everything.
   */
  static Root read(Storage storage) {
    DatabaseId databaseId = DatabaseFiles.readIdentity(storage);
    Found found = read(storage, databaseId, true, OpeningListener.NONE);
    return new Root(found.graph, found.lastLsn(), 0);
  }

  /**
   * Reads all that an opening reads, and changes nothing.
   *
   * @param mayBeWithoutLog whether there may be no log when a snapshot has everything
   * @throws WeftException whatever keeps the database from being opened
   */
  static Found read(
      Storage storage, DatabaseId databaseId, boolean mayBeWithoutLog, OpeningListener listener) {
    return new Recovery(storage, databaseId, listener).read(mayBeWithoutLog);
  }

  private Found read(boolean mayBeWithoutLog) {
    readNewestSnapshot();
    LogEnd end = mayBeWithoutLog && !hasLog() ? withoutLog() : replay();
    return new Found(graph, snapshotLsn, snapshotBytes, snapshotWasLoaded, end, damagedSnapshots);
  }

  private boolean hasLog() {
    boolean hasLog = false;
    for (String name : storage.list()) {
      hasLog |= LogFormat.segmentNumber(name) >= 0;
    }
    return hasLog;
  }

  private LogEnd withoutLog() {
    if (damage != null) {
      throw damage;
    }
    return LogEnd.EMPTY;
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
      listener.progress(OpeningListener.Phase.SNAPSHOT, 0, 1);
      byte[] bytes = SnapshotFiles.read(storage, name);
      SnapshotReader reader = new SnapshotReader(bytes, name);
      StoredSnapshot stored = StoredSnapshot.read(reader, databaseId, lsn);
      graph = GraphSnapshotCodec.decode(reader);
      snapshotLsn = lsn;
      snapshotBytes = bytes.length;
      listener.progress(OpeningListener.Phase.SNAPSHOT, bytes.length, bytes.length);
      snapshotWasLoaded = stored.origin() == StoredSnapshot.Origin.LOADED;
      return true;
    } catch (WeftException failure) {
      if (!isDamage(failure.code())) {
        throw failure;
      }
      if (damage == null) {
        damage = failure;
      }
      damagedSnapshots.add(name);
      return false;
    }
  }

  /** Whether an error says that bytes are not what was written, so that others may stand in. */
  static boolean isDamage(ErrorCode code) {
    return code == ErrorCode.CORRUPTED
        || code == ErrorCode.TRUNCATED
        || code == ErrorCode.NOT_OUR_FORMAT;
  }

  private LogEnd replay() {
    Replay replay = new Replay(graph);
    LogEnd end;
    try {
      end = LogReader.read(storage, databaseId, snapshotLsn, replay);
    } catch (WeftException failure) {
      throw damage == null ? failure : damage;
    }
    graph = replay.transaction.commit();
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

  /** Applies one commit after another, all in one transaction, which has to copy a page once. */
  private final class Replay implements CommitConsumer {
    final GraphTransaction transaction;
    private int commits;

    Replay(GraphSnapshot start) {
      transaction = start.beginUnrecorded();
    }

    @Override
    public void progress(long doneBytes, long totalBytes) {
      listener.progress(OpeningListener.Phase.LOG, doneBytes, totalBytes);
    }

    @Override
    public void commit(long lsn, ByteReader changes) {
      transaction.apply(changes);
      if (++commits % COMMITS_BETWEEN_FREEZES == 0) {
        transaction.commitPart();
      }
    }
  }

  /** Deletes segments that do not count any more and never will. */
  private static void deleteVoid(Storage storage, LogEnd end) {
    Set<Long> counting = new HashSet<>();
    for (LogSegment segment : end.segments()) {
      counting.add(segment.number());
    }
    try {
      for (String name : storage.list()) {
        long number = LogFormat.segmentNumber(name);
        if (number >= 0 && number <= end.highestNumber() && !counting.contains(number)) {
          storage.delete(name);
        }
      }
    } catch (WeftException undeleted) {
      // Each opening tries again.
      return;
    }
  }
}
