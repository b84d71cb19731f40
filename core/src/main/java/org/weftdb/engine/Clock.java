package org.weftdb.engine;

/** Tells the time, which the core cannot know by itself. */
@FunctionalInterface
public interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  long millis();
}
