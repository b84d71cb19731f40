package org.weftdb.cypher.function.deflate;

/** What the symbols of DEFLATE stand for (RFC 1951, 3.2.5 to 3.2.7). */
final class Symbols {
  static final int END_OF_BLOCK = 256;
  static final int LITERALS_AND_LENGTHS = 288;
  static final int DISTANCES = 30;
  static final int MAX_BITS = 15;
  static final int LEAST_MATCH = 3;
  static final int GREATEST_MATCH = 258;
  static final int WINDOW = 1 << 15;

  /** The least length of each length symbol, from 257 on, and how many bits are added to it. */
  static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };

  static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };

  /** The same of distances. */
  static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  static final int[] DISTANCE_BITS = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
  };

  /** The order in which the lengths of the codes of code lengths are written. */
  static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private Symbols() {}

  /** The lengths of the fixed code of literals and lengths. */
  static int[] fixedLengths() {
    int[] lengths = new int[LITERALS_AND_LENGTHS];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    }
    return lengths;
  }

  /** The lengths of the fixed code of distances. */
  static int[] fixedDistances() {
    int[] lengths = new int[DISTANCES];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = 5;
    }
    return lengths;
  }
}
