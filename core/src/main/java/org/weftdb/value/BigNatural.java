package org.weftdb.value;

import java.util.Arrays;

/**
 * A natural number of any size with the few operations that exact conversion between decimal and
 * binary needs. It changes in place and belongs to one thread.
 */
final class BigNatural {
  private static final int BILLION = 1_000_000_000;

  /** 32 bits each, least significant first; those at {@link #length} and above are 0. */
  private int[] limbs;

  private int length;

  /** Zero, with room for a number of so many bits; it grows when that is not enough. */
  BigNatural(int expectedBits) {
    limbs = new int[(expectedBits >>> 5) + 2];
  }

  private void reserve(int wanted) {
    if (wanted > limbs.length) {
      limbs = Arrays.copyOf(limbs, Math.max(wanted, limbs.length + (limbs.length >> 1)));
    }
  }

  boolean isZero() {
    return length == 0;
  }

  /** Adds a number from 0 to 2^31-1. */
  void add(int summand) {
    long carry = summand;
    for (int i = 0; carry != 0; i++) {
      reserve(i + 1);
      carry += limbs[i] & 0xFFFFFFFFL;
      limbs[i] = (int) carry;
      carry >>>= 32;
      length = Math.max(length, i + 1);
    }
  }

  /** Multiplies by a number from 1 to 2^31-1. */
  void multiply(int factor) {
    long carry = 0;
    for (int i = 0; i < length; i++) {
      carry += (limbs[i] & 0xFFFFFFFFL) * factor;
      limbs[i] = (int) carry;
      carry >>>= 32;
    }
    if (carry != 0) {
      reserve(length + 1);
      limbs[length++] = (int) carry;
    }
  }

  /**
   * Divides by a number, rounding down.
   *
   * @param divisor from 1 to 2^31-1
   * @return the remainder
   */
  int divide(int divisor) {
    long remainder = 0;
    for (int i = length - 1; i >= 0; i--) {
      // The remainder is below 2^31, so the dividend is below 2^63.
      long dividend = remainder << 32 | (limbs[i] & 0xFFFFFFFFL);
      long quotient = dividend / divisor;
      limbs[i] = (int) quotient;
      remainder = dividend - quotient * divisor;
    }
    while (length > 0 && limbs[length - 1] == 0) {
      length--;
    }
    return (int) remainder;
  }

  void multiplyByPowerOf10(int power) {
    int left = power;
    for (; left >= 9; left -= 9) {
      multiply(BILLION);
    }
    multiply(smallPowerOf10(left));
  }

  /**
   * Divides by a power of ten, rounding down.
   *
   * @return whether something was cut off
   */
  boolean divideByPowerOf10(int power) {
    // Rounding down step by step is the same as rounding down once.
    boolean inexact = false;
    int left = power;
    for (; left >= 9; left -= 9) {
      inexact |= divide(BILLION) != 0;
    }
    return inexact | divide(smallPowerOf10(left)) != 0;
  }

  private static int smallPowerOf10(int power) {
    int result = 1;
    for (int i = 0; i < power; i++) {
      result *= 10;
    }
    return result;
  }

  void shiftLeft(int count) {
    if (length == 0 || count == 0) {
      return;
    }
    int whole = count >>> 5;
    int part = count & 31;
    reserve(length + whole + 1);
    for (int i = length; i >= 0; i--) {
      long high = limbs[i] & 0xFFFFFFFFL;
      long low = i == 0 ? 0 : limbs[i - 1] & 0xFFFFFFFFL;
      limbs[i + whole] = (int) ((high << 32 | low) << part >>> 32);
    }
    Arrays.fill(limbs, 0, whole, 0);
    length += whole + 1;
    if (limbs[length - 1] == 0) {
      length--;
    }
  }

  /** How many bits the number has; 0 for zero. */
  int bitLength() {
    return length == 0 ? 0 : 32 * length - Integer.numberOfLeadingZeros(limbs[length - 1]);
  }

  /** 63 bits, of which the least significant is the bit {@code from}. */
  long bits(int from) {
    int whole = from >>> 5;
    int part = from & 31;
    long low = limb(whole) >>> part;
    long middle = limb(whole + 1) << (32 - part);
    long high = part == 0 ? 0 : limb(whole + 2) << (64 - part);
    return (low | middle | high) & Long.MAX_VALUE;
  }

  /** Whether one of the bits below {@code end} is set. */
  boolean anyBitBelow(int end) {
    int whole = end >>> 5;
    for (int i = 0; i < whole && i < length; i++) {
      if (limbs[i] != 0) {
        return true;
      }
    }
    return (limb(whole) & (1L << (end & 31)) - 1) != 0;
  }

  private long limb(int index) {
    return index < length ? limbs[index] & 0xFFFFFFFFL : 0;
  }
}
