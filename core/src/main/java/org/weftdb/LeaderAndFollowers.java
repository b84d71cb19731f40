package org.weftdb;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.log.SharedWork;

/**
 * Work shared among threads: one leads and does it, those who come meanwhile follow. When it has
 * ended, those for whom it is done are woken, and the first of the others leads next.
 *
 * <p>Threads that commit mostly come again soon, so that a leader that began at once would often
 * work for few, and all who are about to come would wait for the work after that. So a leader that
 * is not alone gives way to other threads first, and again for as long as that makes more of them
 * follow. It looks at no clock: who follows stays until the work is done, so there is an end to it.
 *
 * <p>Invariants, under this object's monitor:
 *
 * <ul>
 *   <li>While anybody waits there is a leader.
 *   <li>A leader that ends, whatever the work threw, wakes all for whom it is done and makes the
 *       first who is left leader. Nobody who waits goes away by itself, so nobody waits in vain.
 *   <li>Nothing is allocated from the end of the work on, so that this holds when memory is out.
 * </ul>
 */
final class LeaderAndFollowers implements SharedWork {
  private enum Role {
    FOLLOWER,
    LEADER,
    RELEASED
  }

  /** A thread that waits for the work. */
  private static final class Follower {
    final Thread thread = Thread.currentThread();
    final BooleanSupplier done;

    /** Written under the monitor while it is in the list. */
    volatile Role role = Role.FOLLOWER;

    /** The one behind it. */
    @Nullable Follower next;

    Follower(BooleanSupplier done) {
      this.done = done;
    }
  }

  private boolean led;
  private @Nullable Follower first;
  private @Nullable Follower last;

  /** How many wait behind the leader; written under the monitor. */
  private volatile int waiting;

  /** Whether others than its leader waited when the last work ended. */
  private volatile boolean shared;

  @Override
  public void await(BooleanSupplier done, Runnable work) {
    while (!done.getAsBoolean()) {
      Follower me = new Follower(done);
      if (comes(me) || follow(me)) {
        lead(done, work);
      }
    }
  }

  /** Adds one who waits, or makes it the leader. */
  private synchronized boolean comes(Follower me) {
    if (!led) {
      led = true;
      return true;
    }
    Follower before = last;
    if (before == null) {
      first = me;
    } else {
      before.next = me;
    }
    last = me;
    waiting++;
    return false;
  }

  /** Waits until somebody has done the work, or this is to lead. */
  private boolean follow(Follower me) {
    boolean interrupted = false;
    while (me.role == Role.FOLLOWER) {
      LockSupport.park(this);
      // What was appended is waited for all the same; whoever interrupts learns of it later.
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      me.thread.interrupt();
    }
    return me.role == Role.LEADER;
  }

  /** Gives way to other threads while that makes more of them follow. */
  private void gather() {
    int before;
    do {
      before = waiting;
      Thread.yield();
    } while (waiting > before);
  }

  private void lead(BooleanSupplier done, Runnable work) {
    if (shared) {
      gather();
    }
    try {
      if (!done.getAsBoolean()) {
        work.run();
      }
    } finally {
      Follower released;
      Follower next;
      synchronized (this) {
        shared = waiting > 0;
        released = takeDone();
        next = first;
        led = next != null;
        if (next != null) {
          removeFirst(next);
        }
      }
      wake(next, Role.LEADER);
      wake(released, Role.RELEASED);
    }
  }

  private void removeFirst(Follower leader) {
    first = leader.next;
    if (first == null) {
      last = null;
    }
    leader.next = null;
    waiting--;
  }

  /** Takes those out for whom it is done, and gives them as a list of their own. */
  private @Nullable Follower takeDone() {
    Follower released = null;
    Follower lastReleased = null;
    Follower kept = null;
    Follower lastKept = null;
    int left = 0;
    Follower follower = first;
    while (follower != null) {
      Follower behind = follower.next;
      follower.next = null;
      if (follower.done.getAsBoolean()) {
        if (lastReleased == null) {
          released = follower;
        } else {
          lastReleased.next = follower;
        }
        lastReleased = follower;
      } else {
        if (lastKept == null) {
          kept = follower;
        } else {
          lastKept.next = follower;
        }
        lastKept = follower;
        left++;
      }
      follower = behind;
    }
    first = kept;
    last = lastKept;
    waiting = left;
    return released;
  }

  /** Gives a role to all of a list, each of which may be gone as soon as it has it. */
  private static void wake(@Nullable Follower list, Role role) {
    Follower follower = list;
    while (follower != null) {
      Follower behind = follower.next;
      follower.role = role;
      LockSupport.unpark(follower.thread);
      follower = behind;
    }
  }
}
