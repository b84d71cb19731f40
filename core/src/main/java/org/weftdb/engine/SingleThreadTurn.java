package org.weftdb.engine;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The write turn where there is one thread: whoever would have to wait is refused at once. */
final class SingleThreadTurn implements WriteTurn {
  private boolean taken;

  @Override
  public synchronized void acquire() {
    if (taken) {
      throw new WeftException(
          ErrorCode.WRITE_TURN_TIMED_OUT,
          "a write transaction is open; it has to be committed or rolled back before another"
              + " write");
    }
    taken = true;
  }

  @Override
  public synchronized void release() {
    taken = false;
  }
}
