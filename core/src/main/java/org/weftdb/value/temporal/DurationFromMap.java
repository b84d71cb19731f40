package org.weftdb.value.temporal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a duration from a map such as {@code {days: 14, hours: 16.5}}. Every field may be a float,
 * whose fraction goes on to the smaller units. A field that is null makes the whole value null.
 */
public final class DurationFromMap {
  private DurationFromMap() {}

  public static @Nullable DurationValue make(Map<?, ?> map) {
    if (map.isEmpty()) {
      throw Limits.invalid("duration() needs at least one field");
    }
    DurationSum sum = new DurationSum();
    boolean anyNull = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = (String) entry.getKey();
      Object value = entry.getValue();
      if (value == null) {
        anyNull = true;
        value = 0L;
      }
      if (value instanceof Long number) {
        add(sum, name, number);
      } else if (value instanceof Double number) {
        add(sum, name, number.doubleValue());
      } else {
        throw Limits.invalid("the field '" + name + "' of duration() must be a number");
      }
    }
    return anyNull ? null : sum.duration();
  }

  private static void add(DurationSum sum, String name, long value) {
    switch (name) {
      case "years" -> sum.addMonths(Exact.multiply(value, 12));
      case "quarters" -> sum.addMonths(Exact.multiply(value, 3));
      case "months" -> sum.addMonths(value);
      case "weeks" -> sum.addDays(Exact.multiply(value, 7));
      case "days" -> sum.addDays(value);
      case "hours" -> sum.addSeconds(Exact.multiply(value, 3600));
      case "minutes" -> sum.addSeconds(Exact.multiply(value, 60));
      case "seconds" -> sum.addSeconds(value);
      case "milliseconds" -> {
        sum.addSeconds(value / 1000);
        sum.addNanos(value % 1000 * 1_000_000);
      }
      case "microseconds" -> {
        sum.addSeconds(value / 1_000_000);
        sum.addNanos(value % 1_000_000 * 1000);
      }
      case "nanoseconds" -> sum.addNanos(value);
      default -> throw Limits.invalid("duration() has no field '" + name + "'");
    }
  }

  private static void add(DurationSum sum, String name, double value) {
    switch (name) {
      case "years" -> sum.addMonths(value * 12);
      case "quarters" -> sum.addMonths(value * 3);
      case "months" -> sum.addMonths(value);
      case "weeks" -> sum.addDays(value * 7);
      case "days" -> sum.addDays(value);
      case "hours" -> sum.addSeconds(value * 3600);
      case "minutes" -> sum.addSeconds(value * 60);
      case "seconds" -> sum.addSeconds(value);
      case "milliseconds" -> sum.addSeconds(value / 1000);
      case "microseconds" -> sum.addSeconds(value / 1_000_000);
      case "nanoseconds" -> sum.addNanos(Exact.whole(value));
      default -> throw Limits.invalid("duration() has no field '" + name + "'");
    }
  }
}
