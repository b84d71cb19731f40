package org.weftdb.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.Touched;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.Durability;
import org.weftdb.log.LogFence;
import org.weftdb.log.LogWriter;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.Storage;

/**
 * The way from a finished transaction to the root that everybody sees: freeze, append to the log,
 * wait until it is durable as far as the durability asks, publish.
 *
 * <p>Whoever calls {@link #commit} or {@link #load} has the write turn. With {@link
 * Durability.Mode#PER_COMMIT} a commit is seen by the next writer at once, so that it can go on,
 * and by everybody else when it is durable; {@link #await} is called without the turn, so that
 * several commits can wait for the same sync. Reading the root needs nothing.
 */
final class CommitPipeline {
  /** The storage behind a database that has one. */
  record Durable(Storage storage, LogWriter log, Checkpoints checkpoints) {}

  /**
   * A commit that was appended.
   *
   * @param lsn its number
   * @param waits whether it is only done when it is durable
   */
  record Pending(long lsn, boolean waits) {}

  private final @Nullable Durable durable;
  private final int maxCommitBytes;
  private final Runnable afterCommit;
  private final ChangeFeed feed = new ChangeFeed();
  private volatile Durability durability;
  private volatile Root root;

  /** A commit that is not published before it is durable, and what it has touched. */
  private record Unpublished(Root root, Touched touched) {}

  /** The oldest first. */
  private final ArrayDeque<Unpublished> unpublished = new ArrayDeque<>();

  /** The last commit, published or not. */
  private Root newest;

  private volatile @Nullable WeftException failure;
  private volatile boolean closed;

  CommitPipeline(
      Root root, @Nullable Durable durable, StorageOptions options, Runnable afterCommit) {
    this.root = root;
    this.newest = root;
    this.durable = durable;
    this.durability = options.durability();
    this.maxCommitBytes = options.maxCommitBytes();
    this.afterCommit = afterCommit;
  }

  /** Whether commits go to a storage. */
  boolean hasStorage() {
    return durable != null;
  }

  /** Who wants to know of commits. */
  ChangeFeed feed() {
    return feed;
  }

  /** The newest committed graph that everybody may see. */
  Root root() {
    return root;
  }

