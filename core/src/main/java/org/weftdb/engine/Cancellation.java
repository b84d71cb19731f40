package org.weftdb.engine;

/** Tells whether the caller of a running query wants it to stop, which the core cannot know. */
@FunctionalInterface
public interface Cancellation {
  /** Asked again and again by the thread that runs a query, which stops when this is true. */
  boolean requested();
}
