package org.weftdb.graph;

import java.util.Arrays;

/**
 * An array of ints in pieces of 32 KiB, that can grow at its end. No piece is so long that a
 * garbage collector gives it a place of its own, which would begin a collection.
 */
final class IntChunks {
  private static final int BITS = 13;
  private static final int SIZE = 1 << BITS;
  private static final int MASK = SIZE - 1;

  private int[][] chunks;
  private int count;

  /** An array of so many zeros. */
  IntChunks(int count) {
    this.count = count;
    chunks = new int[Math.max(1, (count >>> BITS) + ((count & MASK) == 0 ? 0 : 1))][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new int[Math.min(SIZE, Math.max(16, count - (i << BITS)))];
    }
  }

  int count() {
    return count;
  }

  int get(int index) {
    return chunks[index >>> BITS][index & MASK];
  }

  void set(int index, int value) {
    chunks[index >>> BITS][index & MASK] = value;
  }

  void add(int value) {
    int chunk = count >>> BITS;
    int at = count & MASK;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunk);
    }
    if (at == 0 && chunk > 0) {
      chunks[chunk] = new int[SIZE];
    } else if (at == chunks[chunk].length) {
      chunks[chunk] = Arrays.copyOf(chunks[chunk], 2 * at);
    }
    chunks[chunk][at] = value;
    count++;
  }
}
