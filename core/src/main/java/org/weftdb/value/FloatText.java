package org.weftdb.value;

/** The text of a float of 32 bits: of the decimals that round to it the one with fewest digits. */
final class FloatText {
  /** So many digits tell any two floats apart. */
  private static final long BELOW_TEN_DIGITS = 1_000_000_000;

  private FloatText() {}

  /** Appends a finite float. */
  static void append(StringBuilder out, float value) {
    if (value == 0) {
      Numbers.append(out, value);
      return;
    }
    float magnitude = Math.abs(value);
    DoubleText exact = DoubleText.shortest(magnitude);
    double shortest = magnitude;
    long unit = 1;
    int exponent = exact.exponent();
    while (unit <= exact.digits()) {
      if (exact.digits() / unit < BELOW_TEN_DIGITS) {
        long rounded = (exact.digits() + unit / 2) / unit;
        Double candidate = Numbers.tryParseDouble(rounded + "E" + exponent);
        if (candidate == null || (float) candidate.doubleValue() != magnitude) {
          break;
        }
        shortest = candidate;
      }
      unit *= 10;
      exponent++;
    }
    Numbers.append(out, value < 0 ? -shortest : shortest);
  }
}
