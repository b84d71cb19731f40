package org.weftdb.value.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.WeftException;

/** The calendar against that of java.time. */
final class CalendarTest {
  private static final long SEED = 20150721;

  /** Half of the days are near ours, half are anywhere. */
  static long randomDay(Prng random) {
    long near = Math.floorMod(random.nextLong(), 800_000L) - 400_000;
    long any = Math.floorMod(random.nextLong(), Calendar.MAX_DAY - Calendar.MIN_DAY + 1);
    return random.nextLong() < 0 ? near : any + Calendar.MIN_DAY;
  }

  @Test
  void aMillionDaysHaveTheDatesThatJavaGivesThem() {
    Prng random = new Prng(SEED);
    for (int i = 0; i < 1_000_000; i++) {
      long day = randomDay(random);
      LocalDate date = LocalDate.ofEpochDay(day);
      Calendar calendar = Calendar.of(day);
      if (calendar.year != date.getYear()
          || calendar.month != date.getMonthValue()
          || calendar.day != date.getDayOfMonth()
          || Calendar.dayOfWeek(day) != date.getDayOfWeek().getValue()
          || Calendar.epochDay(calendar.year, calendar.month, calendar.day) != day) {
        throw new AssertionError("seed " + SEED + ", day " + day + ", " + date);
      }
    }
  }

  @Test
  void weeksQuartersAndOrdinalDaysAreThoseOfJava() {
    Prng random = new Prng(SEED);
    for (int i = 0; i < 200_000; i++) {
      long day = randomDay(random);
      LocalDate date = LocalDate.ofEpochDay(day);
      Calendar calendar = Calendar.of(day);
      String where = "seed " + SEED + ", " + date;
      assertEquals(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), Calendar.week(day), where);
      assertEquals(date.get(IsoFields.WEEK_BASED_YEAR), Calendar.weekYear(day), where);
      assertEquals(date.get(IsoFields.QUARTER_OF_YEAR), calendar.quarter(), where);
      assertEquals(date.get(IsoFields.DAY_OF_QUARTER), calendar.dayOfQuarter(), where);
      assertEquals(date.getDayOfYear(), calendar.ordinalDay(), where);
      assertEquals(date.lengthOfMonth(), Calendar.daysOfMonth(calendar.year, calendar.month));
      assertEquals(date.lengthOfYear(), Calendar.daysOfYear(calendar.year), where);
      assertEquals(
          IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(date).getMaximum(),
          Calendar.weeksOfYear(Calendar.weekYear(day)),
          where);
    }
  }

  @Test
  void monthsAreAddedAsJavaAddsThem() {
    Prng random = new Prng(SEED);
    for (int i = 0; i < 200_000; i++) {
      long day = Math.floorMod(random.nextLong(), 8_000_000L) - 4_000_000;
      long months = Math.floorMod(random.nextLong(), 20_000L) - 10_000;
      assertEquals(
          LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay(),
          Calendar.plusMonths(day, months),
          "seed " + SEED + ", day " + day + " and " + months + " months");
    }
  }

  @Test
  void theFirstAndTheLastDayAreThoseOfJava() {
    assertEquals(LocalDate.MIN.toEpochDay(), Calendar.MIN_DAY);
    assertEquals(LocalDate.MAX.toEpochDay(), Calendar.MAX_DAY);
    assertEquals("-999999999-01-01", new DateValue(Calendar.MIN_DAY).toString());
    assertEquals("+999999999-12-31", new DateValue(Calendar.MAX_DAY).toString());
    assertThrows(WeftException.class, () -> new DateValue(Calendar.MAX_DAY + 1));
    assertThrows(WeftException.class, () -> new DateValue(Calendar.MIN_DAY - 1));
    assertThrows(WeftException.class, () -> Calendar.plusMonths(0, Long.MAX_VALUE));
  }
}
