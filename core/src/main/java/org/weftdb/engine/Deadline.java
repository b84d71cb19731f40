package org.weftdb.engine;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Tells what works for a query whether it must stop: the caller wants it, or the time is over. */
final class Deadline {
  private final EngineOptions options;

  /** The stopwatch at the beginning; 0 without a timeout. */
  private final long startNanos;

  /** Begins now. */
  Deadline(EngineOptions options) {
    this.options = options;
    this.startNanos = hasTimeout() ? options.clock().nanos() : 0;
  }

  private boolean hasTimeout() {
    return options.limits().timeoutMillis() != QueryLimits.NO_TIMEOUT;
  }

  /**
   * Whether the caller wants it to stop.
   *
   * @throws WeftException {@link ErrorCode#TIMED_OUT}
   */
  boolean cancelled() {
    long limit = options.limits().timeoutMillis();
    if (hasTimeout() && (options.clock().nanos() - startNanos) / 1_000_000 >= limit) {
      throw QueryLimits.timedOut(limit);
    }
    return options.cancellation().requested();
  }
}
