package org.weftdb.engine;

/** Tells the time, which the core cannot know by itself. */
@FunctionalInterface
public interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  long millis();

  /**
   * Nanoseconds since any moment, which never go back, to measure how long something takes; as fine
   * as the clock is.
   */
  default long nanos() {
    return millis() * 1_000_000;
  }
}
