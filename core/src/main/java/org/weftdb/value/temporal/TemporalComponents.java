package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/** The components of temporal values: {@code d.year}, {@code d.minutesOfHour}. */
public final class TemporalComponents {
  private TemporalComponents() {}

  /**
   * A component of a value: an Integer, or a String for {@code timezone} and {@code offset}.
   *
   * @throws org.weftdb.error.WeftException when the value has no such component
   */
  public static Object of(TemporalValue value, String name) {
    Object component = value.hasDate() ? ofDate(value.epochDay(), name) : null;
    if (component == null && value.hasTime()) {
      component = ofTime(value.nanoOfDay(), name);
    }
    Zone zone = value.zone();
    if (component == null && zone != null) {
      component = ofZone(zone, name);
    }
    if (component == null && value instanceof DateTimeValue moment) {
      component = ofMoment(moment, name);
    }
    if (component == null) {
      throw Limits.invalid("there is no component '" + name + "' in " + value);
    }
    return component;
  }

  private static @Nullable Long ofDate(long epochDay, String name) {
    Calendar date = Calendar.of(epochDay);
    return switch (name) {
      case "year" -> (Long) date.year;
      case "quarter" -> (Long) (long) date.quarter();
      case "month" -> (Long) (long) date.month;
      case "week" -> (Long) (long) Calendar.week(epochDay);
      case "weekYear" -> (Long) Calendar.weekYear(epochDay);
      case "dayOfQuarter" -> (Long) (long) date.dayOfQuarter();
      case "ordinalDay" -> (Long) (long) date.ordinalDay();
      case "dayOfWeek", "weekDay" -> (Long) (long) Calendar.dayOfWeek(epochDay);
      case "day" -> (Long) (long) date.day;
      default -> null;
    };
  }

  private static @Nullable Long ofTime(long nanoOfDay, String name) {
    long second = nanoOfDay / Limits.NANOS;
    long nano = nanoOfDay % Limits.NANOS;
    return switch (name) {
      case "hour" -> (Long) (second / 3600);
      case "minute" -> (Long) (second / 60 % 60);
      case "second" -> (Long) (second % 60);
      case "millisecond" -> (Long) (nano / 1_000_000);
      case "microsecond" -> (Long) (nano / 1000);
      case "nanosecond" -> (Long) nano;
      default -> null;
    };
  }

  private static @Nullable Object ofZone(Zone zone, String name) {
    return switch (name) {
      case "timezone" -> zone.toString();
      case "offset" -> Zone.ofOffset(zone.offsetSeconds()).toString();
      case "offsetMinutes" -> (Object) (long) (zone.offsetSeconds() / 60);
      case "offsetSeconds" -> (Object) (long) zone.offsetSeconds();
      default -> null;
    };
  }

  private static @Nullable Long ofMoment(DateTimeValue moment, String name) {
    return switch (name) {
      case "epochSeconds" -> (Long) moment.epochSecond();
      case "epochMillis" ->
          (Long)
              Exact.add(
                  Exact.multiply(moment.epochSecond(), 1000), moment.nanosecond() / 1_000_000);
      default -> null;
    };
  }

  /** The same for a duration; components beside the plain plural are what a larger one leaves. */
  public static Object of(DurationValue value, String name) {
    long months = value.months();
    long days = value.days();
    long seconds = value.seconds();
    long nanos = value.nanoseconds();
    return switch (name) {
      case "years" -> months / 12;
      case "quarters" -> months / 3;
      case "months" -> months;
      case "weeks" -> days / 7;
      case "days" -> days;
      case "hours" -> seconds / 3600;
      case "minutes" -> seconds / 60;
      case "seconds" -> seconds;
      case "milliseconds" -> Exact.add(Exact.multiply(seconds, 1000), nanos / 1_000_000);
      case "microseconds" -> Exact.add(Exact.multiply(seconds, 1_000_000), nanos / 1000);
      case "nanoseconds" -> Exact.add(Exact.multiply(seconds, Limits.NANOS), nanos);
      case "quartersOfYear" -> months / 3 % 4;
      case "monthsOfYear" -> months % 12;
      case "monthsOfQuarter" -> months % 3;
      case "daysOfWeek" -> days % 7;
      case "minutesOfHour" -> seconds / 60 % 60;
      case "secondsOfMinute" -> seconds % 60;
      case "millisecondsOfSecond" -> nanos / 1_000_000;
      case "microsecondsOfSecond" -> nanos / 1000;
      case "nanosecondsOfSecond" -> nanos;
      default -> throw Limits.invalid("there is no component '" + name + "' in " + value);
    };
  }
}
