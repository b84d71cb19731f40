package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Prng;

/** Checks against the JDK, which is right on the JVM. */
class NumbersTest {
  private static void textIsThatOfTheJdk(double value) {
    assertEquals(Double.toString(value), Numbers.toText(value));
  }

  private static void parsesLikeTheJdk(String text) {
    double expected = Double.parseDouble(text);
    Double actual = Numbers.tryParseDouble(text);
    assertTrue(actual != null, text);
    assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual), text);
  }

  @Test
  void textOfRandomBitPatternsIsThatOfTheJdk() {
    Prng random = new Prng(1);
    for (int i = 0; i < 100_000; i++) {
      textIsThatOfTheJdk(Double.longBitsToDouble(random.nextLong()));
    }
  }

  @Test
  void textOfEveryPowerOfTwoAndItsNeighboursIsThatOfTheJdk() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double value = Math.scalb(1.0, exponent);
      textIsThatOfTheJdk(value);
      textIsThatOfTheJdk(-Math.nextUp(value));
      textIsThatOfTheJdk(Math.nextDown(value));
    }
  }

  @Test
  void textOfEveryPowerOfTenAndItsNeighboursIsThatOfTheJdk() {
    for (int exponent = -325; exponent <= 309; exponent++) {
      double value = Double.parseDouble("1e" + exponent);
      textIsThatOfTheJdk(value);
      textIsThatOfTheJdk(Math.nextUp(value));
      textIsThatOfTheJdk(Math.nextDown(value));
      textIsThatOfTheJdk(2 * value);
    }
  }

  @Test
  void textOfSubnormalsWholeNumbersAndShortDecimalsIsThatOfTheJdk() {
    Prng random = new Prng(2);
    for (int i = 0; i < 100_000; i++) {
      textIsThatOfTheJdk(Double.longBitsToDouble(i));
      textIsThatOfTheJdk(i);
      textIsThatOfTheJdk(random.nextLong() >> random.nextInt(64));
      textIsThatOfTheJdk(random.nextInt(100_000) / 100.0);
      textIsThatOfTheJdk(Double.longBitsToDouble(random.nextLong() >>> 12 + random.nextInt(50)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e-3,
        9.999e-4,
        1e7,
        9999999.999,
        2e23,
        2.2250738585072011e-308
      })
  void textOfSpecialValuesIsThatOfTheJdk(double value) {
    textIsThatOfTheJdk(value);
  }

  @Test
  void readsBackWhatItWrote() {
    Prng random = new Prng(3);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      parsesLikeTheJdk(Double.toString(value));
    }
  }

  @Test
  void readsRandomDecimalsLikeTheJdk() {
    Prng random = new Prng(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.setLength(0);
      int before = random.nextInt(25);
      int after = random.nextInt(25);
      for (int j = 0; j < before; j++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
      if (after > 0 || random.nextBoolean()) {
        text.append('.');
      }
      for (int j = 0; j < after; j++) {
        text.append((char) ('0' + (random.nextInt(3) == 0 ? random.nextInt(10) : 0)));
      }
      if (before + after == 0) {
        continue;
      }
      if (random.nextBoolean()) {
        text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(700) - 350);
      }
      parsesLikeTheJdk(text.toString());
    }
  }

  @Test
  void readsTheMiddleBetweenTwoFloatsLikeTheJdk() {
    Prng random = new Prng(5);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong() >>> random.nextInt(12)));
      if (!(value < Double.MAX_VALUE)) {
        continue;
      }
      BigDecimal middle =
          new BigDecimal(value)
              .add(new BigDecimal(Math.nextUp(value)))
              .divide(BigDecimal.valueOf(2));
      String text = middle.toString();
      parsesLikeTheJdk(text);
      parsesLikeTheJdk(middle.toPlainString());
      parsesLikeTheJdk(middle.add(middle.ulp()).toString());
      parsesLikeTheJdk(middle.subtract(middle.ulp()).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0.0",
        "0e999999999999999999999",
        "1e-320",
        "4.9e-324",
        "2.4703282292062328e-324",
        "2.4703282292062327e-324",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        " 1.5\t",
        "1.",
        ".5",
        "9007199254740993",
        "9007199254740992.99999999999999999999999999",
        "NaN",
        "-Infinity",
        "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
      })
  void readsSpecialDecimalsLikeTheJdk(String text) {
    parsesLikeTheJdk(text);
  }

  @Test
  void readsVeryLongDecimalsLikeTheJdk() {
    parsesLikeTheJdk("1." + "0".repeat(5000) + "1");
    parsesLikeTheJdk("9007199254740993" + "0".repeat(100) + "." + "0".repeat(5000) + "1e-100");
    parsesLikeTheJdk("0." + "0".repeat(5000) + "1e5000");
    parsesLikeTheJdk("1" + "0".repeat(5000) + "e-5000");
    parsesLikeTheJdk("123456789".repeat(200) + "e-1700");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "-", "e5", "1e", "1e+", "1.5d", "0x1p3", "1_0", "1 2", "--1", "nan", "١"
      })
  void textThatIsNoFloatGivesNull(String text) {
    assertNull(Numbers.tryParseDouble(text));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775808,",
    "-9223372036854775809,",
    "92233720368547758070,",
    "+42, 42",
    "' 7 ', 7",
    "-0, 0",
    "00012, 12",
    "'',",
    "-,",
    "1.0,",
    "0x10,"
  })
  void readsIntegers(String text, Long expected) {
    assertEquals(expected, Numbers.tryParseLong(text));
  }

  @Test
  void comparesIntegersWithFloatsExactly() {
    Prng random = new Prng(6);
    for (int i = 0; i < 100_000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      double b =
          random.nextBoolean()
              ? Math.scalb((double) a, random.nextInt(3) - 1)
              : Math.nextUp((double) a);
      int expected = new BigDecimal(a).compareTo(new BigDecimal(b));
      assertEquals(expected, Numbers.compare(a, b), a + " and " + b);
      assertEquals(expected == 0, Numbers.equal(a, b), a + " and " + b);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 9007199254740992.0, 1",
    "9223372036854775807, 9.223372036854775807E18, -1",
    "-9223372036854775808, -9.223372036854775808E18, 0",
    "1, NaN, -1",
    "1, Infinity, -1",
    "1, -Infinity, 1",
    "0, -0.0, 0"
  })
  void comparesAtTheEdgesOfTheRange(long a, double b, int expected) {
    assertEquals(expected, Numbers.compare(a, b));
  }

  @Test
  void theRemainderIsThatOfTheJvm() {
    Prng random = new Prng(8);
    double[] edges = {
      0.0,
      -0.0,
      1,
      -1,
      5.5,
      Double.MIN_VALUE,
      3 * Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      0x1p63,
      0x1p53 + 2,
      0.1
    };
    for (int i = 0; i < 100_000; i++) {
      double a = random.nextBoolean() ? edges[random.nextInt(edges.length)] : randomDouble(random);
      double b = random.nextBoolean() ? edges[random.nextInt(edges.length)] : randomDouble(random);
      assertEquals(a % b, Numbers.remainder(a, b), a + " % " + b);
    }
  }

  private static double randomDouble(Prng random) {
    return switch (random.nextInt(3)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> (random.nextInt(20_000) - 10_000) / 100.0;
      default -> Double.longBitsToDouble(random.nextLong() >>> 8 + random.nextInt(50));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 3.0", "-2.5, -2.0", "-0.5, -0.0", "0.49999999999999994, 0.0",
        "4503599627370497.0, 4503599627370497.0",
    "4503599627370495.5, 4503599627370496.0", "-1.6, -2.0", "NaN, NaN", "Infinity, Infinity",
        "-0.0, -0.0"
  })
  void roundsToTheNearestWholeNumber(double value, double expected) {
    assertEquals(expected, Numbers.round(value));
  }

  @Test
  void roundsDecimalsLikeBigDecimal() {
    Prng random = new Prng(7);
    for (int i = 0; i < 100_000; i++) {
      double value =
          random.nextBoolean()
              ? (random.nextInt(2_000_001) - 1_000_000) / 1000.0
              : Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value) || value == 0) {
        continue;
      }
      int places = random.nextInt(6);
      for (Numbers.Rounding rounding : Numbers.Rounding.values()) {
        double expected =
            new BigDecimal(Double.toString(value))
                .setScale(places, RoundingMode.valueOf(rounding.name()))
                .doubleValue();
        double actual = Numbers.round(value, places, rounding);
        assertTrue(expected == actual, value + " to " + places + " " + rounding + ": " + actual);
      }
    }
  }
}
