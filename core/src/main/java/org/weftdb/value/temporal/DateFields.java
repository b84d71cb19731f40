package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.WeftException;

/**
 * Makes a date from the fields of a map, in one of four ways: by month and day, by week and day of
 * the week, by quarter and day of the quarter, or by the day of the year. What a map does not say
 * is taken from a date to start from, or else is the first.
 */
final class DateFields {
  private DateFields() {}

  /**
   * @param base the day to start from, or null when the map must name a year
   */
  static long resolve(Fields fields, @Nullable Long base) {
    boolean week = fields.has("week") || fields.has("dayOfWeek");
    boolean quarter = fields.has("quarter") || fields.has("dayOfQuarter");
    boolean ordinal = fields.has("ordinalDay");
    boolean month = fields.has("month") || fields.has("day");
    int ways = (week ? 1 : 0) + (quarter ? 1 : 0) + (ordinal ? 1 : 0) + (month ? 1 : 0);
    if (ways > 1) {
      throw Limits.invalid(
          fields.type() + "() needs one of month, week, quarter and ordinalDay, not several");
    }
    if (base == null) {
      require(fields, "year", fields.has("year"));
      require(fields, "week", !fields.has("dayOfWeek") || fields.has("week"));
      require(fields, "quarter", !fields.has("dayOfQuarter") || fields.has("quarter"));
      require(fields, "month", !fields.has("day") || fields.has("month"));
    }
    long day;
    if (week) {
      day = week(fields, base);
    } else if (quarter) {
      day = quarter(fields, base);
    } else if (ordinal) {
      long year = year(fields, base == null ? 0 : Calendar.of(base).year);
      int number = (int) fields.number("ordinalDay", 1, 1, Calendar.daysOfYear(year));
      day = Calendar.epochDay(year, 1, 1) + number - 1;
    } else {
      day = calendar(fields, base);
    }
    return Calendar.checkDay(day);
  }

  private static void require(Fields fields, String name, boolean there) {
    if (!there) {
      throw missing(fields, name);
    }
  }

  private static WeftException missing(Fields fields, String name) {
    return Limits.invalid(fields.type() + "() needs the field '" + name + "'");
  }

  private static long year(Fields fields, long otherwise) {
    return fields.number("year", otherwise, -Calendar.MAX_YEAR, Calendar.MAX_YEAR);
  }

  private static long calendar(Fields fields, @Nullable Long base) {
    Calendar date = Calendar.of(base == null ? 0 : base);
    long year = year(fields, date.year);
    int month = (int) fields.number("month", base == null ? 1 : date.month, 1, 12);
    int length = Calendar.daysOfMonth(year, month);
    int otherwise = base == null ? 1 : Math.min(date.day, length);
    return Calendar.epochDay(year, month, (int) fields.number("day", otherwise, 1, length));
  }

  private static long week(Fields fields, @Nullable Long base) {
    long year = year(fields, base == null ? 0 : Calendar.weekYear(base));
    int weeks = Calendar.weeksOfYear(year);
    int otherwise = base == null ? 1 : Math.min(Calendar.week(base), weeks);
    long week = fields.number("week", otherwise, 1, weeks);
    long day = fields.number("dayOfWeek", base == null ? 1 : Calendar.dayOfWeek(base), 1, 7);
    return Calendar.firstMonday(year) + (week - 1) * 7 + day - 1;
  }

  private static long quarter(Fields fields, @Nullable Long base) {
    Calendar date = Calendar.of(base == null ? 0 : base);
    long year = year(fields, date.year);
    int quarter = (int) fields.number("quarter", date.quarter(), 1, 4);
    if (base == null || fields.has("dayOfQuarter")) {
      return dayOfQuarter(year, quarter, (int) fields.number("dayOfQuarter", 1, 1, 92));
    }
    int month = quarter * 3 - 2 + (date.month - 1) % 3;
    return Calendar.epochDay(year, month, Math.min(date.day, Calendar.daysOfMonth(year, month)));
  }

  static long dayOfQuarter(long year, int quarter, int day) {
    long first = Calendar.epochDay(year, quarter * 3 - 2, 1);
    long next =
        quarter == 4
            ? Calendar.epochDay(year + 1, 1, 1)
            : Calendar.epochDay(year, quarter * 3 + 1, 1);
    return first + Limits.check("dayOfQuarter", day, 1, next - first) - 1;
  }
}
