package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A moment at an offset or in a named zone: Cypher's DATETIME, also called ZONED DATETIME.
 *
 * @param epochSecond seconds since 1970-01-01T00:00Z
 * @param nanosecond nanoseconds after that, below a second
 * @param zone where, with the offset that holds there at that moment
 */
public record DateTimeValue(long epochSecond, int nanosecond, Zone zone) implements TemporalValue {
  public DateTimeValue {
    Limits.check("nanosecond", nanosecond, 0, Limits.NANOS - 1);
    Limits.check(
        "the moment in seconds",
        epochSecond,
        Calendar.MIN_DAY * Limits.SECONDS_OF_DAY - Limits.MAX_OFFSET_SECONDS,
        (Calendar.MAX_DAY + 1) * Limits.SECONDS_OF_DAY + Limits.MAX_OFFSET_SECONDS);
    Calendar.checkDay(Math.floorDiv(epochSecond + zone.offsetSeconds(), Limits.SECONDS_OF_DAY));
  }

  /** A moment as it is in a zone. */
  public static DateTimeValue ofInstant(
      long epochSecond, int nanosecond, Zone zone, ZoneRules rules) {
    int offset = zone.offsetAt(epochSecond, rules);
    return new DateTimeValue(epochSecond, nanosecond, new Zone(zone.name(), offset));
  }

  /**
   * A local date and time in a zone. A local time that the zone has twice is taken with the offset
   * of the zone given when that is one of the two, else as the first of both; one that the zone
   * skips is moved on by the length of the gap.
   */
  public static DateTimeValue ofLocal(long epochDay, long nanoOfDay, Zone zone, ZoneRules rules) {
    long local = epochDay * Limits.SECONDS_OF_DAY + nanoOfDay / Limits.NANOS;
    int nanosecond = (int) (nanoOfDay % Limits.NANOS);
    String name = zone.name();
    if (name == null
        || zone.offsetAt(local - zone.offsetSeconds(), rules) == zone.offsetSeconds()) {
      return new DateTimeValue(local - zone.offsetSeconds(), nanosecond, zone);
    }
    // No zone has two changes within a day of another, so these are the offsets around one.
    int before = zone.offsetAt(local - Limits.SECONDS_OF_DAY, rules);
    int after = zone.offsetAt(local + Limits.SECONDS_OF_DAY, rules);
    long moment = local - before;
    if (zone.offsetAt(moment, rules) != before && zone.offsetAt(local - after, rules) == after) {
      moment = local - after;
    }
    return ofInstant(moment, nanosecond, zone, rules);
  }

  /** The same moment in another zone. */
  DateTimeValue at(Zone other, ZoneRules rules) {
    return ofInstant(epochSecond, nanosecond, other, rules);
  }

  private long localSecond() {
    return epochSecond + zone.offsetSeconds();
  }

  int compareTo(DateTimeValue other) {
    int order = Long.compare(epochSecond, other.epochSecond);
    if (order == 0) {
      order = Integer.compare(nanosecond, other.nanosecond);
    }
    if (order == 0) {
      order = Integer.compare(zone.offsetSeconds(), other.zone.offsetSeconds());
    }
    return order != 0 ? order : compareNames(zone.name(), other.zone.name());
  }

  private static int compareNames(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return a.compareTo(b);
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
  public long epochDay() {
    return Math.floorDiv(localSecond(), Limits.SECONDS_OF_DAY);
  }

  @Override
  public long nanoOfDay() {
    return Math.floorMod(localSecond(), Limits.SECONDS_OF_DAY) * Limits.NANOS + nanosecond;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(35);
    TemporalText.appendDate(text, epochDay());
    text.append('T');
    TemporalText.appendTime(text, nanoOfDay());
    TemporalText.appendOffset(text, zone.offsetSeconds());
    if (zone.name() != null) {
      text.append('[').append(zone.name()).append(']');
    }
    return text.toString();
  }
}
