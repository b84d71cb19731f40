package org.weftdb;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.log.SharedWork;

/**
 * Work shared among threads: one leads and does it, those who come meanwhile follow. When it has
 * ended, those for whom it is done are woken, and the first of the others leads next.
 *
 * <p>Threads that commit mostly come again soon. Without more, the first to come would work for
 * itself alone, and all others would wait for the work after that. So the first becomes captain: it
 * lets as many come as there were around last time, and the last of these leads. It waits no longer
 * than half the time that the work took, nor than {@link #MAX_PATIENCE_NANOS}. When that was in
 * vain, nobody is waited for at the next occasions, twice as many each time: so it is where threads
 * stay away, and where the medium is so fast that they had better overlap. Who is alone never
 * waits.
 *
 * <p>Invariants, under this object's monitor:
 *
 * <ul>
 *   <li>While anybody waits there is a leader, or the first who waits is the captain, who leads
 *       when its time is over. There is never a leader and a captain.
 *   <li>A leader that ends, whatever the work threw, wakes all for whom it is done and makes the
 *       first who is left leader or captain. Nobody who waits goes away by itself, so nobody waits
 *       in vain.
 *   <li>Nothing is allocated from the end of the work on, so that this holds when memory is out.
 * </ul>
 */
final class LeaderAndFollowers implements SharedWork {
  /** The longest that a captain waits. */
  private static final long MAX_PATIENCE_NANOS = 1_000_000;

  /** The most occasions at which nobody is waited for, after it was in vain. */
  private static final int MAX_PAUSE = 64;

  private enum Role {
    FOLLOWER,
    CAPTAIN,
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

  /** How many wait. */
  private int waiting;

  /** How many there were around when the last work ended: those it was done for, and others. */
  private int expected;

  /** How long a captain waits now. */
  private volatile long patienceNanos;

  /** Occasions to come at which nobody is waited for. */
  private int pause;

  /** How many these are when it was in vain once more. */
  private int nextPause = 1;

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
    if (!led && waiting + 1 >= expected) {
      Follower captain = first;
      if (captain != null) {
        captain.role = Role.FOLLOWER;
        nextPause = Math.max(1, nextPause / 2);
      }
      led = true;
      return true;
    }
    if (!led && first == null) {
      if (pause > 0) {
        pause--;
        led = true;
        return true;
      }
      me.role = Role.CAPTAIN;
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
    boolean leads = false;
    Role role = me.role;
    while (role != Role.RELEASED && !leads) {
      if (role == Role.CAPTAIN) {
        leads = gather(me);
      } else if (role == Role.LEADER) {
        leads = true;
      } else {
        LockSupport.park(this);
        // What was appended is waited for all the same; whoever interrupts learns of it later.
        interrupted |= Thread.interrupted();
      }
      role = me.role;
    }
    if (interrupted) {
      me.thread.interrupt();
    }
    return leads;
  }

  /** Lets others come for a while; returns whether this is to lead because they did not. */
  private boolean gather(Follower captain) {
    long begin = System.nanoTime();
    long patience = patienceNanos;
    boolean interrupted = false;
    long left = patience;
    while (captain.role == Role.CAPTAIN && left > 0) {
      LockSupport.parkNanos(this, left);
      interrupted |= Thread.interrupted();
      left = patience - (System.nanoTime() - begin);
    }
    if (interrupted) {
      captain.thread.interrupt();
    }
    return gathered(captain);
  }

  /** Makes the captain the leader, unless another one has become it. */
  private synchronized boolean gathered(Follower captain) {
    if (captain.role != Role.CAPTAIN) {
      return false;
    }
    led = true;
    removeFirst();
    pause = nextPause;
    nextPause = Math.min(2 * nextPause, MAX_PAUSE);
    return true;
  }

  private void removeFirst() {
    Follower removed = first;
    if (removed != null) {
      first = removed.next;
      if (first == null) {
        last = null;
      }
      removed.next = null;
      waiting--;
    }
  }

  private void lead(BooleanSupplier done, Runnable work) {
    long begin = System.nanoTime();
    boolean worked = false;
    try {
      if (!done.getAsBoolean()) {
        work.run();
      }
      worked = true;
    } finally {
      Follower released;
      Follower next;
      synchronized (this) {
        patienceNanos = Math.min((System.nanoTime() - begin) / 2, MAX_PATIENCE_NANOS);
        expected = worked ? waiting + 1 : 0;
        released = takeDone();
        next = appoint();
      }
      if (next != null) {
        LockSupport.unpark(next.thread);
      }
      wake(released);
    }
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

  /** Says who leads next, if anybody waits. */
  private @Nullable Follower appoint() {
    Follower next = first;
    if (next == null) {
      led = false;
    } else if (waiting >= expected || pause > 0) {
      pause = Math.max(0, pause - 1);
      next.role = Role.LEADER;
      led = true;
      removeFirst();
    } else {
      next.role = Role.CAPTAIN;
      led = false;
    }
    return next;
  }

  private static void wake(@Nullable Follower released) {
    Follower follower = released;
    while (follower != null) {
      Follower behind = follower.next;
      follower.role = Role.RELEASED;
      LockSupport.unpark(follower.thread);
      follower = behind;
    }
  }
}
