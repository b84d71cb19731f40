package org.weftdb.engine;

import java.util.function.LongSupplier;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * What a query may use at most.
 *
 * @param memoryBytes asked when a query first has something to count: about how many bytes it may
 *     keep, for rows that are sorted or grouped, for lists and strings in the making, for its
 *     result and for what it changes before it is committed. What is kept is estimated, not
 *     measured
 * @param timeoutMillis how long a query may run, from 1; {@link #NO_TIMEOUT} for as long as it
 *     takes. A query that reads is only running while it is asked for rows, but its time passes
 *     from its beginning. Planning it may take as long again
 */
public record QueryLimits(LongSupplier memoryBytes, long timeoutMillis) {
  /** For as long as it takes. */
  public static final long NO_TIMEOUT = 0;

  /** What a query may use when nothing is known about the memory there is: 512 MiB. */
  public static final long DEFAULT_MEMORY_BYTES = 512L << 20;

  /** 512 MiB, and no timeout. */
  public static final QueryLimits DEFAULT = of(DEFAULT_MEMORY_BYTES, NO_TIMEOUT);

  public QueryLimits {
    if (timeoutMillis < 0) {
      throw new IllegalArgumentException("a timeout of " + timeoutMillis + " ms");
    }
  }

  /**
   * Limits with a fixed amount of memory.
   *
   * @param memoryBytes from 1
   */
  public static QueryLimits of(long memoryBytes, long timeoutMillis) {
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("a query memory of " + memoryBytes + " bytes");
    }
    return new QueryLimits(() -> memoryBytes, timeoutMillis);
  }

  /**
   * The error of a query whose time is over.
   *
   * @param limit how many milliseconds it had
   */
  public static WeftException timedOut(long limit) {
    return new WeftException(
        ErrorCode.TIMED_OUT,
        "the query ran for longer than it may: "
            + limit
            + " ms; a larger timeoutMillis allows more");
  }
}
