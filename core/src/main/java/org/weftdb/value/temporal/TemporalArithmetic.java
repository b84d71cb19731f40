package org.weftdb.value.temporal;

/**
 * A temporal value and a duration: months first, then days, in local time; then seconds, in real
 * time. A date takes the whole days out of the seconds, a time leaves out months and days and goes
 * round at midnight.
 */
public final class TemporalArithmetic {
  private TemporalArithmetic() {}

  public static TemporalValue plus(TemporalValue value, DurationValue duration, ZoneRules rules) {
    return switch (value) {
      case DateValue date -> {
        long seconds = duration.seconds();
        boolean cut = seconds < 0 && duration.nanoseconds() > 0;
        long days = (cut ? seconds + 1 : seconds) / Limits.SECONDS_OF_DAY;
        yield new DateValue(Exact.add(movedDay(date.epochDay(), duration), days));
      }
      case LocalTimeValue time -> new LocalTimeValue(movedTime(time.nanoOfDay(), duration));
      case TimeValue time ->
          new TimeValue(movedTime(time.nanoOfDay(), duration), time.offsetSeconds());
      case LocalDateTimeValue dateTime -> {
        long day = Calendar.checkDay(movedDay(dateTime.epochDay(), duration));
        long nano = dateTime.nanoOfDay() + nanosBelowDay(duration);
        day += Math.floorDiv(duration.seconds(), Limits.SECONDS_OF_DAY);
        day += Math.floorDiv(nano, Limits.NANOS_OF_DAY);
        yield new LocalDateTimeValue(day, Math.floorMod(nano, Limits.NANOS_OF_DAY));
      }
      case DateTimeValue dateTime -> movedMoment(dateTime, duration, rules);
    };
  }

  public static TemporalValue minus(TemporalValue value, DurationValue duration, ZoneRules rules) {
    return plus(value, duration.negated(), rules);
  }

  private static long movedDay(long epochDay, DurationValue duration) {
    return Exact.add(Calendar.plusMonths(epochDay, duration.months()), duration.days());
  }

  private static long nanosBelowDay(DurationValue duration) {
    return Math.floorMod(duration.seconds(), Limits.SECONDS_OF_DAY) * Limits.NANOS
        + duration.nanoseconds();
  }

  private static long movedTime(long nanoOfDay, DurationValue duration) {
    return Math.floorMod(nanoOfDay + nanosBelowDay(duration), Limits.NANOS_OF_DAY);
  }

  private static DateTimeValue movedMoment(
      DateTimeValue start, DurationValue duration, ZoneRules rules) {
    DateTimeValue moved = start;
    if (duration.months() != 0 || duration.days() != 0) {
      long day = Calendar.checkDay(movedDay(start.epochDay(), duration));
      moved = DateTimeValue.ofLocal(day, start.nanoOfDay(), start.zone(), rules);
    }
    long nano = moved.nanosecond() + duration.nanoseconds();
    long second = Exact.add(moved.epochSecond(), duration.seconds());
    second = Exact.add(second, nano / Limits.NANOS);
    return DateTimeValue.ofInstant(second, (int) (nano % Limits.NANOS), start.zone(), rules);
  }
}
