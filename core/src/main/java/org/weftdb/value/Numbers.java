package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * Numbers: their text, comparison of integers with floats, and rounding; the same on every
 * platform.
 *
 * <p>Nothing here uses the number parsing, printing or rounding of the platform, because those
 * differ between the JVM and WebAssembly.
 */
public final class Numbers {
  private static final double TWO_TO_63 = 0x1p63;

  private Numbers() {}

  // ---- Comparison -----------------------------------------------------------------------------

  /** Whether an integer and a float are exactly the same number. */
  public static boolean equal(long a, double b) {
    // 2^63 would be cut to the largest long.
    return b < TWO_TO_63 && a == (long) b && (long) b == b;
  }

  /** Whether two floats are one key: NaN is NaN and -0.0 is 0.0. */
  public static boolean equivalent(double a, double b) {
    return a == b || (a != a && b != b);
  }

  /** Compares an integer with a float exactly; NaN is greater than every number. */
  public static int compare(long a, double b) {
    if (b != b || b >= TWO_TO_63) {
      return -1;
    }
    if (b < -TWO_TO_63) {
      return 1;
    }
    long whole = (long) b;
    if (a != whole) {
      return a < whole ? -1 : 1;
    }
    double fraction = b - whole;
    return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
  }

  /** Compares two floats; NaN is greater than every number, -0.0 is 0.0. */
  public static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    if (a > b) {
      return 1;
    }
    if (a == b) {
      return 0;
    }
    return a == a ? -1 : b == b ? 1 : 0;
  }

  // ---- Remainder ------------------------------------------------------------------------------

  /**
   * The exact remainder of a division that cuts towards zero, with the sign of the dividend: {@code
   * a % b} of the JVM, which in WebAssembly is only close.
   */
  public static double remainder(double a, double b) {
    double dividend = Math.abs(a);
    double divisor = Math.abs(b);
    if (!(dividend < Double.POSITIVE_INFINITY) || !(divisor > 0)) {
      return Double.NaN;
    }
    if (dividend < divisor) {
      return a;
    }
    double result;
    if (dividend < 0x1p63 && dividend == (long) dividend && divisor == (long) divisor) {
      result = (long) dividend % (long) divisor;
    } else {
      result = longDivision(dividend, divisor);
    }
    return Math.copySign(result, a);
  }

  /**
   * Subtracts the divisor at each binary place, as on paper. A multiple is never more than the rest
   * and more than half of it, so that every subtraction is exact.
   */
  private static double longDivision(double dividend, double divisor) {
    double multiple = divisor;
    while (multiple <= dividend / 2) {
      multiple *= 2;
    }
    double rest = dividend;
    while (true) {
      if (rest >= multiple) {
        rest -= multiple;
      }
      if (multiple == divisor) {
        return rest;
      }
      multiple /= 2;
    }
  }

  // ---- Text -----------------------------------------------------------------------------------

  /** The text of a {@code Long} or {@code Double}. */
  public static String toText(Number number) {
    return number instanceof Double value
        ? toText(value.doubleValue())
        : toText(number.longValue());
  }

  public static String toText(long value) {
    return Long.toString(value);
  }

  /**
   * The shortest decimal that reads back as this float, in the form of {@code Double.toString}:
   * {@code 1.0}, {@code 1.0E10}, {@code NaN}, {@code -Infinity}.
   */
  public static String toText(double value) {
    StringBuilder text = new StringBuilder(24);
    DoubleText.append(text, value);
    return text.toString();
  }

  /** Appends {@link #toText(double)}. */
  public static void append(StringBuilder out, double value) {
    DoubleText.append(out, value);
  }

  /**
   * Reads a decimal integer with an optional sign, and blanks around it.
   *
   * @return null when the text is none or does not fit 64 bits
   */
  public static @Nullable Long tryParseLong(String text) {
    int from = firstInk(text);
    int to = lastInk(text, from);
    boolean negative = from < to && text.charAt(from) == '-';
    int i = negative || (from < to && text.charAt(from) == '+') ? from + 1 : from;
    if (i == to) {
      return null;
    }
    // Counts downwards, because the negative range is larger by one.
    long value = 0;
    for (; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
        return null;
      }
      value = value * 10 - digit;
    }
    if (!negative) {
      if (value == Long.MIN_VALUE) {
        return null;
      }
      value = -value;
    }
    return value;
  }

  /**
   * Reads a float: digits with an optional sign, point and exponent ({@code 1}, {@code .5}, {@code
   * -2.5e-3}), or {@code NaN} or {@code Infinity}, with blanks around it. The result is the float
   * closest to the decimal, of two equally close ones the even one; beyond the range it is an
   * infinity or zero.
   *
   * @return null when the text is none
   */
  public static @Nullable Double tryParseDouble(String text) {
    int from = firstInk(text);
    int to = lastInk(text, from);
    boolean negative = from < to && text.charAt(from) == '-';
    int start = negative || (from < to && text.charAt(from) == '+') ? from + 1 : from;
    double magnitude;
    if (isAt(text, start, to, "NaN")) {
      return Double.NaN;
    } else if (isAt(text, start, to, "Infinity")) {
      magnitude = Double.POSITIVE_INFINITY;
    } else if (DecimalParser.isDecimal(text, start, to)) {
      magnitude = DecimalParser.parse(text, start, to);
    } else {
      return null;
    }
    return negative ? -magnitude : magnitude;
  }

  /**
   * Reads the decimal without sign that stands in a range of the text, as {@link #tryParseDouble}
   * does.
   *
   * @return null when the range holds something else
   */
  public static @Nullable Double tryParseDecimal(String text, int from, int to) {
    return DecimalParser.isDecimal(text, from, to)
        ? (Double) DecimalParser.parse(text, from, to)
        : null;
  }

  private static boolean isAt(String text, int from, int to, String word) {
    return to - from == word.length() && text.startsWith(word, from);
  }

  private static int firstInk(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static int lastInk(String text, int from) {
    int i = text.length();
    while (i > from && text.charAt(i - 1) <= ' ') {
      i--;
    }
    return i;
  }

  // ---- Rounding -------------------------------------------------------------------------------

  /** How {@link #round(double, int, Rounding)} chooses between the two neighbours. */
  public enum Rounding {
    /** Away from zero. */
    UP,
    /** Towards zero. */
    DOWN,
    /** Towards positive infinity. */
    CEILING,
    /** Towards negative infinity. */
    FLOOR,
    /** To the nearer one; from the middle away from zero. */
    HALF_UP,
    /** To the nearer one; from the middle towards zero. */
    HALF_DOWN,
    /** To the nearer one; from the middle to the even digit. */
    HALF_EVEN
  }

  /** The nearest whole number; from the middle towards positive infinity. */
  public static double round(double value) {
    if (!(Math.abs(value) < 0x1p52)) {
      return value;
    }
    double whole = Math.floor(value);
    double result = value - whole >= 0.5 ? whole + 1 : whole;
    return result == 0 ? Math.copySign(0.0, value) : result;
  }

  /**
   * Rounds the {@linkplain #toText(double) decimal text} of a float to so many places behind the
   * point.
   *
   * @param places at least 0
   */
  public static double round(double value, int places, Rounding rounding) {
    if (value != value || value == 0 || Math.abs(value) == Double.POSITIVE_INFINITY) {
      return value;
    }
    boolean negative = value < 0;
    DoubleText decimal = DoubleText.shortest(Math.abs(value));
    long cut = -(long) decimal.exponent() - places;
    if (cut <= 0) {
      return value;
    }
    // The digits are below 10^18, so that what lies beyond leaves nothing.
    long unit = 1;
    for (long i = 0; i < Math.min(cut, 18); i++) {
      unit *= 10;
    }
    long kept = cut > 18 ? 0 : decimal.digits() / unit;
    long rest = cut > 18 ? 1 : decimal.digits() % unit;
    int half = cut > 18 ? -1 : Long.compare(rest, unit - rest);
    if (rest != 0 && awayFromZero(rounding, negative, half, kept)) {
      kept++;
    }
    String text = kept + "E-" + places;
    double magnitude = DecimalParser.parse(text, 0, text.length());
    return negative ? -magnitude : magnitude;
  }

  private static boolean awayFromZero(Rounding rounding, boolean negative, int half, long kept) {
    return switch (rounding) {
      case UP -> true;
      case DOWN -> false;
      case CEILING -> !negative;
      case FLOOR -> negative;
      case HALF_UP -> half >= 0;
      case HALF_DOWN -> half > 0;
      case HALF_EVEN -> half > 0 || (half == 0 && (kept & 1) != 0);
    };
  }
}
