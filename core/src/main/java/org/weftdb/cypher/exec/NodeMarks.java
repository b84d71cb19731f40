package org.weftdb.cypher.exec;

import java.util.Arrays;

/**
 * Some nodes, of which it is asked many times whether one is among them: a Bloom filter of two bits
 * for each node, both in one word. It never denies a node that was added, and seldom takes another
 * for one.
 */
final class NodeMarks {
  private static final int WORDS_FOR_A_NODE = 2;
  private static final int LEAST_BITS = 5;

  /** As bits of the number of a word: 128 KiB, which stay in the processor's cache. */
  private static final int MOST_BITS = 15;

  /** 2^32 divided by the golden ratio: spreads ids that follow one another (Knuth). */
  private static final int FACTOR = 0x9E3779B9;

  private int[] words = {};
  private int shift;

  /** Whether so many are not too many to tell them from most others. */
  static boolean hold(int nodes) {
    return nodes <= 4 << MOST_BITS;
  }

  /** Forgets all, and makes room for so many. */
  void clear(int nodes) {
    int bits = LEAST_BITS;
    while (bits < MOST_BITS && 1 << bits < WORDS_FOR_A_NODE * nodes) {
      bits++;
    }
    shift = 32 - bits;
    if (words.length < 1 << bits) {
      words = new int[1 << bits];
    } else {
      Arrays.fill(words, 0, 1 << bits, 0);
    }
  }

  /** Adds a part of an array. */
  void add(int[] nodes, int from, int to) {
    for (int i = from; i < to; i++) {
      int hash = nodes[i] * FACTOR;
      words[hash >>> shift] |= bits(hash);
    }
  }

  private static int bits(int hash) {
    return 1 << (hash >>> 7) | 1 << (hash >>> 12);
  }

  /** The first place in a part of an array whose node may have been added, or its end. */
  int find(int[] nodes, int from, int to) {
    int[] marks = words;
    int by = shift;
    for (int i = from; i < to; i++) {
      int hash = nodes[i] * FACTOR;
      int bits = bits(hash);
      if ((marks[hash >>> by] & bits) == bits) {
        return i;
      }
    }
    return to;
  }
}