  /** What the next transaction that writes goes on from; to be asked for with the write turn. */
  synchronized Root newest() {
    return newest;
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

  private WeftException failed(WeftException cause) {
    if (failure == null && cause.code() != ErrorCode.CLOSED) {
      failure = cause;
    }
    return cause;
  }

  /** What goes wrong beside the log ends nothing; the log itself failing ends the use of it. */
  private WeftException failedIfLog(WeftException cause) {
    return cause.code() == ErrorCode.LOG_FAILED ? failed(cause) : cause;
  }

  /**
   * Commits a transaction.
   *
   * @param base what it began from
   * @param schemaChanged whether it created or dropped indexes
   * @return what to {@link #await}; for a transaction that has changed nothing, that what it has
   *     read is durable
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when there are too many changes for one
   *     commit
   */
  synchronized Pending commit(GraphTransaction transaction, Root base, boolean schemaChanged) {
    checkUsable();
    if (transaction.isUnchanged()) {
      return new Pending(base.lsn(), waits());
    }
    int length = checkedLength(transaction);
    Touched touched = feed.touched(transaction);
    return append(
        transaction.commit(), new Changes(transaction.changes(), length, touched), schemaChanged);
  }

  /** Commits what a transaction has changed so far; it goes on from there. */
  synchronized Pending commitPart(GraphTransaction transaction) {
    checkUsable();
    if (transaction.isUnchanged()) {
      return new Pending(newest.lsn(), waits());
    }
    int length = checkedLength(transaction);
    Touched touched = feed.touched(transaction);
    return append(
        transaction.commitPart(), new Changes(transaction.changes(), length, touched), false);
  }

  private int checkedLength(GraphTransaction transaction) {
    int length = transaction.changes().position();
    if (durable != null && length > maxCommitBytes) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the changes of the transaction take "
              + length
              + " bytes in the log, expected at most "
              + maxCommitBytes
              + "; commit them in several transactions");
    }
    return length;
  }

  private boolean waits() {
    return durable != null && durability.mode() == Durability.Mode.PER_COMMIT;
  }

  /** What a commit has changed, as bytes for the log and for who listens. */
  private record Changes(ByteWriter bytes, int length, Touched touched) {}

  private Pending append(GraphSnapshot graph, Changes changes, boolean schemaChanged) {
    long lsn = Lsn.NONE;
    boolean waits = waits();
    if (durable != null) {
      try {
        lsn = durable.log.append(changes.bytes.array(), 0, changes.length);
      } catch (WeftException cause) {
        throw failed(cause);
      }
    }
    newest = new Root(graph, lsn, newest.schemaVersion() + (schemaChanged ? 1 : 0));
    if (waits) {
      unpublished.addLast(new Unpublished(newest, changes.touched));
    } else {
      publishAll();
      root = newest;
      feed.committed(lsn, changes.touched);
      afterCommit.run();
    }
    return new Pending(lsn, waits);
  }

  /** Waits until a commit is as durable as it has to be, and lets everybody see it. */
  void await(Pending pending) {
    Durable to = durable;
    if (to == null || !pending.waits) {
      return;
    }
    try {
      // Published once for all who wait, so that they do not all want this monitor at once.
      to.log.awaitSynced(pending.lsn, () -> publishDurable(to));
    } catch (WeftException cause) {
      throw failed(cause);
    }
    if (root.lsn() < pending.lsn) {
      publishDurable(to);
    }
    afterCommit.run();
  }

  private synchronized void publishDurable(Durable to) {
    long synced = to.log.syncedLsn();
    while (!unpublished.isEmpty() && unpublished.getFirst().root.lsn() <= synced) {
      publish(unpublished.removeFirst());
    }
  }

  private void publishAll() {
    while (!unpublished.isEmpty()) {
      publish(unpublished.removeFirst());
    }
  }

  private void publish(Unpublished commit) {
    root = commit.root;
    feed.committed(commit.root.lsn(), commit.touched);
  }

  /** Makes all commits durable. */
  void sync() {
    checkUsable();
    if (durable != null) {
      try {
        durable.log.sync();
      } catch (WeftException cause) {
        throw failed(cause);
      }
      publishDurable(durable);
    }
  }

  /** Whether there are commits that are not durable yet. */
  boolean needsSync() {
    return durable != null
        && !closed
        && failure == null
        && durable.log.syncedLsn() < durable.log.lastLsn();
  }

  /** What commits wait for. */
  Durability durability() {
    return durability;
  }

  /** Changes what the commits from now on wait for; those before are durable when this returns. */
  void setDurability(Durability other) {
    checkUsable();
    durability = other;
    sync();
  }

  /**
   * Replaces the graph by that of a snapshot. When this fails before anything was published, all is
   * as before.
   */
  SnapshotInfo load(SnapshotReader snapshot) {
    checkUsable();
    GraphSnapshot graph = GraphSnapshotCodec.decode(snapshot);
    long lsn = Lsn.NONE;
    Durable to = durable;
    if (to != null) {
      Checkpoints.Prepared prepared = to.checkpoints.prepare(snapshot);
      lsn = prepared.lsn();
      try {
        to.checkpoints.install(prepared);
      } catch (WeftException cause) {
        // Whether the snapshot is published is not known, so no commit may follow the old graph.
        throw failed(cause);
      }
    }
    synchronized (this) {
      newest = new Root(graph, lsn, newest.schemaVersion() + 1);
      publishAll();
      root = newest;
      feed.committed(lsn, Touched.EVERYTHING);
    }
    if (to != null) {
      to.checkpoints.deleteUnneeded();
    }
    return SnapshotInfo.of(snapshot.manifest().withWalLsn(lsn));
  }

  /** Whether it is time for a checkpoint. */
  boolean checkpointIsDue() {
    return durable != null && !closed && failure == null && durable.checkpoints.isDue(root);
  }

  /**
   * Makes a checkpoint of the newest committed graph.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} without a storage
   */
  SnapshotInfo checkpoint() {
    checkUsable();
    try {
      return checkpoints().make(root);
    } catch (WeftException cause) {
      throw failedIfLog(cause);
    }
  }

  /**
   * Writes a database with all commits so far as an archive: the snapshot and the log that are
   * there, or a snapshot of its own when there is no storage, the log is long, or the files are
   * damaged.
   *
   * @param idInMemory whose database it is when there is no storage
   */
  SnapshotInfo export(DatabaseId idInMemory, ByteSink target) {
    checkUsable();
    Durable from = durable;
    if (from == null || !from.checkpoints.isLogShort()) {
      Root exported = root;
      Archive.write(exported, from == null ? idInMemory : from.checkpoints.databaseId(), target);
      return exported.info();
    }
    Root exported;
    ArchivedFiles files;
    synchronized (from.checkpoints) {
      LogFence fence;
      synchronized (this) {
        checkUsable();
        try {
          fence = from.log.beginSegment();
        } catch (WeftException cause) {
          throw failed(cause);
        }
        exported = newest;
        publishDurable(from);
      }
      files = from.checkpoints.tryCopy(fence, exported.lsn());
    }
    if (files != null) {
      files.write(target);
    } else {
      Archive.write(exported, from.checkpoints.databaseId(), target);
    }
    return exported.info();
  }

  /** Cuts the log, as {@link Checkpoints#truncate} does. */
  void truncateLog(long lsn) {
    checkUsable();
    try {
      checkpoints().truncate(lsn);
    } catch (WeftException cause) {
      throw failedIfLog(cause);
    }
  }

  /** How the log stands, also when the database cannot be used any more. */
  LogStatus logStatus() {
    return checkpoints().status(durability, failure);
  }

  private Checkpoints checkpoints() {
    if (durable == null) {
      throw new WeftException(
          ErrorCode.INVALID_USE, "a database in memory has no log and no checkpoints");
    }
    return durable.checkpoints;
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
