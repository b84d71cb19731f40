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

  /** Asks for the end of the call soon, since the host can pause only between calls. */
  private static final int PAUSE_BETWEEN_CALLS = 3;

  private double startMillis;
  private double timeoutMillis;
  private boolean pausesBetweenCalls;

  /**
   * Counts the time of the call from now on against a query's.
   *
   * @param start the host's stopwatch when the query began
   * @param timeout how long it may run; 0 for as long as it takes
   */
  void count(double start, double timeout) {
    startMillis = start;
    timeoutMillis = timeout;
    pausesBetweenCalls = false;
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
    pausesBetweenCalls = answer == PAUSE_BETWEEN_CALLS;
    return answer != GO_ON && !pausesBetweenCalls;
  }

  /** Whether the call is to end soon, as far as was seen when {@link #requested} was asked last. */
  boolean pausesBetweenCalls() {
    return pausesBetweenCalls;
  }

  /** The host's stopwatch. */
  @Import(module = "weft", name = "stopwatchMillis")
  static native double stopwatchMillis();

  /**
   * @return 0; 1 when the query is to stop; when the host wants to do something else, 2 where it
   *     can suspend the call and else 3
   */
  @Import(module = "weft", name = "mayGoOn")
  private static native int mayGoOn();

  /** Returns when the host has done something else. */
  @Import(module = "weft", name = "pause")
  private static native void pause();
}
