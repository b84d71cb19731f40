package org.weftdb.wasm;

import org.teavm.interop.Import;
import org.weftdb.engine.Cancellation;
import org.weftdb.engine.QueryLimits;

/**
 * Stops the query that runs when the host wants it or its time is over, and lets the host do other
 * things meanwhile where it can suspend a call.
 */
final class HostCancellation implements Cancellation {
  /** Goes on. */
  private static final int GO_ON = 0;

  /** Asks for a pause before it goes on. */
  private static final int PAUSE = 2;

  private double startMillis;
  private double timeoutMillis;

  /**
   * Counts the time of the call from now on against a query's.
   *
   * @param start the host's stopwatch when the query began
   * @param timeout how long it may run; 0 for as long as it takes
   */
  void count(double start, double timeout) {
    startMillis = start;
    timeoutMillis = timeout;
  }

  @Override
  public boolean requested() {
    int answer = mayGoOn();
    if (answer == PAUSE) {
      pause();
      answer = mayGoOn();
      if (answer == PAUSE) {
        answer = GO_ON;
      }
    }
    if (timeoutMillis > 0 && stopwatchMillis() - startMillis >= timeoutMillis) {
      throw QueryLimits.timedOut((long) timeoutMillis);
    }
    return answer != GO_ON;
  }

  /** The host's stopwatch. */
  @Import(module = "weft", name = "stopwatchMillis")
  static native double stopwatchMillis();

  /**
   * @return 0, 1 when the query is to stop, 2 when the host wants to do something else and can
   */
  @Import(module = "weft", name = "mayGoOn")
  private static native int mayGoOn();

  /** Returns when the host has done something else. */
  @Import(module = "weft", name = "pause")
  private static native void pause();
}
