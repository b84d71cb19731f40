package org.weftdb;

import org.jspecify.annotations.Nullable;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.Engine;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;

/**
 * What a database in a directory does beside its callers: it makes commits durable at an interval,
 * and makes checkpoints when they are due. Each has a thread of its own, because a checkpoint may
 * take longer than the interval.
 */
final class Background implements AutoCloseable {
  /** How often at most a checkpoint by time is looked for. */
  private static final long CLOCK_MILLIS = 1_000;

  /** What a thread waits at. */
  private static final class Bell {
    private boolean rung;
    private boolean ended;

    /** Wakes the thread now, or the next time that it waits. */
    synchronized void ring() {
      rung = true;
      notifyAll();
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }

    /**
     * Waits for a ring, or some time.
     *
     * @param millis 0 for as long as it takes
     * @return false when the thread is to end
     */
    synchronized boolean await(long millis) {
      try {
        if (!rung && !ended) {
          wait(millis);
        }
      } catch (InterruptedException interrupted) {
        ended = true;
      }
      rung = false;
      return !ended;
    }
  }

  private final CheckpointPolicy policy;
  private final Bell syncBell = new Bell();
  private final Bell checkpointBell = new Bell();
  private volatile @Nullable Engine engine;

  Background(CheckpointPolicy policy) {
    this.policy = policy;
  }

  /** Begins to work for an engine. */
  void start(Engine opened) {
    engine = opened;
    startThread("weftdb-sync", () -> syncAtIntervals(opened));
    startThread("weftdb-checkpoint", () -> makeCheckpoints(opened));
  }

  private static void startThread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Called by the thread that has made a commit. */
  void afterCommit() {
    Engine working = engine;
    if (working != null && working.checkpointIsDue()) {
      checkpointBell.ring();
    }
  }

  /** Called when the durability was changed. */
  void durabilityChanged() {
    syncBell.ring();
  }

  private void syncAtIntervals(Engine working) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        if (working.needsSync() && working.durability().mode() == Durability.Mode.GROUP) {
          working.sync();
        }
        goesOn = syncBell.await(working.durability().intervalMillis());
      }
    } catch (WeftException failure) {
      // The engine keeps the failure and answers every later call with it.
      return;
    }
  }

  private void makeCheckpoints(Engine working) {
    long millis =
        policy.intervalMillis() == 0 ? 0 : Math.min(policy.intervalMillis(), CLOCK_MILLIS);
    while (checkpointBell.await(millis)) {
      if (working.checkpointIsDue()) {
        try {
          working.checkpoint();
        } catch (WeftException failure) {
          // The engine keeps the failure, and says when the next one is due.
          continue;
        }
      }
    }
  }

  @Override
  public void close() {
    syncBell.end();
    checkpointBell.end();
  }
}
