package org.weftdb.value.temporal;

/**
 * A time of day at an offset from UTC: Cypher's TIME, also called ZONED TIME.
 *
 * @param nanoOfDay nanoseconds since the local midnight
 * @param offsetSeconds seconds east of UTC
 */
public record TimeValue(long nanoOfDay, int offsetSeconds) implements TemporalValue {
  public TimeValue {
    Limits.check("the time of day in nanoseconds", nanoOfDay, 0, Limits.NANOS_OF_DAY - 1);
    Limits.checkOffset(offsetSeconds);
  }

  int compareTo(TimeValue other) {
    int order = Long.compare(utc(), other.utc());
    return order != 0 ? order : Integer.compare(offsetSeconds, other.offsetSeconds);
  }

  /** The same in UTC, which may be the day before or after. */
  private long utc() {
    return nanoOfDay - offsetSeconds * Limits.NANOS;
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
  public Zone zone() {
    return Zone.ofOffset(offsetSeconds);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(24);
    TemporalText.appendTime(text, nanoOfDay);
    TemporalText.appendOffset(text, offsetSeconds);
    return text.toString();
  }
}
