package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/** Makes a time of day from the fields of a map and a time to start from. */
final class TimeFields {
  private TimeFields() {}

  /**
   * @param base the time to start from, or null for midnight, where a field needs those above it
   */
  static long resolve(Fields fields, @Nullable Long base) {
    if (base == null) {
      requireAbove(fields, "minute", "hour");
      requireAbove(fields, "second", "minute");
      for (String name : new String[] {"millisecond", "microsecond", "nanosecond"}) {
        requireAbove(fields, name, "second");
      }
    }
    long start = base == null ? 0 : base;
    long seconds = start / Limits.NANOS;
    long hour = fields.number("hour", seconds / 3600, 0, 23);
    long minute = fields.number("minute", seconds / 60 % 60, 0, 59);
    long second = fields.number("second", seconds % 60, 0, 59);
    boolean below = hasFraction(fields);
    long nano = below ? fraction(fields, 0) : start % Limits.NANOS;
    return (hour * 3600 + minute * 60 + second) * Limits.NANOS + nano;
  }

  /** The same after a truncation: what it left of the fraction of the second stays. */
  static long resolveTruncated(Fields fields, long base) {
    long left = base % Limits.NANOS;
    long time = resolve(fields, base);
    if (left == 0 || !hasFraction(fields)) {
      return time;
    }
    return time - time % Limits.NANOS + fraction(fields, left);
  }

  private static boolean hasFraction(Fields fields) {
    return fields.has("millisecond") || fields.has("microsecond") || fields.has("nanosecond");
  }

  /**
   * The fraction of a second: a field counts in its own unit when the next larger one is there too
   * or has been left by a truncation, so that it must stay below one of that.
   */
  private static long fraction(Fields fields, long left) {
    boolean millis = fields.has("millisecond") || left != 0;
    boolean micros = fields.has("microsecond") || left % 1_000_000 != 0;
    long nano = left;
    nano += fields.number("millisecond", 0, 0, 999) * 1_000_000;
    nano += fields.number("microsecond", 0, 0, millis ? 999 : 999_999) * 1000;
    long most = micros ? 999 : millis ? 999_999 : Limits.NANOS - 1;
    nano += fields.number("nanosecond", 0, 0, most);
    return Limits.check("the fraction of the second in nanoseconds", nano, 0, Limits.NANOS - 1);
  }

  private static void requireAbove(Fields fields, String name, String above) {
    if (fields.has(name) && !fields.has(above)) {
      throw Limits.invalid(
          fields.type() + "() needs the field '" + above + "' when it has '" + name + "'");
    }
  }
}
