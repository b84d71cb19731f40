package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * The shortest decimal text of a double, exactly as {@code Double.toString} of JDK 19 and later
 * gives it, on every platform.
 *
 * <p>The algorithm is Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles" (2021).
 * Of the decimals that round to the double it takes those with the fewest digits, but at least two,
 * and of these the one closest to the double. Its table of powers of ten is computed when needed,
 * because 617 pairs of constants would weigh more than the rest of the class.
 */
final class DoubleText {
  private static final int PRECISION = 53;
  private static final int LEAST_EXPONENT = -1074;
  private static final long LEAST_NORMAL_SIGNIFICAND = 1L << (PRECISION - 1);
  private static final long FRACTION_MASK = LEAST_NORMAL_SIGNIFICAND - 1;
  private static final long LOW_63 = Long.MAX_VALUE;

  /** Below this a subnormal has one digit only and is scaled by ten to get its second one. */
  private static final long TINY_SIGNIFICAND = 3;

  private static final int LEAST_POWER = -324;
  private static final int GREATEST_POWER = 292;

  /** The 126 bits of {@code floor(10^-k / 2^r) + 1}: 63 high, 63 low. */
  private record Power(long high, long low) {}

  /** For each k its power once it is known. Records, so that racing threads see all or nothing. */
  private static final @Nullable Power[] POWERS = new Power[GREATEST_POWER - LEAST_POWER + 1];

  /** {@link #digits} times ten to the power of {@link #exponent} is the number. */
  private final long digits;

  private final int exponent;

  private DoubleText(long digits, int exponent) {
    this.digits = digits;
    this.exponent = exponent;
  }

  long digits() {
    return digits;
  }

  int exponent() {
    return exponent;
  }

  static void append(StringBuilder out, double value) {
    if (value != value) {
      out.append("NaN");
      return;
    }
    if (Double.doubleToRawLongBits(value) < 0) {
      out.append('-');
    }
    double magnitude = Math.abs(value);
    if (magnitude == Double.POSITIVE_INFINITY) {
      out.append("Infinity");
    } else if (magnitude == 0) {
      out.append("0.0");
    } else {
      shortest(magnitude).layOut(out);
    }
  }

  /**
   * The shortest decimal of a positive finite number, without trailing zeros.
   *
   * @param value greater than 0, not infinite
   */
  static DoubleText shortest(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION_MASK;
    int biased = (int) (bits >>> (PRECISION - 1)) & 0x7FF;
    if (biased == 0) {
      return fraction < TINY_SIGNIFICAND
          ? decimal(LEAST_EXPONENT, 10 * fraction, -1)
          : decimal(LEAST_EXPONENT, fraction, 0);
    }
    int negatedExponent = 1 - LEAST_EXPONENT - biased;
    long significand = LEAST_NORMAL_SIGNIFICAND | fraction;
    if (negatedExponent > 0 && negatedExponent < PRECISION) {
      long whole = significand >> negatedExponent;
      if (whole << negatedExponent == significand) {
        return withoutTrailingZeros(whole, 0);
      }
    }
    return decimal(-negatedExponent, significand, 0);
  }

  /** The shortest decimal of {@code significand * 2^exponent}, times ten to the {@code shift}. */
  private static DoubleText decimal(int exponent, long significand, int shift) {
    long odd = significand & 1;
    long middle = significand << 2;
    long right = middle + 2;
    long left;
    int k;
    if (significand != LEAST_NORMAL_SIGNIFICAND || exponent == LEAST_EXPONENT) {
      left = middle - 2;
      k = floorLog10OfPowerOf2(exponent);
    } else {
      left = middle - 1;
      k = floorLog10OfThreeQuartersOfPowerOf2(exponent);
    }
    int h = exponent + floorLog2OfPowerOf10(-k) + 2;
    Power power = power(k);
    long high = power.high;
    long low = power.low;
    long vMiddle = roundToOdd(high, low, middle << h);
    long vLeft = roundToOdd(high, low, left << h);
    long vRight = roundToOdd(high, low, right << h);

    long s = vMiddle >> 2;
    if (s >= 100) {
      long lower = s / 10 * 10;
      long upper = lower + 10;
      boolean lowerIn = vLeft + odd <= lower << 2;
      boolean upperIn = (upper << 2) + odd <= vRight;
      if (lowerIn != upperIn) {
        return withoutTrailingZeros(lowerIn ? lower : upper, k + shift);
      }
    }
    long t = s + 1;
    boolean sIn = vLeft + odd <= s << 2;
    boolean tIn = (t << 2) + odd <= vRight;
    if (sIn != tIn) {
      return withoutTrailingZeros(sIn ? s : t, k + shift);
    }
    long closer = vMiddle - ((s + t) << 1);
    return withoutTrailingZeros(closer < 0 || (closer == 0 && (s & 1) == 0) ? s : t, k + shift);
  }

