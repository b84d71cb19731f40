package org.weftdb.cypher.function.deflate;

import org.jspecify.annotations.Nullable;

/** A prefix code for reading: the symbols of codes of up to 15 bits. */
final class HuffmanDecoder {
  private static final int FAST_BITS = 9;

  /** By the next bits, symbol and length of a short code; 0 where the code is longer or none. */
  private final int[] fast = new int[1 << FAST_BITS];

  private final int[] counts = new int[Symbols.MAX_BITS + 1];
  private final int[] symbols;

  private HuffmanDecoder(int symbolCount) {
    symbols = new int[symbolCount];
  }

  /**
   * The code in which symbols have these lengths, in a range of the array; 0 for those without a
   * code. Null when there is none: when the lengths are too short for their number, or too long,
   * unless there is at most one code, which may be of one bit.
   */
  static @Nullable HuffmanDecoder of(int[] lengths, int from, int to) {
    HuffmanDecoder decoder = new HuffmanDecoder(to - from);
    return decoder.fill(lengths, from, to) ? decoder : null;
  }

  private boolean fill(int[] lengths, int from, int to) {
    int longest = 0;
    for (int i = from; i < to; i++) {
      counts[lengths[i]]++;
      longest = Math.max(longest, lengths[i]);
    }
    counts[0] = 0;
    int left = 1;
    for (int bits = 1; bits <= Symbols.MAX_BITS; bits++) {
      left = (left << 1) - counts[bits];
      if (left < 0) {
        return false;
      }
    }
    if (left > 0 && longest > 1) {
      return false;
    }
    int[] firstPlace = new int[Symbols.MAX_BITS + 2];
    int[] nextCode = new int[Symbols.MAX_BITS + 2];
    for (int bits = 1; bits <= Symbols.MAX_BITS; bits++) {
      firstPlace[bits + 1] = firstPlace[bits] + counts[bits];
      nextCode[bits + 1] = nextCode[bits] + counts[bits] << 1;
    }
    for (int i = from; i < to; i++) {
      int bits = lengths[i];
      if (bits > 0) {
        symbols[firstPlace[bits]++] = i - from;
        fillFast(nextCode[bits]++, bits, i - from);
      }
    }
    return true;
  }

  private void fillFast(int code, int bits, int symbol) {
    if (bits <= FAST_BITS) {
      // Codes come with their highest bit first, the bits of the input with their lowest.
      int reversed = Integer.reverse(code) >>> 32 - bits;
      for (int i = reversed; i < fast.length; i += 1 << bits) {
        fast[i] = symbol << 4 | bits;
      }
    }
  }

  /**
   * The symbol that the next bits are, shifted left by 4, with the number of its bits; -1 when they
   * are no code.
   */
  int decode(int nextBits) {
    int entry = fast[nextBits & (1 << FAST_BITS) - 1];
    if (entry != 0) {
      return entry;
    }
    int code = 0;
    int first = 0;
    int place = 0;
    for (int bits = 1; bits <= Symbols.MAX_BITS; bits++) {
      code |= nextBits >>> bits - 1 & 1;
      int count = counts[bits];
      if (code - count < first) {
        return symbols[place + code - first] << 4 | bits;
      }
      place += count;
      first = first + count << 1;
      code <<= 1;
    }
    return -1;
  }
}
