package org.weftdb.wasm;

import org.weftdb.engine.Clock;

/** The time that comes with each request, and the host's stopwatch for what is measured. */
final class HostClock implements Clock {
  private long nowMillis;

  /** The time from now on, in milliseconds since 1970-01-01T00:00Z. */
  void set(long millis) {
    nowMillis = millis;
  }

  @Override
  public long millis() {
    return nowMillis;
  }

  @Override
  public long nanos() {
    return (long) (HostCancellation.stopwatchMillis() * 1e6);
  }
}
