package org.weftdb.graph;

/**
 * A small set of page numbers: the pages that one editor owns. Its size follows the pages written
 * to, never the graph. Open addressing with linear probing; not shared between threads.
 */
final class PageSet {
  private static final int SMALLEST = 16;

  /** Slots hold the number plus one, 0 is free; the length is a power of two. */
  private int[] slots = new int[SMALLEST];

  private int size;

  boolean contains(int number) {
    int mask = slots.length - 1;
    int wanted = number + 1;
    for (int i = hash(number) & mask; ; i = i + 1 & mask) {
      int slot = slots[i];
      if (slot == wanted) {
        return true;
      }
      if (slot == 0) {
        return false;
      }
    }
  }

  /** Adds a number from 0 to 2^31 - 2; false when it was there. */
  boolean add(int number) {
    if (contains(number)) {
      return false;
    }
    if (size * 2 >= slots.length) {
      grow();
    }
    insert(number);
    size++;
    return true;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[old.length * 2];
    for (int slot : old) {
      if (slot != 0) {
        insert(slot - 1);
      }
    }
  }

  private void insert(int number) {
    int mask = slots.length - 1;
    int i = hash(number) & mask;
    while (slots[i] != 0) {
      i = i + 1 & mask;
    }
    slots[i] = number + 1;
  }

  private static int hash(int number) {
    int mixed = number * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
