package org.weftdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.weftdb.log.SharedWork;

/**
 * Work shared among threads: the first who comes leads and does it, those who come meanwhile follow
 * and are woken all at once when it has ended. Nobody waits for a timer.
 */
final class LeaderAndFollowers implements SharedWork {
  /** A thread that waits for the leader. */
  private static final class Follower {
    final Thread thread = Thread.currentThread();
    volatile boolean released;

    void await() {
      boolean interrupted = false;
      while (!released) {
        LockSupport.park(this);
        // What was appended is waited for all the same; whoever interrupts learns of it later.
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
    }
  }

  private boolean led;
  private List<Follower> followers = new ArrayList<>();

  @Override
  public void await(BooleanSupplier done, Runnable work) {
    while (!done.getAsBoolean()) {
      Follower follower = null;
      synchronized (this) {
        if (led) {
          follower = new Follower();
          followers.add(follower);
        } else {
          led = true;
        }
      }
      if (follower != null) {
        follower.await();
      } else {
        lead(done, work);
      }
    }
  }

  private void lead(BooleanSupplier done, Runnable work) {
    try {
      if (!done.getAsBoolean()) {
        work.run();
      }
    } finally {
      List<Follower> released;
      synchronized (this) {
        led = false;
        released = followers;
        followers = new ArrayList<>();
      }
      for (Follower follower : released) {
        follower.released = true;
        LockSupport.unpark(follower.thread);
      }
    }
  }
}
