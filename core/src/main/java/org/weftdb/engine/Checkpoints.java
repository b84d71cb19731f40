package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFence;
import org.weftdb.log.LogSegment;
import org.weftdb.log.LogWriter;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.Storage;

/**
 * Writes snapshots of the graph into the storage, and deletes the older ones and the part of the
 * log that they make useless.
 *
 * <p>A checkpoint runs beside readers and writers: it takes a reference to a graph, encodes it, and
 * publishes it. It is a snapshot of commits that are durable, so it is right whenever it becomes
 * visible, and a crash at any moment leaves files of which none is missed. When one fails, the
 * database goes on as if it had not been tried.
 *
 * <p>One at a time; whoever comes meanwhile waits.
 */
final class Checkpoints {
  /** After a failure it is not tried again for so long. */
  private static final long RETRY_MILLIS = 10_000;

  /** A log up to this length is always worth copying. */
  private static final long SHORT_LOG_BYTES = 1 << 20;

  private final Storage storage;
  private final DatabaseId databaseId;
  private final LogWriter log;
  private final CheckpointPolicy policy;
  private final Clock clock;
  private final long openedMillis;

  /** The newest snapshot, or of all zeros. */
  private volatile Last last;

  /** What came before this commit is of no use: a snapshot was loaded there. Or 0. */
  private long baseLsn;

  /** Newer snapshots that could not be used when the database was opened. */
  private final List<String> damaged;

  private volatile long retryMillis;
  private volatile @Nullable WeftException failure;

  /**
   * A snapshot in the storage.
   *
   * @param lsn the last commit in it
   * @param bytes its length
   * @param logPosition {@link LogWriter#writtenBytes} when it was taken
   * @param millis when, or 0 when that is not known
   */
  private record Last(long lsn, long bytes, long logPosition, long millis) {}

  /**
   * The checkpoints of an opened database.
   *
   * @param found what recovery has found
   */
  Checkpoints(Storage storage, Recovery.Recovered found, EngineOptions options) {
    this.storage = storage;
    this.databaseId = found.databaseId();
    this.log = found.log();
    this.policy = options.storage().checkpoints();
    this.clock = options.clock();
    this.last = new Last(found.snapshotLsn(), found.snapshotBytes(), -found.replayedBytes(), 0);
    this.baseLsn = found.baseLsn();
    this.damaged = new ArrayList<>(found.damagedSnapshots());
    this.openedMillis = clock.millis();
    deleteUnneeded();
  }

  /** Whose the files are. */
  DatabaseId databaseId() {
    return databaseId;
  }

  /** Whether it is time for one; {@code root} is the newest graph. */
  boolean isDue(Root root) {
    Last newest = last;
    if (root.lsn() <= newest.lsn) {
      return false;
    }
    long now = policy.intervalMillis() > 0 || retryMillis > 0 ? clock.millis() : 0;
    if (now < retryMillis) {
      return false;
    }
    long bytes = Math.max(policy.logBytes(), newest.bytes / 2);
    long since = Math.max(newest.millis, openedMillis);
    return policy.logBytes() > 0 && bytesSince(newest) >= bytes
        || policy.commits() > 0 && root.lsn() - newest.lsn >= policy.commits()
        || policy.intervalMillis() > 0 && now - since >= policy.intervalMillis();
  }

  private long bytesSince(Last newest) {
    return log.writtenBytes() - newest.logPosition;
  }

  /**
   * Makes a checkpoint of a graph, unless the newest snapshot is of it already.
   *
   * @throws WeftException what the storage failed with; the database can be used as before
   */
  synchronized SnapshotInfo make(Root root) {
    if (root.lsn() > last.lsn) {
      try {
        write(root);
      } catch (WeftException cause) {
        throw failed(cause);
      } catch (OutOfMemoryError full) {
        String what = "there is not enough memory for a snapshot";
        throw failed(new WeftException(ErrorCode.MEMORY_LIMIT, what, null, full));
      }
      failure = null;
      retryMillis = 0;
      deleteDamaged(DatabaseFiles.snapshotName(root.lsn()));
      deleteUnneeded();
    }
    return root.info();
  }

  private WeftException failed(WeftException cause) {
    failure = cause;
    retryMillis = clock.millis() + RETRY_MILLIS;
    return cause;
  }

  private void write(Root root) {
    // The log's last commit must not be lost while a snapshot stands that has it.
    log.awaitSynced(root.lsn());
    long position = log.writtenBytes();
    StoredSnapshot section = new StoredSnapshot(databaseId, StoredSnapshot.Origin.CHECKPOINT);
    String name = DatabaseFiles.snapshotName(root.lsn());
    long bytes =
        SnapshotFiles.write(storage, name, sink -> StoredSnapshot.encode(root, section, sink));
    last = new Last(root.lsn(), bytes, position, clock.millis());
    log.appendCheckpoint(root.lsn());
  }

  /**
   * A snapshot of the user's, ready to be put in place of everything there is.
   *
   * @param lsn the number that it takes among the commits
   */
  record Prepared(String temporary, long lsn, long bytes) {}

