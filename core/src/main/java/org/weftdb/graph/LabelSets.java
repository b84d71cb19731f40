package org.weftdb.graph;

import java.util.Arrays;

/**
 * The sets of labels that nodes have or had, each once: numbered from 1 in the order of their
 * creation; 1 is the empty set, 0 stands for no node. Frozen it is immutable; {@link #edit} copies
 * it, which is small beside the graph.
 */
final class LabelSets {
  /** The set without labels. */
  static final int EMPTY_SET = 1;

  private static final int SMALLEST = 8;
  private static final int[] NO_LABELS = {};

  private int[][] sets;
  private int bound;

  /** Slots hold the number of a set, 0 is free; a power of two, at most half full. */
  private int[] slots;

  private boolean frozen;

  LabelSets() {
    this(new int[SMALLEST][], 1, new int[2 * SMALLEST]);
    sets[0] = NO_LABELS;
    add(NO_LABELS);
  }

  private LabelSets(int[][] sets, int bound, int[] slots) {
    this.sets = sets;
    this.bound = bound;
    this.slots = slots;
  }

  /** This table, or a copy when it is frozen. */
  LabelSets edit() {
    return frozen
        ? new LabelSets(Arrays.copyOf(sets, sets.length), bound, Arrays.copyOf(slots, slots.length))
        : this;
  }

  void freeze() {
    frozen = true;
  }

  /** The bytes of its sets; 0 as long as there is none but the empty one. */
  long sizeBytes() {
    if (bound <= EMPTY_SET + 1) {
      return 0;
    }
    long bytes = ObjectSize.references(sets) + ObjectSize.ints(slots);
    for (int set = EMPTY_SET + 1; set < bound; set++) {
      bytes += ObjectSize.ints(sets[set]);
    }
    return bytes;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** The numbers of all sets are below it. */
  int bound() {
    return bound;
  }

  /** The labels of a set in ascending order; none for a number that is no set's. */
  int[] labels(int set) {
    return set > 0 && set < bound ? sets[set] : NO_LABELS;
  }

  /** The number of a set of labels in strictly ascending order, or 0 when there is none. */
  int find(int[] labels) {
    int mask = slots.length - 1;
    for (int i = hash(labels) & mask; slots[i] != 0; i = i + 1 & mask) {
      if (Arrays.equals(sets[slots[i]], labels)) {
        return slots[i];
      }
    }
    return 0;
  }

  /** Adds a set that is not there, in strictly ascending order; the array is kept. */
  int add(int[] labels) {
    if (frozen) {
      throw new IllegalStateException("a frozen table of label sets");
    }
    if (bound == sets.length) {
      sets = Arrays.copyOf(sets, bound * 2);
      slots = new int[slots.length * 2];
      for (int i = 1; i < bound; i++) {
        place(i);
      }
    }
    sets[bound] = labels;
    place(bound);
    return bound++;
  }

  private void place(int set) {
    int mask = slots.length - 1;
    int i = hash(sets[set]) & mask;
    while (slots[i] != 0) {
      i = i + 1 & mask;
    }
    slots[i] = set;
  }

  private static int hash(int[] labels) {
    int hash = labels.length;
    for (int label : labels) {
      hash = (hash ^ label) * 0x9E3779B9;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  /** The labels with one more; the same array when it was there. */
  static int[] with(int[] labels, int label) {
    int at = Arrays.binarySearch(labels, label);
    if (at >= 0) {
      return labels;
    }
    int place = -at - 1;
    int[] more = new int[labels.length + 1];
    System.arraycopy(labels, 0, more, 0, place);
    more[place] = label;
    System.arraycopy(labels, place, more, place + 1, labels.length - place);
    return more;
  }

  /** The labels without one; the same array when it was not there. */
  static int[] without(int[] labels, int label) {
    int at = Arrays.binarySearch(labels, label);
    if (at < 0) {
      return labels;
    }
    int[] fewer = new int[labels.length - 1];
    System.arraycopy(labels, 0, fewer, 0, at);
    System.arraycopy(labels, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  /** The labels in strictly ascending order: the same array, or a copy. */
  static int[] normalized(int[] labels) {
    boolean ascending = true;
    for (int i = 1; i < labels.length; i++) {
      ascending &= labels[i - 1] < labels[i];
    }
    if (ascending) {
      return labels;
    }
    int[] sorted = Arrays.copyOf(labels, labels.length);
    Arrays.sort(sorted);
    int count = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[count - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }
}
