package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * The time between two temporal values, which may be of different types: the one without a time has
 * midnight, the one without a date has the date of the other, the one without a zone the zone of
 * the other. Without a date on both sides there are no months and days between them. In different
 * zones, dates are those of the first one's zone.
 */
public final class DurationBetween {
  /** Whether both have a date of their own. */
  private final boolean dated;

  private final @Nullable Zone zone;
  private final ZoneRules rules;
  private final long startNano;
  private long startDay;
  private final long endDay;
  private final long endNano;
  private final long endSecond;
  private final int endNanosecond;

  private DurationBetween(TemporalValue from, TemporalValue to, ZoneRules rules) {
    this.dated = from.hasDate() && to.hasDate();
    this.rules = rules;
    Zone fromZone = from.zone() == null ? to.zone() : from.zone();
    Zone toZone = to.zone() == null ? from.zone() : to.zone();
    this.zone = fromZone;
    this.startDay = from.hasDate() ? from.epochDay() : to.epochDay();
    this.startNano = from.nanoOfDay();
    long day = to.hasDate() ? to.epochDay() : from.epochDay();
    if (fromZone == null || toZone == null) {
      this.endDay = day;
      this.endNano = to.nanoOfDay();
      this.endSecond = day * Limits.SECONDS_OF_DAY + endNano / Limits.NANOS;
      this.endNanosecond = (int) (endNano % Limits.NANOS);
    } else {
      DateTimeValue end =
          to instanceof DateTimeValue moment
              ? moment
              : DateTimeValue.ofLocal(day, to.nanoOfDay(), toZone, rules);
      this.endSecond = end.epochSecond();
      this.endNanosecond = end.nanosecond();
      long local = endSecond + fromZone.offsetAt(endSecond, rules);
      this.endDay = Math.floorDiv(local, Limits.SECONDS_OF_DAY);
      this.endNano = Math.floorMod(local, Limits.SECONDS_OF_DAY) * Limits.NANOS + endNanosecond;
    }
  }

  /** Months, then days, then seconds. */
  public static DurationValue between(TemporalValue from, TemporalValue to, ZoneRules rules) {
    DurationBetween between = new DurationBetween(from, to, rules);
    long months = between.months();
    between.startDay = Calendar.plusMonths(between.startDay, months);
    long days = between.days();
    between.startDay += days;
    DurationValue rest = between.seconds();
    return new DurationValue(months, days, rest.seconds(), rest.nanoseconds());
  }

  public static DurationValue inMonths(TemporalValue from, TemporalValue to, ZoneRules rules) {
    return new DurationValue(new DurationBetween(from, to, rules).months(), 0, 0, 0);
  }

  public static DurationValue inDays(TemporalValue from, TemporalValue to, ZoneRules rules) {
    return new DurationValue(0, new DurationBetween(from, to, rules).days(), 0, 0);
  }

  public static DurationValue inSeconds(TemporalValue from, TemporalValue to, ZoneRules rules) {
    return new DurationBetween(from, to, rules).seconds();
  }

  /** The end's day, or the one nearer to the start when the last day is not a whole one. */
  private long lastWholeDay() {
    if (endDay > startDay && endNano < startNano) {
      return endDay - 1;
    }
    return endDay < startDay && endNano > startNano ? endDay + 1 : endDay;
  }

  private long months() {
    return dated ? (packed(lastWholeDay()) - packed(startDay)) / 32 : 0;
  }

  /** Months and days in one number, such that 32 of them are a whole month. */
  private static long packed(long epochDay) {
    Calendar date = Calendar.of(epochDay);
    return (date.year * 12 + date.month) * 32 + date.day;
  }

  private long days() {
    return dated ? lastWholeDay() - startDay : 0;
  }

  private DurationValue seconds() {
    long second;
    if (zone == null) {
      second = startDay * Limits.SECONDS_OF_DAY + startNano / Limits.NANOS;
    } else {
      second = DateTimeValue.ofLocal(startDay, startNano, zone, rules).epochSecond();
    }
    return DurationValue.of(0, 0, endSecond - second, endNanosecond - startNano % Limits.NANOS);
  }
}
