package org.weftdb.value;

/**
 * Decimal text to the closest double, exactly, for numbers of any length.
 *
 * <pre>
 * decimal = (digits [ "." [digits] ] | "." digits) [ ("e" | "E") ["+" | "-"] digits ]
 * </pre>
 *
 * <p>Up to 15 digits and a power of ten up to 22 are both exact doubles, so that one multiplication
 * or division rounds correctly (Clinger, "How to read floating point numbers accurately", 1990).
 * Everything else is computed with big naturals.
 */
final class DecimalParser {
  private static final double[] EXACT_POWERS_OF_10 = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /**
   * More digits than the middle between two doubles can have (767); of digits behind these only
   * matters whether one is not zero.
   */
  private static final int MAX_DIGITS = 800;

  /** Beyond these positions of the first digit everything is infinite or zero. */
  private static final int MAX_POINT = 400;

  private DecimalParser() {}

  /** Whether the range holds a decimal. */
  static boolean isDecimal(String text, int from, int to) {
    int i = skipDigits(text, from, to);
    int digits = i - from;
    if (i < to && text.charAt(i) == '.') {
      int fraction = skipDigits(text, i + 1, to);
      digits += fraction - i - 1;
      i = fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (i < to && (text.charAt(i) | 0x20) == 'e') {
      i++;
      if (i < to && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int end = skipDigits(text, i, to);
      if (end == i) {
        return false;
      }
      i = end;
    }
    return i == to;
  }

  private static int skipDigits(String text, int from, int to) {
    int i = from;
    while (i < to && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The value of a range that {@link #isDecimal holds a decimal}. */
  static double parse(String text, int from, int to) {
    int mantissaEnd = to;
    int point = -1;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        point = i;
      } else if ((c | 0x20) == 'e') {
        mantissaEnd = i;
        break;
      }
    }
    int first = from;
    while (first < mantissaEnd && (text.charAt(first) == '0' || first == point)) {
      first++;
    }
    int last = mantissaEnd;
    while (last > first && (text.charAt(last - 1) == '0' || last - 1 == point)) {
      last--;
    }
    if (first == last) {
      return 0;
    }
    // Of the text between first and last, with the point left out, the last digit stands for 10^e.
    int pointOrEnd = point < 0 ? mantissaEnd : point;
    long exponent = pointOrEnd >= last ? pointOrEnd - last : pointOrEnd - last + 1;
    exponent += explicitExponent(text, mantissaEnd, to);
    int digits = last - first - (point > first && point < last ? 1 : 0);
    return digits <= 15 && exponent >= -22 && exponent <= 22
        ? parseSmall(text, first, last, (int) exponent)
        : parseLarge(text, first, last, digits, exponent);
  }

  /** Beyond a billion it makes no difference any more. */
  private static long explicitExponent(String text, int at, int to) {
    if (at == to) {
      return 0;
    }
    int i = at + 1;
    boolean negative = text.charAt(i) == '-';
    if (negative || text.charAt(i) == '+') {
      i++;
    }
    // A text has less than 2^31 digits, so the exponent outweighs them before it stops growing.
    long value = 0;
    for (; i < to; i++) {
      if (value < 1_000_000_000_000L) {
        value = value * 10 + (text.charAt(i) - '0');
      }
    }
    return negative ? -value : value;
  }

  private static double parseSmall(String text, int first, int last, int exponent) {
    long value = 0;
    for (int i = first; i < last; i++) {
      char c = text.charAt(i);
      if (c != '.') {
        value = value * 10 + (c - '0');
      }
    }
    return exponent < 0
        ? value / EXACT_POWERS_OF_10[-exponent]
        : value * EXACT_POWERS_OF_10[exponent];
  }

  private static double parseLarge(String text, int first, int last, int digits, long exponent) {
    if (digits + exponent > MAX_POINT) {
      return Double.POSITIVE_INFINITY;
    }
    if (digits + exponent < -MAX_POINT) {
      return 0;
    }
    int taken = Math.min(digits, MAX_DIGITS);
    BigNatural number = new BigNatural(taken * 4 + 64);
    int count = 0;
    int group = 0;
    int groupSize = 1;
    for (int i = first; count < taken; i++) {
      char c = text.charAt(i);
      if (c != '.') {
        group = group * 10 + (c - '0');
        groupSize *= 10;
        count++;
        if (groupSize == 1_000_000_000 || count == taken) {
          number.multiply(groupSize);
          number.add(group);
          group = 0;
          groupSize = 1;
        }
      }
    }
    // The last digit is not zero, so that what was left out is more than nothing.
    boolean inexact = taken < digits;
    int power = (int) (exponent + (digits - taken));
    int shift = 0;
    if (power >= 0) {
      number.multiplyByPowerOf10(power);
    } else {
      // So many bits that the quotient keeps more than 64.
      shift = Math.max(0, 68 + (int) (-power * 3.33) - number.bitLength() + 1);
      number.shiftLeft(shift);
      inexact |= number.divideByPowerOf10(-power);
    }
    return nearest(number, -shift, inexact);
  }

  /** The double closest to {@code number * 2^exponent}, a little more when inexact. */
  private static double nearest(BigNatural number, int exponent, boolean inexact) {
    int bits = number.bitLength();
    // The weight of the last bit that is kept: 53 bits, fewer for subnormal numbers.
    int lastBit = Math.max(bits + exponent - 53, -1074);
    int drop = lastBit - exponent;
    if (drop <= 0) {
      // Only whole numbers below 2^53 come here; the cast is exact.
      return (double) number.bits(0) * powerOf2(exponent);
    }
    if (drop > bits + 1) {
      return 0;
    }
    long kept = number.bits(drop);
    boolean half = (number.bits(drop - 1) & 1) != 0;
    if (half && (inexact || number.anyBitBelow(drop - 1) || (kept & 1) != 0)) {
      kept++;
    }
    if (lastBit > 971 || (lastBit == 971 && kept == 1L << 53)) {
      return Double.POSITIVE_INFINITY;
    }
    // As bits: a carry out of the significand goes into the exponent, as it must.
    long biased = kept < 1L << 52 ? 0 : lastBit + 1074;
    return Double.longBitsToDouble((biased << 52) + kept);
  }

  private static double powerOf2(int exponent) {
    return Double.longBitsToDouble((long) (exponent + 1023) << 52);
  }
}
