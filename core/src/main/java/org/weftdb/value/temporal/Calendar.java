package org.weftdb.value.temporal;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The proleptic Gregorian calendar and the ISO week calendar, over days since 1970-01-01.
 *
 * <p>The conversions count in eras of 400 years, which have 146,097 days, from a first of March.
 */
final class Calendar {
  static final long MAX_YEAR = 999_999_999;
  static final long MIN_DAY = -365_243_219_162L;
  static final long MAX_DAY = 365_241_780_471L;
  private static final long DAYS_OF_ERA = 146_097;
  private static final long DAYS_FROM_YEAR_0 = 719_468;

  final long year;
  final int month;
  final int day;

  private Calendar(long year, int month, int day) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** Year, month and day of a day. */
  static Calendar of(long epochDay) {
    long shifted = epochDay + DAYS_FROM_YEAR_0;
    long era = Math.floorDiv(shifted, DAYS_OF_ERA);
    long dayOfEra = shifted - era * DAYS_OF_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    return new Calendar(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
  }

  /** The day of a date that exists. */
  static long epochDay(long year, int month, int day) {
    long fromMarch = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(fromMarch, 400L);
    long yearOfEra = fromMarch - era * 400;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    long dayOfYear = (153L * monthFromMarch + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_OF_ERA + dayOfEra - DAYS_FROM_YEAR_0;
  }

  static boolean isLeap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  static int daysOfMonth(long year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  static int daysOfYear(long year) {
    return isLeap(year) ? 366 : 365;
  }

  /** 1 for Monday to 7 for Sunday. */
  static int dayOfWeek(long epochDay) {
    return (int) Math.floorMod(epochDay + 3, 7L) + 1;
  }

  /** The day of the year, from 1. */
  int ordinalDay() {
    return (int) (epochDay(year, month, day) - epochDay(year, 1, 1)) + 1;
  }

  int quarter() {
    return (month + 2) / 3;
  }

  int dayOfQuarter() {
    return (int) (epochDay(year, month, day) - epochDay(year, quarter() * 3 - 2, 1)) + 1;
  }

  /** The year that the week of a day belongs to: that of its Thursday. */
  static long weekYear(long epochDay) {
    return of(epochDay + 4 - dayOfWeek(epochDay)).year;
  }

  /** The number of the week of a day in its week year, from 1. */
  static int week(long epochDay) {
    long thursday = epochDay + 4 - dayOfWeek(epochDay);
    return (int) (thursday - epochDay(of(thursday).year, 1, 1)) / 7 + 1;
  }

  /** The Monday of the first week of a week year: that of January 4th. */
  static long firstMonday(long weekYear) {
    long fourth = epochDay(weekYear, 1, 4);
    return fourth + 1 - dayOfWeek(fourth);
  }

  static int weeksOfYear(long weekYear) {
    return (int) (firstMonday(weekYear + 1) - firstMonday(weekYear)) / 7;
  }

  /** The day some months later; the day of the month is cut to the month's length. */
  static long plusMonths(long epochDay, long months) {
    if (months == 0) {
      return epochDay;
    }
    Calendar date = of(epochDay);
    long count = Exact.add(date.year * 12 + date.month - 1, months);
    long year = checkYear(Math.floorDiv(count, 12L));
    int month = (int) Math.floorMod(count, 12L) + 1;
    return epochDay(year, month, Math.min(date.day, daysOfMonth(year, month)));
  }

  static long checkYear(long year) {
    if (year < -MAX_YEAR || year > MAX_YEAR) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "the year must be between -" + MAX_YEAR + " and " + MAX_YEAR + ", not " + year);
    }
    return year;
  }

  static long checkDay(long epochDay) {
    if (epochDay < MIN_DAY || epochDay > MAX_DAY) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "a date before the year -" + MAX_YEAR + " or after the year " + MAX_YEAR);
    }
    return epochDay;
  }
}