  private static DoubleText withoutTrailingZeros(long digits, int exponent) {
    long d = digits;
    int e = exponent;
    while (d % 10 == 0) {
      d /= 10;
      e++;
    }
    return new DoubleText(d, e);
  }

  /** {@code high:low * factor} divided by 2^127, rounded to odd. */
  private static long roundToOdd(long high, long low, long factor) {
    long x = multiplyHigh(low, factor);
    long z = (high * factor >>> 1) + x;
    long w = multiplyHigh(high, factor) + (z >>> 63);
    return w | ((z & LOW_63) + LOW_63) >>> 63;
  }

  /** The high 64 bits of the product of two numbers that are not negative. */
  private static long multiplyHigh(long a, long b) {
    long aLow = a & 0xFFFFFFFFL;
    long aHigh = a >>> 32;
    long bLow = b & 0xFFFFFFFFL;
    long bHigh = b >>> 32;
    long cross = aHigh * bLow + (aLow * bLow >>> 32);
    long other = aLow * bHigh + (cross & 0xFFFFFFFFL);
    return aHigh * bHigh + (cross >>> 32) + (other >>> 32);
  }

  // The three logarithms are exact for every exponent that a double has.

  private static int floorLog10OfPowerOf2(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  private static int floorLog10OfThreeQuartersOfPowerOf2(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2OfPowerOf10(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }

  private static Power power(int k) {
    Power known = POWERS[k - LEAST_POWER];
    if (known != null) {
      return known;
    }
    Power computed = computePower(k);
    POWERS[k - LEAST_POWER] = computed;
    return computed;
  }

  private static Power computePower(int k) {
    BigNatural power = new BigNatural(k <= 0 ? 1200 : 1400);
    power.add(1);
    int lengthBits = floorLog2OfPowerOf10(-k) + 1;
    if (k <= 0) {
      power.multiplyByPowerOf10(-k);
      if (lengthBits < 126) {
        power.shiftLeft(126 - lengthBits);
      }
    } else {
      power.shiftLeft(126 - lengthBits);
      power.divideByPowerOf10(k);
    }
    // Now its highest 126 bits are those wanted, before 1 is added to them.
    int excess = power.bitLength() - 126;
    long high = power.bits(excess + 63);
    long low = power.bits(excess) + 1;
    if (low < 0) {
      low = 0;
      high++;
    }
    return new Power(high, low);
  }

  /** Plain from 10^-3 to 10^7, computerized scientific notation outside. */
  private void layOut(StringBuilder out) {
    String text = Long.toString(digits);
    int length = text.length();
    // The number is 0.text * 10^point.
    int point = exponent + length;
    if (point > 0 && point <= 7) {
      if (length <= point) {
        out.append(text);
        zeros(out, point - length);
        out.append(".0");
      } else {
        out.append(text, 0, point).append('.').append(text, point, length);
      }
    } else if (point <= 0 && point > -3) {
      out.append("0.");
      zeros(out, -point);
      out.append(text);
    } else {
      out.append(text.charAt(0)).append('.');
      if (length == 1) {
        out.append('0');
      } else {
        out.append(text, 1, length);
      }
      out.append('E').append(point - 1);
    }
  }

  private static void zeros(StringBuilder out, int count) {
    for (int i = 0; i < count; i++) {
      out.append('0');
    }
  }
}
