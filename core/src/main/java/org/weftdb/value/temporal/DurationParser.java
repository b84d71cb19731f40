package org.weftdb.value.temporal;

/**
 * Reads durations.
 *
 * <pre>
 * duration = ["-"] "P" [n "Y"] [n "M"] [n "W"] [n "D"] [ "T" [n "H"] [n "M"] [n "S"] ]
 *          | "P" year "-" month "-" day [ "T" hour ":" minute ":" second [ fraction ] ]
 * n        = ["+" | "-"] digits [ ("." | ",") one to nine digits ]
 * </pre>
 *
 * <p>Every {@code n} may have a fraction, which goes on to the smaller units.
 */
public final class DurationParser {
  private static final String DATE_UNITS = "YMWD";
  private static final String TIME_UNITS = "HMS";
  private static final int MAX_DIGITS = 18;

  private final TextCursor cursor;
  private final DurationSum sum = new DurationSum();
  private int parts;

  private DurationParser(String text) {
    this.cursor = new TextCursor(text, "a duration");
  }

  public static DurationValue parse(String text) {
    DurationParser parser = new DurationParser(text);
    boolean negative = parser.cursor.tryTake('-');
    DurationValue value = parser.duration();
    return negative ? value.negated() : value;
  }

  private DurationValue duration() {
    if (!cursor.tryTake('P')) {
      throw cursor.error();
    }
    int start = cursor.at;
    if (cursor.countDigits() == 4) {
      cursor.at += 4;
      boolean dateForm = cursor.peek() == '-';
      cursor.at = start;
      if (dateForm) {
        return dateForm();
      }
    }
    units(DATE_UNITS);
    if (cursor.tryTake('T')) {
      int before = parts;
      units(TIME_UNITS);
      if (parts == before) {
        throw cursor.error();
      }
    }
    if (parts == 0) {
      throw cursor.error();
    }
    cursor.expectEnd();
    return sum.duration();
  }

  private DurationValue dateForm() {
    sum.addMonths(cursor.number(4) * 12L);
    expect('-');
    sum.addMonths(Limits.check("months", cursor.number(2), 0, 12));
    expect('-');
    sum.addDays(Limits.check("days", cursor.number(2), 0, 31));
    if (cursor.tryTake('T')) {
      sum.addSeconds(Limits.check("hours", cursor.number(2), 0, 24) * 3600);
      expect(':');
      sum.addSeconds(Limits.check("minutes", cursor.number(2), 0, 60) * 60);
      expect(':');
      sum.addSeconds(Limits.check("seconds", cursor.number(2), 0, 60));
      if (cursor.tryTake('.') || cursor.tryTake(',')) {
        sum.addNanos(cursor.fraction());
      }
    }
    cursor.expectEnd();
    return sum.duration();
  }

  private void expect(char wanted) {
    if (!cursor.tryTake(wanted)) {
      throw cursor.error();
    }
  }

  /** Numbers with units, in the order of the units, each at most once. */
  private void units(String units) {
    int next = 0;
    while (cursor.nextIsDigit() || cursor.peek() == '-' || cursor.peek() == '+') {
      boolean negative = cursor.tryTake('-');
      if (!negative) {
        cursor.tryTake('+');
      }
      long whole = whole();
      int fraction = cursor.tryTake('.') || cursor.tryTake(',') ? cursor.fraction() : 0;
      int unit = cursor.atEnd() ? -1 : units.indexOf(cursor.peek(), next);
      if (unit < 0) {
        throw cursor.error();
      }
      cursor.at++;
      next = unit + 1;
      parts++;
      add(
          units.charAt(unit),
          units == TIME_UNITS,
          negative ? -whole : whole,
          negative ? -fraction : fraction);
    }
  }

  private long whole() {
    int digits = cursor.countDigits();
    if (digits == 0 || digits > MAX_DIGITS) {
      throw cursor.error();
    }
    int high = digits > 9 ? cursor.number(digits - 9) : 0;
    return high * Limits.NANOS + cursor.number(Math.min(digits, 9));
  }

  /**
   * @param nanos the fraction of the number in billionths
   */
  private void add(char unit, boolean time, long whole, int nanos) {
    double fraction = nanos / (double) Limits.NANOS;
    switch (unit) {
      case 'Y' -> {
        sum.addMonths(Exact.multiply(whole, 12));
        sum.addMonths(fraction * 12);
      }
      case 'M' -> {
        if (time) {
          sum.addSeconds(Exact.multiply(whole, 60));
          sum.addSeconds(fraction * 60);
        } else {
          sum.addMonths(whole);
          sum.addMonths(fraction);
        }
      }
      case 'W' -> {
        sum.addDays(Exact.multiply(whole, 7));
        sum.addDays(fraction * 7);
      }
      case 'D' -> {
        sum.addDays(whole);
        sum.addDays(fraction);
      }
      case 'H' -> {
        sum.addSeconds(Exact.multiply(whole, 3600));
        sum.addSeconds(fraction * 3600);
      }
      default -> {
        sum.addSeconds(whole);
        sum.addNanos(nanos);
      }
    }
  }
}
