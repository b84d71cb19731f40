package org.weftdb.value.temporal;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Units of time, and what a part of a temporal value may be. */
final class Limits {
  static final long NANOS = 1_000_000_000L;
  static final long SECONDS_OF_DAY = 86_400;
  static final long NANOS_OF_DAY = SECONDS_OF_DAY * NANOS;

  /** The length of a Gregorian month on average: 30.436875 days. */
  static final long SECONDS_OF_MONTH = 2_629_746;

  static final int MAX_OFFSET_SECONDS = 18 * 3600;

  private Limits() {}

  static long check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw invalid(what + " must be between " + least + " and " + most + ", not " + value);
    }
    return value;
  }

  static int checkOffset(int seconds) {
    if (seconds < -MAX_OFFSET_SECONDS || seconds > MAX_OFFSET_SECONDS) {
      throw invalid("an offset of more than 18 hours");
    }
    return seconds;
  }

  static WeftException invalid(String message) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT_VALUE, message);
  }
}
