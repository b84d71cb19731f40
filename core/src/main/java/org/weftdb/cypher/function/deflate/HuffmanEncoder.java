package org.weftdb.cypher.function.deflate;

import java.util.Arrays;

/** A prefix code for writing, made of how often each symbol is used. */
final class HuffmanEncoder {
  final int[] lengths;

  /** The codes with their first bit lowest, as they are written. */
  final int[] codes;

  private HuffmanEncoder(int[] lengths) {
    this.lengths = lengths;
    this.codes = codes(lengths);
  }

  /** The code of these lengths. */
  static HuffmanEncoder ofLengths(int[] lengths) {
    return new HuffmanEncoder(lengths);
  }

  /**
   * The best code of at most so many bits, or nearly so. At least two symbols get a code, since
   * some readers want that.
   */
  static HuffmanEncoder ofCounts(int[] counts, int maxBits) {
    int[] used = Arrays.copyOf(counts, counts.length);
    int symbols = 0;
    for (int count : used) {
      symbols += count > 0 ? 1 : 0;
    }
    for (int i = 0; symbols < 2; i++) {
      if (used[i] == 0) {
        used[i] = 1;
        symbols++;
      }
    }
    return new HuffmanEncoder(lengths(used, symbols, maxBits));
  }

  private static int[] lengths(int[] counts, int symbols, int maxBits) {
    // Sorted by count; the symbol itself makes the order the same everywhere.
    long[] sorted = new long[symbols];
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sorted[next++] = (long) counts[i] << 16 | i;
      }
    }
    Arrays.sort(sorted);
    int[] depths = depths(sorted);
    int[] perLength = new int[maxBits + 1];
    for (int depth : depths) {
      perLength[Math.min(depth, maxBits)]++;
    }
    limit(perLength, maxBits);
    int[] lengths = new int[counts.length];
    int place = 0;
    for (int bits = maxBits; bits > 0; bits--) {
      for (int i = perLength[bits]; i > 0; i--) {
        lengths[(int) sorted[place++] & 0xFFFF] = bits;
      }
    }
    return lengths;
  }

  /** The depths of the leaves in Huffman's tree, of the rarest symbol first. */
  private static int[] depths(long[] sorted) {
    int symbols = sorted.length;
    // Nodes: the leaves, then the inner nodes, which are made in ascending order of their weights.
    long[] weights = new long[2 * symbols - 1];
    int[] parents = new int[2 * symbols - 1];
    for (int i = 0; i < symbols; i++) {
      weights[i] = sorted[i] >>> 16;
    }
    int leaf = 0;
    int inner = symbols;
    for (int made = symbols; made < weights.length; made++) {
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf = leaf < symbols && (inner == made || weights[leaf] <= weights[inner]);
        int taken = takeLeaf ? leaf++ : inner++;
        weights[made] += weights[taken];
        parents[taken] = made;
      }
    }
    int[] depths = new int[weights.length];
    for (int node = weights.length - 2; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
    }
    return Arrays.copyOf(depths, symbols);
  }

  /** Lengthens codes until there is room for those that were cut to the most bits. */
  private static void limit(int[] perLength, int maxBits) {
    long taken = 0;
    for (int bits = 1; bits <= maxBits; bits++) {
      taken += (long) perLength[bits] << maxBits - bits;
    }
    while (taken > 1L << maxBits) {
      perLength[maxBits]--;
      int bits = maxBits - 1;
      while (perLength[bits] == 0) {
        bits--;
      }
      perLength[bits]--;
      perLength[bits + 1] += 2;
      taken--;
    }
  }

  private static int[] codes(int[] lengths) {
    int[] next = new int[Symbols.MAX_BITS + 2];
    for (int length : lengths) {
      next[length + 1] += length > 0 ? 1 : 0;
    }
    for (int bits = 1; bits <= Symbols.MAX_BITS; bits++) {
      next[bits + 1] = next[bits] + next[bits + 1] << 1;
    }
    int[] codes = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0) {
        codes[i] = Integer.reverse(next[lengths[i]]++) >>> 32 - lengths[i];
      }
    }
    return codes;
  }

  /** How many bits the symbols take that are used so often. */
  long size(int[] counts) {
    long size = 0;
    for (int i = 0; i < counts.length; i++) {
      size += (long) counts[i] * lengths[i];
    }
    return size;
  }
}
