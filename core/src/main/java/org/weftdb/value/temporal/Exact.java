package org.weftdb.value.temporal;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Integer arithmetic that fails when it leaves 64 bits, and that never traps. */
final class Exact {
  private Exact() {}

  static long add(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow();
    }
    return sum;
  }

  static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw overflow();
    }
    return -a;
  }

  static long multiply(long a, long b) {
    long product = a * b;
    if ((Math.abs(a) | Math.abs(b)) >>> 31 != 0) {
      boolean overflows =
          a == Long.MIN_VALUE
              ? b != 0 && b != 1
              : a == -1 ? b == Long.MIN_VALUE : a != 0 && product / a != b;
      if (overflows) {
        throw overflow();
      }
    }
    return product;
  }

  /** The whole part of a float, towards zero. */
  static long whole(double value) {
    if (!(value >= -0x1p63 && value < 0x1p63)) {
      throw overflow();
    }
    return (long) value;
  }

  /** The nearest whole number of a small float; of two the one nearer to zero. */
  static long nearest(double value) {
    return value < 0 ? -nearest(-value) : (long) Math.ceil(value - 0.5);
  }

  static WeftException overflow() {
    return new WeftException(
        ErrorCode.INTEGER_OVERFLOW, "a number of a temporal value does not fit a 64-bit integer");
  }
}
