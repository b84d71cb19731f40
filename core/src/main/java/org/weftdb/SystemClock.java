package org.weftdb;

import java.util.function.LongSupplier;
import org.weftdb.engine.Clock;

/**
 * The time that the embedder gives, and the machine's for measuring.
 *
 * @param time milliseconds since 1970
 */
record SystemClock(LongSupplier time) implements Clock {
  @Override
  public long millis() {
    return time.getAsLong();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
