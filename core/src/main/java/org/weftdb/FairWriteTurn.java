package org.weftdb;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.weftdb.engine.WriteTurn;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The write turn among threads, first come, first served.
 *
 * <p>Whoever releases the turn gives it to the first of the queue. A thread that comes when nobody
 * but the holder is before it looks for its turn for a few microseconds before it parks, since most
 * transactions are that short; all others park at once, because a thread that spins in vain takes
 * the processor from the one it waits for.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Holder and queue change under this object's monitor only, in which nobody waits and nothing
 *       is allocated.
 *   <li>When there is no holder, the queue is empty.
 *   <li>Who is taken out of the queue either has the turn from then on or has left by itself; the
 *       monitor decides which when the turn, a timeout and an interrupt come together. Who was
 *       given the turn keeps it, so that no turn is lost.
 *   <li>{@code hasTurn} is written before {@code parked} is read, and {@code parked} before {@code
 *       hasTurn}, so that whoever parks is woken.
 * </ul>
 */
final class FairWriteTurn implements WriteTurn {
  /** How long the next in line looks for its turn before it parks. */
  private static final int SPIN_NANOS = 5_000;

  private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

  /** How often it looks at least between two looks at the clock. */
  private static final int LOOKS = 16;

  /** A thread in the queue. */
  private static final class Waiter {
    final Thread thread;

    /** Written once, by whoever gives it the turn. */
    volatile boolean hasTurn;

    /** Whether it has to be woken; written by its thread. */
    volatile boolean parked;

    /** Whether nobody but the holder was before it when it came. */
    boolean cameNext;

    /** Its neighbours in the queue. */
    @Nullable Waiter before;

    @Nullable Waiter behind;

    Waiter(Thread thread) {
      this.thread = thread;
    }
  }

  private @Nullable Waiter first;
  private @Nullable Waiter last;

  /** The thread that took the turn, so that it is not let to wait for itself for ever. */
  private volatile @Nullable Thread holder;

  private final long timeoutMillis;

  /**
   * A turn that nobody has.
   *
   * @param timeoutMillis how long one waits for it; 0 for ever
   */
  FairWriteTurn(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public void acquire() {
    Thread me = Thread.currentThread();
    if (holder == me) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "this thread began a write transaction that is still open; it has to be committed or"
              + " rolled back before another write");
    }
    if (me.isInterrupted()) {
      throw interrupted();
    }
    if (holder != null || !tryAcquire(me)) {
      Waiter waiter = new Waiter(me);
      if (!enters(waiter) && !spin(waiter)) {
        await(waiter);
      }
    }
  }

  private synchronized boolean tryAcquire(Thread me) {
    boolean isFree = holder == null;
    if (isFree) {
      holder = me;
    }
    return isFree;
  }

  /** Puts a waiter at the end of the queue, or gives it the turn when that has become free. */
  private synchronized boolean enters(Waiter waiter) {
    if (tryAcquire(waiter.thread)) {
      return true;
    }
    Waiter before = last;
    if (before == null) {
      first = waiter;
      waiter.cameNext = true;
    } else {
      before.behind = waiter;
      waiter.before = before;
    }
    last = waiter;
    return false;
  }

  /** Takes a waiter out of the queue, unless it has got the turn. */
  private synchronized boolean leaves(Waiter waiter) {
    if (waiter.hasTurn) {
      return false;
    }
    takeOut(waiter);
    return true;
  }

  private void takeOut(Waiter waiter) {
    Waiter before = waiter.before;
    Waiter behind = waiter.behind;
    if (before == null) {
      first = behind;
    } else {
      before.behind = behind;
    }
    if (behind == null) {
      last = before;
    } else {
      behind.before = before;
    }
  }

  /** Looks for a short time whether the turn comes, when the waiter came next to it. */
  private boolean spin(Waiter waiter) {
    if (!SPINS || !waiter.cameNext) {
      return waiter.hasTurn;
    }
    long begin = System.nanoTime();
    do {
      for (int i = 0; i < LOOKS; i++) {
        if (waiter.hasTurn) {
          return true;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - begin < SPIN_NANOS);
    return false;
  }

  /** Parks until the turn comes; leaves when it takes too long or is interrupted. */
  private void await(Waiter waiter) {
    long begin = timeoutMillis == 0 ? 0 : System.nanoTime();
    long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    waiter.parked = true;
    while (!waiter.hasTurn) {
      long left = timeoutMillis == 0 ? 0 : timeoutNanos - (System.nanoTime() - begin);
      if (waiter.thread.isInterrupted()) {
        if (leaves(waiter)) {
          throw interrupted();
        }
      } else if (timeoutMillis == 0) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (leaves(waiter)) {
        throw new WeftException(
            ErrorCode.WRITE_TURN_TIMED_OUT,
            "other transactions that write did not end within "
                + timeoutMillis
                + " ms; nothing was changed");
      }
    }
  }

  private static WeftException interrupted() {
    return new WeftException(
        ErrorCode.CANCELLED, "interrupted while waiting for other write transactions");
  }

  @Override
  public void release() {
    Waiter next = pass();
    if (next != null && next.parked) {
      LockSupport.unpark(next.thread);
    }
  }

  /** Gives the turn to the first of the queue, if there is one. */
  private synchronized @Nullable Waiter pass() {
    if (holder == null) {
      throw new IllegalStateException("nobody has the write turn");
    }
    Waiter next = first;
    if (next == null) {
      holder = null;
    } else {
      takeOut(next);
      holder = next.thread;
      next.hasTurn = true;
    }
    return next;
  }
}
