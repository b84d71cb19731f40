package org.weftdb.value.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class DurationTest {
  private static final long SEED = 77;

  private static DurationValue random(Prng random) {
    return DurationValue.of(
        TemporalTextTest.random(random, 2000) - 1000,
        TemporalTextTest.random(random, 2000) - 1000,
        TemporalTextTest.random(random, 2_000_000) - 1_000_000,
        TemporalTextTest.random(random, 3) * (long) TemporalTextTest.random(random, 999_999_999));
  }

  @Test
  void everyTextIsReadBack() {
    Prng random = new Prng(SEED);
    for (int i = 0; i < 40_000; i++) {
      DurationValue duration = random(random);
      assertEquals(duration, DurationParser.parse(duration.toString()), "seed " + SEED);
    }
  }

  @Test
  void addingAndTakingAwayGivesTheSameBack() {
    Prng random = new Prng(SEED + 1);
    for (int i = 0; i < 50_000; i++) {
      DurationValue a = random(random);
      DurationValue b = random(random);
      assertEquals(a, a.plus(b).plus(b.negated()));
      assertEquals(a, a.negated().negated());
      assertEquals(a.plus(a).plus(a), a.times(3));
      assertEquals(a, a.times(1.0));
      assertEquals(Integer.signum(DurationValue.compare(a, b)), -DurationValue.compare(b, a));
      assertEquals(a.equals(b), DurationValue.compare(a, b) == 0);
    }
  }

  @Test
  void fractionsGoOnToSmallerUnits() {
    assertEquals("P22DT19H51M49.5S", DurationParser.parse("P0.75M").toString());
    assertEquals("P-22DT-19H-51M-49.5S", DurationParser.parse("P-0.75M").toString());
    assertEquals("PT0.1S", DurationParser.parse("PT0.1S").toString());
    assertEquals("P1Y6M", DurationParser.parse("P1.5Y").toString());
    assertEquals("P-1DT-12H", DurationParser.parse("-P1.5D").toString());
  }

  @Test
  void whatDoesNotFitIsAnError() {
    for (String text :
        new String[] {"", "P", "PT", "P1", "P1H", "PT1D", "P1D1Y", "P1YT", "1D", "P1DD", "PT1.S"}) {
      WeftException refused =
          assertThrows(WeftException.class, () -> DurationParser.parse(text), text);
      assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, refused.code());
    }
    DurationValue long1 = DurationParser.parse("PT999999999999999999S");
    assertEquals(
        ErrorCode.INTEGER_OVERFLOW,
        assertThrows(WeftException.class, () -> long1.times(1000)).code());
    assertEquals(
        ErrorCode.INTEGER_OVERFLOW,
        assertThrows(WeftException.class, () -> long1.times(Double.NaN)).code());
    assertEquals(
        ErrorCode.INTEGER_OVERFLOW,
        assertThrows(WeftException.class, () -> DurationParser.parse("P999999999999999999M"))
            .code());
    assertThrows(WeftException.class, () -> new DurationValue(0, 0, Long.MIN_VALUE, 0).negated());
  }

  @Test
  void lengthOrdersDurations() {
    assertTrue(
        DurationValue.compare(DurationParser.parse("P1M"), DurationParser.parse("P30D")) > 0);
    assertTrue(
        DurationValue.compare(DurationParser.parse("P1M"), DurationParser.parse("P31D")) < 0);
    assertTrue(
        DurationValue.compare(DurationParser.parse("P1D"), DurationParser.parse("PT24H")) != 0);
  }
}
