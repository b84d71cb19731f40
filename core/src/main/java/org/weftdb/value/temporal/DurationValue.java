package org.weftdb.value.temporal;

/**
 * A length of time: Cypher's DURATION. Months and days are kept apart from seconds, because they
 * are not always equally long.
 *
 * <p>Durations are equal when all parts are. They are ordered by their length, where a month counts
 * 30.436875 days, a day 24 hours, and then by their parts. That length must fit 64 bits in seconds.
 *
 * @param months whole months
 * @param days whole days
 * @param seconds whole seconds, rounded down
 * @param nanoseconds nanoseconds to add to them, from 0 to 999,999,999
 */
public record DurationValue(long months, long days, long seconds, int nanoseconds) {
  public static final DurationValue ZERO = new DurationValue(0, 0, 0, 0);

  public DurationValue {
    Limits.check("nanoseconds", nanoseconds, 0, Limits.NANOS - 1);
    averageSeconds(months, days, seconds);
  }

  /** A duration with any number of nanoseconds. */
  public static DurationValue of(long months, long days, long seconds, long nanoseconds) {
    return new DurationValue(
        months,
        days,
        Exact.add(seconds, Math.floorDiv(nanoseconds, Limits.NANOS)),
        (int) Math.floorMod(nanoseconds, Limits.NANOS));
  }

  private static long averageSeconds(long months, long days, long seconds) {
    return Exact.add(
        Exact.add(
            Exact.multiply(months, Limits.SECONDS_OF_MONTH),
            Exact.multiply(days, Limits.SECONDS_OF_DAY)),
        seconds);
  }

  /** Orders two durations by length, then by their parts. */
  public static int compare(DurationValue a, DurationValue b) {
    int order =
        Long.compare(
            averageSeconds(a.months, a.days, a.seconds),
            averageSeconds(b.months, b.days, b.seconds));
    if (order == 0) {
      order = Integer.compare(a.nanoseconds, b.nanoseconds);
    }
    if (order == 0) {
      order = Long.compare(a.months, b.months);
    }
    return order != 0 ? order : Long.compare(a.days, b.days);
  }

  public DurationValue plus(DurationValue other) {
    return of(
        Exact.add(months, other.months),
        Exact.add(days, other.days),
        Exact.add(seconds, other.seconds),
        (long) nanoseconds + other.nanoseconds);
  }

  public DurationValue negated() {
    return of(Exact.negate(months), Exact.negate(days), Exact.negate(seconds), -(long) nanoseconds);
  }

  /** This duration so many times, exactly. */
  public DurationValue times(long factor) {
    long nanos = Exact.multiply(nanoseconds, Math.abs(factor) <= Limits.NANOS ? factor : 0);
    if (nanos == 0 && nanoseconds != 0 && factor != 0) {
      return times((double) factor);
    }
    return of(
        Exact.multiply(months, factor),
        Exact.multiply(days, factor),
        Exact.multiply(seconds, factor),
        nanos);
  }

  /** This duration so many times; fractions of months, days and seconds go on to the next part. */
  public DurationValue times(double factor) {
    return scaled(months * factor, days * factor, seconds * factor, nanoseconds * factor);
  }

  public DurationValue dividedBy(double divisor) {
    if (divisor == 1) {
      return this;
    }
    return scaled(months / divisor, days / divisor, seconds / divisor, nanoseconds / divisor);
  }

  private static DurationValue scaled(double months, double days, double seconds, double nanos) {
    DurationSum sum = new DurationSum();
    sum.addMonths(months);
    sum.addDays(days);
    sum.addSeconds(seconds);
    sum.addNanos(Exact.whole(nanos));
    return sum.duration();
  }

  /** The canonical form: {@code P12Y5M14DT16H13M10.000000001S}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(32).append('P');
    append(text, months / 12, 'Y');
    append(text, months % 12, 'M');
    append(text, days, 'D');
    long whole = seconds;
    long fraction = nanoseconds;
    if (whole < 0 && fraction > 0) {
      whole++;
      fraction -= Limits.NANOS;
    }
    if (whole != 0 || fraction != 0) {
      text.append('T');
      append(text, whole / 3600, 'H');
      append(text, whole / 60 % 60, 'M');
      appendSeconds(text, whole % 60, fraction);
    }
    return text.length() == 1 ? "PT0S" : text.toString();
  }

  private static void append(StringBuilder text, long number, char unit) {
    if (number != 0) {
      text.append(number).append(unit);
    }
  }

  private static void appendSeconds(StringBuilder text, long seconds, long fraction) {
    if (fraction == 0) {
      append(text, seconds, 'S');
      return;
    }
    text.append(seconds < 0 || fraction < 0 ? "-" : "").append(Math.abs(seconds)).append('.');
    String digits = Long.toString(Limits.NANOS + Math.abs(fraction));
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    text.append(digits, 1, end).append('S');
  }
}
