package org.weftdb.value.temporal;

/**
 * Reads temporal values from text: ISO 8601 in the extended and the basic form, calendar dates,
 * week dates, quarter dates and ordinal dates, cut at the end as far as the language allows.
 *
 * <pre>
 * date   = year [ "-" month [ "-" day ] ] | year [ month [ day ] ]
 *        | year ["-"] "W" week [ ["-"] day of week ]
 *        | year ["-"] "Q" quarter [ ["-"] two digits day of quarter ]
 *        | year ["-"] three digits day of year
 * year   = four digits | ("+" | "-") one to nine digits, then only the forms with "-"
 * time   = hour [ [":"] minute [ [":"] second [ ("." | ",") one to nine digits ] ] ]
 * zone   = [ "Z" | ("+" | "-") hour [ [":"] minute [ [":"] second ] ] ] [ "[" name "]" ]
 * </pre>
 *
 * <p>Text that is none is an error of {@link org.weftdb.error.ErrorCode#INVALID_ARGUMENT_VALUE}
 * with the place.
 */
public final class TemporalParser {
  private TemporalParser() {}

  public static DateValue date(String text) {
    TextCursor cursor = new TextCursor(text, "a date");
    long day = date(cursor);
    cursor.expectEnd();
    return new DateValue(day);
  }

  public static LocalTimeValue localTime(String text) {
    TextCursor cursor = new TextCursor(text, "a local time");
    long nano = time(cursor);
    cursor.expectEnd();
    return new LocalTimeValue(nano);
  }

  /** A time; in UTC when no offset is there. */
  public static TimeValue time(String text) {
    TextCursor cursor = new TextCursor(text, "a time");
    long nano = time(cursor);
    int offset = isOffset(cursor) ? offset(cursor) : 0;
    cursor.expectEnd();
    return new TimeValue(nano, offset);
  }

  public static LocalDateTimeValue localDateTime(String text) {
    TextCursor cursor = new TextCursor(text, "a local date-time");
    long day = date(cursor);
    long nano = cursor.tryTake('T') ? time(cursor) : 0;
    cursor.expectEnd();
    return new LocalDateTimeValue(day, nano);
  }

  /**
   * A date-time; in the default zone when neither an offset nor a zone is there. An offset beside a
   * named zone must be one that the zone has then.
   */
  public static DateTimeValue dateTime(String text, Zone defaultZone, ZoneRules rules) {
    TextCursor cursor = new TextCursor(text, "a date-time");
    long day = date(cursor);
    long nano = cursor.tryTake('T') ? time(cursor) : 0;
    boolean hasOffset = isOffset(cursor);
    int offset = hasOffset ? offset(cursor) : 0;
    String name = cursor.tryTake('[') ? cursor.until(']') : null;
    cursor.expectEnd();
    if (name == null) {
      Zone zone = hasOffset ? Zone.ofOffset(offset) : defaultZone;
      return DateTimeValue.ofLocal(day, nano, zone, rules);
    }
    Zone zone = hasOffset ? new Zone(checkName(name), offset) : Zone.named(checkName(name));
    DateTimeValue value = DateTimeValue.ofLocal(day, nano, zone, rules);
    if (hasOffset && value.zone().offsetSeconds() != offset) {
      throw Limits.invalid(
          "'"
              + text
              + "': the zone has the offset "
              + Zone.ofOffset(value.zone().offsetSeconds())
              + " then");
    }
    return value;
  }

  /** A date-time in canonical form, whose offset is believed, so that no rules are needed. */
  public static DateTimeValue canonicalDateTime(String text) {
    TextCursor cursor = new TextCursor(text, "a date-time with an offset");
    long day = date(cursor);
    long nano = cursor.tryTake('T') ? time(cursor) : 0;
    int offset = offset(cursor);
    String name = cursor.tryTake('[') ? checkName(cursor.until(']')) : null;
    cursor.expectEnd();
    return DateTimeValue.ofLocal(day, nano, new Zone(name, offset), (zone, epochSecond) -> offset);
  }

  /** An offset or the name of a zone. */
  public static Zone zone(String text) {
    TextCursor cursor = new TextCursor(text, "a time zone");
    if (!isOffset(cursor)) {
      return Zone.named(checkName(text));
    }
    if (cursor.peek() == 'Z' && text.length() > 1) {
      return Zone.named(checkName(text));
    }
    int offset = offset(cursor);
    cursor.expectEnd();
    return Zone.ofOffset(offset);
  }

