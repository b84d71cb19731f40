package org.weftdb.value.temporal;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The rules of named time zones, which come from outside: from the JDK, or from the host's {@code
 * Intl} in JavaScript.
 *
 * <p>The same rules must give the same answers for the life of an engine, to any thread. Rules of
 * different releases of the time zone database may differ.
 */
@FunctionalInterface
public interface ZoneRules {
  /** Knows no zones: every name is an error of {@link ErrorCode#NOT_SUPPORTED}. */
  ZoneRules NONE =
      (zone, epochSecond) -> {
        throw new WeftException(
            ErrorCode.NOT_SUPPORTED,
            "the time zone '" + zone + "': this database was opened without rules of named zones");
      };

  /**
   * The offset that holds in a zone at a moment.
   *
   * @param zone such as {@code Europe/Stockholm}
   * @return seconds east of UTC
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when there is no such zone
   */
  int offsetSeconds(String zone, long epochSecond);
}
