package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A date without a time: Cypher's DATE.
 *
 * @param epochDay days since 1970-01-01
 */
public record DateValue(long epochDay) implements TemporalValue {
  public DateValue {
    Calendar.checkDay(epochDay);
  }

  /** The date of a year, a month from 1 and a day from 1. */
  public static DateValue of(long year, int month, int day) {
    Limits.check("month", month, 1, 12);
    Limits.check("day", day, 1, Calendar.daysOfMonth(Calendar.checkYear(year), month));
    return new DateValue(Calendar.epochDay(year, month, day));
  }

  @Override
  public boolean hasDate() {
    return true;
  }

  @Override
  public boolean hasTime() {
    return false;
  }

  @Override
  public long nanoOfDay() {
    return 0;
  }

  @Override
  public @Nullable Zone zone() {
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(10);
    TemporalText.appendDate(text, epochDay);
    return text.toString();
  }
}
