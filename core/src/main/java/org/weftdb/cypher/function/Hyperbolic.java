package org.weftdb.cypher.function;

/**
 * Hyperbolic functions from the platform's exponential function. Near zero, where the difference of
 * two exponentials would lose its digits, a series is summed.
 */
final class Hyperbolic {
  /** Below this the series needs few terms and the exponentials would cancel out. */
  private static final double SMALL = 0.5;

  private Hyperbolic() {}

  static double sinh(double x) {
    if (Math.abs(x) < SMALL) {
      double square = x * x;
      double term = x;
      double sum = x;
      for (int i = 2; i <= 16; i += 2) {
        term *= square / (i * (i + 1));
        sum += term;
      }
      return sum;
    }
    // Half of the exponent twice: e to the power of x is infinite before its half is.
    double half = Math.exp(Math.abs(x) / 2);
    double size = half / 2 * half - 0.5 / half / half;
    return x < 0 ? -size : size;
  }

  static double cosh(double x) {
    double half = Math.exp(Math.abs(x) / 2);
    return half / 2 * half + 0.5 / half / half;
  }

  static double tanh(double x) {
    if (Math.abs(x) < SMALL) {
      return sinh(x) / cosh(x);
    }
    double size = 1 - 2 / (Math.exp(2 * Math.abs(x)) + 1);
    return x < 0 ? -size : size;
  }
}
