package org.weftdb.value.temporal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The map that a temporal value is made from, with the checks that all types share. */
final class Fields {
  private static final List<String> DATE =
      List.of(
          "year",
          "quarter",
          "month",
          "week",
          "dayOfWeek",
          "dayOfQuarter",
          "ordinalDay",
          "day",
          "date");
  private static final List<String> TIME =
      List.of("hour", "minute", "second", "millisecond", "microsecond", "nanosecond", "time");

  private final Map<?, ?> map;
  private final String type;

  Fields(Map<?, ?> map, String type) {
    this.map = map;
    this.type = type;
  }

  /** Fails when there is a key that the type does not have. */
  void check(boolean date, boolean time, boolean zone, boolean datetime, boolean epoch) {
    for (Object key : map.keySet()) {
      String name = (String) key;
      boolean known =
          date && DATE.contains(name)
              || time && TIME.contains(name)
              || zone && name.equals("timezone")
              || datetime && name.equals("datetime")
              || epoch && (name.equals("epochSeconds") || name.equals("epochMillis"));
      if (!known) {
        throw Limits.invalid(type + "() has no field '" + name + "'");
      }
    }
  }

  boolean hasNull() {
    for (Object value : map.values()) {
      if (value == null) {
        return true;
      }
    }
    return false;
  }

  boolean has(String name) {
    return map.containsKey(name);
  }

  int size() {
    return map.size();
  }

  /** A field that must be an integer between two bounds, or a default when it is not there. */
  long number(String name, long otherwise, long least, long most) {
    Object value = map.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number) {
      return Limits.check(name, number, least, most);
    }
    throw Limits.invalid("the field '" + name + "' of " + type + "() must be an Integer");
  }

  /** A field that must be a temporal value, or null when it is not there. */
  @Nullable TemporalValue temporal(String name) {
    Object value = map.get(name);
    if (value == null || value instanceof TemporalValue) {
      return (TemporalValue) value;
    }
    throw Limits.invalid("the field '" + name + "' of " + type + "() must be a temporal value");
  }

  /** The field {@code timezone}, or null when it is not there. */
  @Nullable Zone zone() {
    Object value = map.get("timezone");
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return TemporalParser.zone(text);
    }
    throw Limits.invalid("the field 'timezone' of " + type + "() must be a String");
  }

  String type() {
    return type;
  }
}
