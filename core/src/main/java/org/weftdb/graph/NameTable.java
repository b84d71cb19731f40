package org.weftdb.graph;

import java.util.Arrays;

/**
 * Names numbered from 0 in the order of their creation, found by open addressing. Frozen it is
 * immutable; {@link #edit} copies it, which is small beside the graph.
 */
final class NameTable {
  private static final int SMALLEST = 8;

  private String[] names;
  private int count;

  /** Slots hold the number plus one, 0 is free; a power of two, at most half full. */
  private int[] slots;

  private boolean frozen;

  NameTable() {
    this(new String[SMALLEST], 0, new int[2 * SMALLEST]);
  }

  private NameTable(String[] names, int count, int[] slots) {
    this.names = names;
    this.count = count;
    this.slots = slots;
  }

  /** This table, or a copy when it is frozen. */
  NameTable edit() {
    return frozen
        ? new NameTable(
            Arrays.copyOf(names, names.length), count, Arrays.copyOf(slots, slots.length))
        : this;
  }

  void freeze() {
    frozen = true;
  }

  int count() {
    return count;
  }

  /** The bytes of its names and their places. */
  long sizeBytes() {
    if (count == 0) {
      return 0;
    }
    long bytes = ObjectSize.references(names) + ObjectSize.ints(slots);
    for (int i = 0; i < count; i++) {
      bytes += ObjectSize.text(names[i]);
    }
    return bytes;
  }

  String name(int number) {
    if (number >= count) {
      throw new IndexOutOfBoundsException("name " + number + " of " + count);
    }
    return names[number];
  }

  /** The number of a name, or -1. */
  int find(String name) {
    int mask = slots.length - 1;
    for (int i = hash(name) & mask; slots[i] != 0; i = i + 1 & mask) {
      if (names[slots[i] - 1].equals(name)) {
        return slots[i] - 1;
      }
    }
    return -1;
  }

  /** Adds a name that is not there and returns its number. */
  int add(String name) {
    if (frozen) {
      throw new IllegalStateException("a frozen table of names");
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      slots = new int[slots.length * 2];
      for (int i = 0; i < count; i++) {
        place(i);
      }
    }
    names[count] = name;
    place(count);
    return count++;
  }

  private void place(int number) {
    int mask = slots.length - 1;
    int i = hash(names[number]) & mask;
    while (slots[i] != 0) {
      i = i + 1 & mask;
    }
    slots[i] = number + 1;
  }

  private static int hash(String name) {
    int mixed = name.hashCode() * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
