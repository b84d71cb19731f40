package org.weftdb.cypher.exec;

import java.util.Arrays;

/** A set of numbers from 0 upward, by open addressing. */
final class IntSet {
  private static final int EMPTY = -1;
  private int[] table = new int[16];
  private int size;

  IntSet() {
    Arrays.fill(table, EMPTY);
  }

  boolean contains(int value) {
    return table[position(value)] == value;
  }

  /** Adds a number; false when it is there already. */
  boolean add(int value) {
    int position = position(value);
    if (table[position] == value) {
      return false;
    }
    table[position] = value;
    size++;
    if (size * 2 > table.length) {
      grow();
    }
    return true;
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(table, EMPTY);
      size = 0;
    }
  }

  private int position(int value) {
    int mask = table.length - 1;
    int position = Hashes.mix(value) & mask;
    while (table[position] != EMPTY && table[position] != value) {
      position = position + 1 & mask;
    }
    return position;
  }

  private void grow() {
    int[] old = table;
    table = new int[old.length * 2];
    Arrays.fill(table, EMPTY);
    for (int value : old) {
      if (value != EMPTY) {
        table[position(value)] = value;
      }
    }
  }
}
