package org.weftdb.value.temporal;

/**
 * Adds up the parts of a duration. The fraction of a month counts as that part of 30.436875 days,
 * the fraction of a day as that part of 24 hours.
 */
final class DurationSum {
  private long months;
  private long days;
  private long seconds;
  private long nanos;

  void addMonths(long value) {
    months = Exact.add(months, value);
  }

  void addDays(long value) {
    days = Exact.add(days, value);
  }

  void addSeconds(long value) {
    seconds = Exact.add(seconds, value);
  }

  void addNanos(long value) {
    nanos = Exact.add(nanos, value);
    seconds = Exact.add(seconds, nanos / Limits.NANOS);
    nanos %= Limits.NANOS;
  }

  void addMonths(double value) {
    long whole = Exact.whole(value);
    addMonths(whole);
    double rest = (value - whole) * Limits.SECONDS_OF_MONTH;
    long wholeDays = Exact.whole(rest / Limits.SECONDS_OF_DAY);
    addDays(wholeDays);
    addSeconds(rest - wholeDays * (double) Limits.SECONDS_OF_DAY);
  }

  void addDays(double value) {
    long whole = Exact.whole(value);
    addDays(whole);
    addSeconds((value - whole) * Limits.SECONDS_OF_DAY);
  }

  void addSeconds(double value) {
    long whole = Exact.whole(value);
    addSeconds(whole);
    addNanos(Exact.nearest((value - whole) * Limits.NANOS));
  }

  DurationValue duration() {
    return DurationValue.of(months, days, seconds, nanos);
  }
}
