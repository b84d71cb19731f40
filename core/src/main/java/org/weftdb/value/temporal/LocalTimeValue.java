package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A time of day without a zone: Cypher's LOCAL TIME.
 *
 * @param nanoOfDay nanoseconds since midnight
 */
public record LocalTimeValue(long nanoOfDay) implements TemporalValue {
  public LocalTimeValue {
    Limits.check("the time of day in nanoseconds", nanoOfDay, 0, Limits.NANOS_OF_DAY - 1);
  }

  /** The time of an hour, a minute, a second and a nanosecond. */
  public static LocalTimeValue of(int hour, int minute, int second, int nanosecond) {
    Limits.check("hour", hour, 0, 23);
    Limits.check("minute", minute, 0, 59);
    Limits.check("second", second, 0, 59);
    Limits.check("nanosecond", nanosecond, 0, Limits.NANOS - 1);
    return new LocalTimeValue((hour * 3600L + minute * 60 + second) * Limits.NANOS + nanosecond);
  }

  @Override
  public boolean hasDate() {
    return false;
  }

  @Override
  public boolean hasTime() {
    return true;
  }

  @Override
  public long epochDay() {
    return 0;
  }

  @Override
  public @Nullable Zone zone() {
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(18);
    TemporalText.appendTime(text, nanoOfDay);
    return text.toString();
  }
}
