package org.weftdb.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers distinct values 0, 1, 2, … in the order in which they first appear; two values are one
 * when they are {@linkplain ValueEquality#equivalent equivalent}.
 *
 * <p>This is the table for grouping and joining: what belongs to a group lies in arrays or lists of
 * the caller at the group's number. Open addressing with linear probing; integers are kept and
 * compared without objects. A key of several values is a {@code List}. For one thread.
 */
public final class ValueMap {
  private static final int FIRST_CAPACITY = 16;

  /** Stands in {@link #objects} for an integer, which is in {@link #longs}. */
  private static final Object INTEGER = new Object();

  /** For each slot the number of its value plus 1, or 0 when it is free; a power of two long. */
  private int[] slots = new int[FIRST_CAPACITY * 2];

  private int[] hashes = new int[FIRST_CAPACITY];
  private @Nullable Object[] objects = new Object[FIRST_CAPACITY];
  private long[] longs = new long[FIRST_CAPACITY];
  private int size;

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** The value with a number below {@link #size()}, as it was first added. */
  public @Nullable Object value(int index) {
    Object object = objects[index];
    return object == INTEGER ? (Object) longs[index] : object;
  }

  /** The number of a value, or -1. */
  public int indexOf(@Nullable Object value) {
    return value instanceof Long number
        ? indexOfLong(number)
        : find(value, spread(ValueEquality.hash(value)));
  }

  /** The number of an integer, or -1. */
  public int indexOfLong(long value) {
    return findLong(value, spread(ValueEquality.hash(value)));
  }

  /**
   * The number of a value, which is added when it is new and then has the number {@link #size()}.
   */
  public int indexOfOrAdd(@Nullable Object value) {
    if (value instanceof Long number) {
      return indexOfOrAddLong(number);
    }
    int hash = spread(ValueEquality.hash(value));
    int index = find(value, hash);
    return index >= 0 ? index : insert(value, 0, hash);
  }

  /** {@link #indexOfOrAdd} of an integer. */
  public int indexOfOrAddLong(long value) {
    int hash = spread(ValueEquality.hash(value));
    int index = findLong(value, hash);
    return index >= 0 ? index : insert(INTEGER, value, hash);
  }

  private int find(@Nullable Object value, int hash) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int index = slots[slot] - 1;
      if (hashes[index] == hash) {
        Object object = objects[index];
        if (object == INTEGER
            ? value instanceof Double number && Numbers.equal(longs[index], number)
            : ValueEquality.equivalent(object, value)) {
          return index;
        }
      }
    }
    return -1;
  }

  private int findLong(long value, int hash) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int index = slots[slot] - 1;
      if (hashes[index] == hash) {
        Object object = objects[index];
        if (object == INTEGER
            ? longs[index] == value
            : object instanceof Double number && Numbers.equal(value, number)) {
          return index;
        }
      }
    }
    return -1;
  }

  private int insert(@Nullable Object object, long number, int hash) {
    if (size == hashes.length) {
      grow();
    }
    int index = size++;
    hashes[index] = hash;
    objects[index] = object;
    longs[index] = number;
    occupy(hash, index);
    return index;
  }

  private void occupy(int hash, int index) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = index + 1;
  }

  private void grow() {
    int capacity = hashes.length * 2;
    hashes = Arrays.copyOf(hashes, capacity);
    objects = Arrays.copyOf(objects, capacity);
    longs = Arrays.copyOf(longs, capacity);
    slots = new int[capacity * 2];
    for (int i = 0; i < size; i++) {
      occupy(hashes[i], i);
    }
  }

  /** Consecutive integers and short strings differ in their low bits only; mixes all bits. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