  /** Writes a snapshot of the user's, which changes nothing yet. */
  synchronized Prepared prepare(SnapshotReader snapshot) {
    long lsn = log.lastLsn() + 1;
    StoredSnapshot section = new StoredSnapshot(databaseId, StoredSnapshot.Origin.LOADED);
    String temporary = SnapshotFiles.temporaryName(DatabaseFiles.snapshotName(lsn));
    long bytes =
        SnapshotFiles.writeTemporary(
            storage, temporary, sink -> section.addTo(snapshot, lsn, sink));
    return new Prepared(temporary, lsn, bytes);
  }

  /**
   * Puts a prepared snapshot in place; no commit may have come since.
   *
   * @throws WeftException when it is not known whether it is in place
   */
  synchronized void install(Prepared prepared) {
    // The log's last commit must not be lost while a snapshot stands that comes after it.
    log.sync();
    storage.publish(prepared.temporary, DatabaseFiles.snapshotName(prepared.lsn));
    log.continueAfter(prepared.lsn);
    last = new Last(prepared.lsn, prepared.bytes, log.writtenBytes(), clock.millis());
    baseLsn = prepared.lsn;
  }

  /** Deletes the snapshots that could not be used, now that there is a newer one. */
  private void deleteDamaged(String replaced) {
    damaged.remove(replaced);
    try {
      while (!damaged.isEmpty()) {
        storage.delete(damaged.get(0));
        damaged.remove(0);
      }
    } catch (WeftException undeleted) {
      // It is tried again after the next one.
      return;
    }
  }

  /** Whether the log above the newest snapshot is so short that both together are a good copy. */
  boolean isLogShort() {
    Last newest = last;
    return bytesSince(newest) <= Math.max(newest.bytes, SHORT_LOG_BYTES);
  }

  /**
   * Copies the newest snapshot and the closed segments of the log above it. Whoever calls this
   * keeps the monitor from before the last of them was closed, so that nothing of it is deleted
   * meanwhile.
   *
   * @param lastLsn the last commit before the fence
   * @return null when they cannot be read or are damaged, so that they do not lead to that commit
   */
  synchronized @Nullable ArchivedFiles tryCopy(LogFence fence, long lastLsn) {
    try {
      ArchivedFiles files = new ArchivedFiles(databaseId, last.lsn);
      for (LogSegment segment : fence.closedAbove(last.lsn)) {
        files.addSegment(storage, segment);
      }
      files.addNext(fence);
      files.addSnapshot(storage);
      files.check(lastLsn);
      return files;
    } catch (WeftException damage) {
      return null;
    }
  }

  /** Deletes what the newest snapshots make useless. */
  synchronized void deleteUnneeded() {
    try {
      List<String> snapshots = snapshots();
      snapshots.removeAll(damaged);
      int newest = snapshots.indexOf(DatabaseFiles.snapshotName(last.lsn));
      int oldestKept = newest - policy.keptSnapshots() + 1;
      // Before there are as many as are kept, the log from its beginning stands in for them.
      long needed = oldestKept < 0 ? baseLsn : DatabaseFiles.snapshotLsn(snapshots.get(oldestKept));
      deleteUpTo(Math.max(needed, baseLsn));
    } catch (WeftException undeleted) {
      // Recovery passes over what stays, so it costs nothing but room until it is tried again.
      return;
    }
  }

  /**
   * Deletes the part of the log up to a commit, as far as whole segments go, and the snapshots from
   * before it.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when no snapshot has that commit
   */
  synchronized void truncate(long lsn) {
    if (lsn > last.lsn) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "the log is needed from commit "
              + (last.lsn + 1)
              + " on and cannot be cut up to "
              + lsn
              + "; a checkpoint has to come before");
    }
    deleteUpTo(lsn);
  }

  private void deleteUpTo(long lsn) {
    for (String name : snapshots()) {
      if (DatabaseFiles.snapshotLsn(name) < lsn) {
        storage.delete(name);
      }
    }
    log.deleteSegmentsUpTo(lsn);
  }

  private List<String> snapshots() {
    List<String> names = new ArrayList<>();
    for (String name : storage.list()) {
      if (DatabaseFiles.snapshotLsn(name) >= 0) {
        names.add(name);
      }
    }
    return names;
  }

  /** How the log stands; {@code broken} is what made the database unusable, or null. */
  LogStatus status(Durability durability, @Nullable WeftException broken) {
    Last newest = last;
    List<LogSegment> segments = log.segments();
    long bytes = 0;
    for (LogSegment segment : segments) {
      bytes += segment.bytes();
    }
    long nextLsn = log.lastLsn() + 1;
    return new LogStatus(
        durability,
        log.syncedLsn(),
        nextLsn,
        segments.isEmpty() ? nextLsn : Math.min(nextLsn, segments.get(0).firstWholeLsn()),
        segments.size(),
        bytes,
        newest.lsn,
        newest.millis,
        bytesSince(newest),
        failure,
        broken);
  }
}
