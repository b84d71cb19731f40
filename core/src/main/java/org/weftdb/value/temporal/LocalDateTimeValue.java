package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A date and a time without a zone: Cypher's LOCAL DATETIME.
 *
 * @param epochDay days since 1970-01-01
 * @param nanoOfDay nanoseconds since midnight
 */
public record LocalDateTimeValue(long epochDay, long nanoOfDay) implements TemporalValue {
  public LocalDateTimeValue {
    Calendar.checkDay(epochDay);
    Limits.check("the time of day in nanoseconds", nanoOfDay, 0, Limits.NANOS_OF_DAY - 1);
  }

  int compareTo(LocalDateTimeValue other) {
    int order = Long.compare(epochDay, other.epochDay);
    return order != 0 ? order : Long.compare(nanoOfDay, other.nanoOfDay);
  }

  @Override
  public boolean hasDate() {
    return true;
  }

  @Override
  public boolean hasTime() {
    return true;
  }

  @Override
  public @Nullable Zone zone() {
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(29);
    TemporalText.appendDate(text, epochDay);
    text.append('T');
    TemporalText.appendTime(text, nanoOfDay);
    return text.toString();
  }
}
