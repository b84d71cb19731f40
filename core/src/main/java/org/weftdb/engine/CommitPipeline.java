package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;
import org.weftdb.log.LogWriter;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.Storage;

/**
 * The way from a finished transaction to the root that everybody sees: freeze, append to the log,
 * sync as the durability asks, publish.
 *
 * <p>Whoever calls {@link #commit} or {@link #load} has the write turn. Reading the root needs
 * nothing.
 */
final class CommitPipeline {
  /** The storage behind a database that has one. */
  record Durable(Storage storage, DatabaseId databaseId, LogWriter log, Durability durability) {}

  private final @Nullable Durable durable;
  private volatile Root root;
  private volatile @Nullable WeftException failure;
  private volatile boolean closed;

  CommitPipeline(Root root, @Nullable Durable durable) {
    this.root = root;
    this.durable = durable;
  }

  /** Whether commits go to a storage. */
  boolean hasStorage() {
    return durable != null;
  }

  /** The newest committed graph. */
  Root root() {
    return root;
  }

  /** Throws {@link ErrorCode#CLOSED} or {@link ErrorCode#LOG_FAILED} when nothing can be done. */
  void checkUsable() {
    if (closed) {
      throw new WeftException(ErrorCode.CLOSED, "the database is closed");
    }
    WeftException cause = failure;
    if (cause != null) {
      throw new WeftException(
          ErrorCode.LOG_FAILED,
          "the database has to be opened again, since its storage failed: " + cause.getMessage(),
          null,
          cause);
    }
  }

  /**
   * Commits a transaction that began from the root.
   *
   * @param schemaChanged whether it created or dropped indexes
   */
  synchronized void commit(GraphTransaction transaction, boolean schemaChanged) {
    checkUsable();
    if (transaction.isUnchanged()) {
      return;
    }
    int length = transaction.changes().position();
    publish(transaction.commit(), transaction.changes(), length, schemaChanged);
  }

  /**
   * Commits what a transaction, which began from the root, has changed so far; it goes on from the
   * new root.
   */
  synchronized void commitPart(GraphTransaction transaction) {
    checkUsable();
    if (transaction.isUnchanged()) {
      return;
    }
    int length = transaction.changes().position();
    publish(transaction.commitPart(), transaction.changes(), length, false);
  }

  private void publish(GraphSnapshot graph, ByteWriter changes, int length, boolean schemaChanged) {
    long lsn = durable == null ? Lsn.NONE : append(durable, changes, length);
    long schemaVersion = root.schemaVersion() + (schemaChanged ? 1 : 0);
    root = new Root(graph, lsn, schemaVersion);
  }

  private long append(Durable to, ByteWriter changes, int length) {
    try {
      long lsn = to.log.append(changes.array(), 0, length);
      if (to.durability.mode() == Durability.Mode.PER_COMMIT) {
        to.log.sync();
      }
      return lsn;
    } catch (WeftException cause) {
      failure = cause;
      throw cause;
    }
  }

  /** Makes all commits durable. */
  synchronized void sync() {
    checkUsable();
    if (durable != null) {
      try {
        durable.log.sync();
      } catch (WeftException cause) {
        failure = cause;
        throw cause;
      }
    }
  }

  /** Whether there are commits that are not durable yet. */
  boolean needsSync() {
    return durable != null
        && !closed
        && failure == null
        && durable.log.syncedLsn() < durable.log.lastLsn();
  }

  /**
   * Replaces the graph by that of a snapshot. When this fails before anything was published, all is
   * as before.
   *
   * @param length the bytes of the snapshot
   */
  synchronized SnapshotInfo load(SnapshotReader snapshot, int length) {
    checkUsable();
    GraphSnapshot graph = GraphSnapshotCodec.decode(snapshot);
    long lsn = durable == null ? Lsn.NONE : store(durable, snapshot, length);
    root = new Root(graph, lsn, root.schemaVersion() + 1);
    if (durable != null) {
      deleteOlder(durable, lsn);
    }
    return SnapshotInfo.of(snapshot.manifest().withWalLsn(lsn));
  }

  private long store(Durable to, SnapshotReader snapshot, int length) {
    long lsn = to.log.lastLsn() + 1;
    StoredSnapshot section = new StoredSnapshot(to.databaseId, StoredSnapshot.Origin.LOADED);
    ByteWriter bytes = section.addTo(snapshot, length, lsn);
    String name = DatabaseFiles.snapshotName(lsn);
    String temporary =
        SnapshotFiles.writeTemporary(to.storage, name, bytes.array(), bytes.position());
    try {
      // The log's last commit must not be lost while a snapshot stands that comes after it.
      to.log.sync();
      to.storage.publish(temporary, name);
      to.log.continueAfter(lsn);
    } catch (WeftException cause) {
      // Whether the snapshot is published is not known, so no commit may follow the old graph.
      failure = cause;
      throw cause;
    }
    return lsn;
  }

  /** Deletes what the snapshot makes useless. */
  private static void deleteOlder(Durable from, long lsn) {
    try {
      for (String name : from.storage.list()) {
        long snapshotLsn = DatabaseFiles.snapshotLsn(name);
        if (snapshotLsn >= 0 && snapshotLsn < lsn) {
          from.storage.delete(name);
        }
      }
      from.log.deleteSegmentsBefore();
    } catch (WeftException undeleted) {
      // Recovery passes over what stays, so it costs nothing but room; the load has succeeded.
      return;
    }
  }

  /** Makes all durable and closes log and storage; a second call does nothing. */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (durable != null) {
      try {
        durable.log.close();
      } finally {
        durable.storage.close();
      }
    }
  }

  boolean isClosed() {
    return closed;
  }
}