  /** The characters of names in the time zone database. */
  private static String checkName(String name) {
    boolean valid = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || i > 0 && (c >= '0' && c <= '9' || "/_-+.".indexOf(c) >= 0);
    }
    if (!valid) {
      throw Limits.invalid("not a time zone: '" + name + "'");
    }
    return name;
  }

  private static long date(TextCursor cursor) {
    boolean negative = cursor.peek() == '-';
    long year;
    boolean basic = false;
    if (negative || cursor.peek() == '+') {
      cursor.at++;
      int digits = cursor.countDigits();
      if (digits == 0 || digits > 9) {
        throw cursor.error();
      }
      year = cursor.number(digits);
      year = negative ? -year : year;
    } else {
      year = cursor.number(4);
      basic = true;
    }
    boolean dash = cursor.tryTake('-');
    if ((dash || basic) && cursor.tryTake('W')) {
      return week(cursor, year);
    } else if ((dash || basic) && cursor.tryTake('Q')) {
      return quarter(cursor, year);
    } else if (!dash && !(basic && cursor.nextIsDigit())) {
      return Calendar.epochDay(year, 1, 1);
    }
    int digits = cursor.countDigits();
    if (digits == 3) {
      int day = (int) Limits.check("ordinalDay", cursor.number(3), 1, Calendar.daysOfYear(year));
      return Calendar.epochDay(year, 1, 1) + day - 1;
    } else if (digits != 2 && (dash || digits != 4)) {
      throw cursor.error();
    }
    int month = (int) Limits.check("month", cursor.number(2), 1, 12);
    boolean hasDay = dash ? cursor.tryTake('-') : digits == 4;
    int day = hasDay ? cursor.number(2) : 1;
    Limits.check("day", day, 1, Calendar.daysOfMonth(year, month));
    return Calendar.epochDay(year, month, day);
  }

  private static long week(TextCursor cursor, long year) {
    int week = cursor.number(2);
    Limits.check("week", week, 1, Calendar.weeksOfYear(year));
    boolean hasDay = cursor.tryTake('-') || cursor.nextIsDigit();
    int day = hasDay ? cursor.number(1) : 1;
    Limits.check("dayOfWeek", day, 1, 7);
    return Calendar.checkDay(Calendar.firstMonday(year) + (week - 1) * 7L + day - 1);
  }

  private static long quarter(TextCursor cursor, long year) {
    int quarter = (int) Limits.check("quarter", cursor.number(1), 1, 4);
    boolean hasDay = cursor.tryTake('-') || cursor.nextIsDigit();
    int day = hasDay ? cursor.number(2) : 1;
    return DateFields.dayOfQuarter(year, quarter, day);
  }

  private static long time(TextCursor cursor) {
    int hour = (int) Limits.check("hour", cursor.number(2), 0, 23);
    int minute = 0;
    int second = 0;
    int nano = 0;
    if (cursor.tryTake(':') || cursor.nextIsDigit()) {
      minute = (int) Limits.check("minute", cursor.number(2), 0, 59);
      if (cursor.tryTake(':') || cursor.nextIsDigit()) {
        second = (int) Limits.check("second", cursor.number(2), 0, 59);
        if (cursor.tryTake('.') || cursor.tryTake(',')) {
          nano = cursor.fraction();
        }
      }
    }
    return (hour * 3600L + minute * 60 + second) * Limits.NANOS + nano;
  }

  private static boolean isOffset(TextCursor cursor) {
    char next = cursor.peek();
    return next == 'Z' || next == '+' || next == '-';
  }

  private static int offset(TextCursor cursor) {
    if (cursor.tryTake('Z')) {
      return 0;
    }
    boolean negative = cursor.tryTake('-');
    if (!negative && !cursor.tryTake('+')) {
      throw cursor.error();
    }
    int seconds = (int) Limits.check("the hours of an offset", cursor.number(2), 0, 18) * 3600;
    if (cursor.tryTake(':') || cursor.nextIsDigit()) {
      seconds += (int) Limits.check("the minutes of an offset", cursor.number(2), 0, 59) * 60;
      if (cursor.tryTake(':') || cursor.nextIsDigit()) {
        seconds += (int) Limits.check("the seconds of an offset", cursor.number(2), 0, 59);
      }
    }
    return Limits.checkOffset(negative ? -seconds : seconds);
  }
}
