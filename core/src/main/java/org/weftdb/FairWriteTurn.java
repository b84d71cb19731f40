package org.weftdb;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.weftdb.engine.WriteTurn;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The write turn among threads, first come, first served. */
final class FairWriteTurn implements WriteTurn {
  private final Semaphore turn = new Semaphore(1, true);

  /** The thread that took the turn, so that it is not let to wait for itself for ever. */
  private volatile @Nullable Thread taker;

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
    if (taker == Thread.currentThread()) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "this thread began a write transaction that is still open; it has to be committed or"
              + " rolled back before another write");
    }
    try {
      if (timeoutMillis == 0) {
        turn.acquire();
      } else if (!turn.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new WeftException(
            ErrorCode.WRITE_TURN_TIMED_OUT,
            "other transactions that write did not end within "
                + timeoutMillis
                + " ms; nothing was changed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WeftException(
          ErrorCode.CANCELLED,
          "interrupted while waiting for other write transactions",
          null,
          interrupted);
    }
    taker = Thread.currentThread();
  }

  @Override
  public void release() {
    taker = null;
    turn.release();
  }
}
