package org.weftdb.graph;

import java.util.Arrays;

/**
 * Adjacency entries in three parallel arrays, sorted within ranges by (type, neighbour,
 * relationship), with the searches and shifts that both the pages and the chunks of hubs need.
 */
abstract class Entries extends Page {
  int[] types;
  int[] neighbours;
  int[] relationships;

  Entries(Editor owner, int capacity) {
    super(owner);
    types = new int[capacity];
    neighbours = new int[capacity];
    relationships = new int[capacity];
  }

  final int capacity() {
    return types.length;
  }

  /** The bytes of this object and of the three arrays. */
  final long arrayBytes() {
    return ObjectSize.object(24) + 3 * ObjectSize.ints(types);
  }

  /** The first place in a range whose entry is not before (type, neighbour, relationship). */
  final int lowerBound(int from, int to, int type, int neighbour, int relationship) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = low + high >>> 1;
      if (isBefore(middle, type, neighbour, relationship)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the entry at a place sorts before (type, neighbour, relationship). */
  final boolean isBefore(int at, int type, int neighbour, int relationship) {
    int difference = types[at] - type;
    if (difference == 0) {
      difference = neighbours[at] - neighbour;
      if (difference == 0) {
        difference = relationships[at] - relationship;
      }
    }
    return difference < 0;
  }

  /** Puts an entry at a place, moving those from there to {@code used} one up. */
  final void insertAt(int at, int used, int type, int neighbour, int relationship) {
    if (used == types.length) {
      reserve(used + 1);
    }
    int moved = used - at;
    if (moved > 0) {
      System.arraycopy(types, at, types, at + 1, moved);
      System.arraycopy(neighbours, at, neighbours, at + 1, moved);
      System.arraycopy(relationships, at, relationships, at + 1, moved);
    }
    types[at] = type;
    neighbours[at] = neighbour;
    relationships[at] = relationship;
  }

  /** Takes a range out, moving those from its end to {@code used} down. */
  final void removeRange(int from, int to, int used) {
    int moved = used - to;
    System.arraycopy(types, to, types, from, moved);
    System.arraycopy(neighbours, to, neighbours, from, moved);
    System.arraycopy(relationships, to, relationships, from, moved);
  }

  /** Copies entries of another into this one's arrays. */
  final void copyEntries(Entries source, int from, int at, int count) {
    System.arraycopy(source.types, from, types, at, count);
    System.arraycopy(source.neighbours, from, neighbours, at, count);
    System.arraycopy(source.relationships, from, relationships, at, count);
  }

  /** Makes room for at least so many entries, with some to spare. */
  final void reserve(int entries) {
    int capacity = types.length;
    if (entries > capacity) {
      int wanted = Math.max(entries, capacity + (capacity >> 2) + 8);
      types = Arrays.copyOf(types, wanted);
      neighbours = Arrays.copyOf(neighbours, wanted);
      relationships = Arrays.copyOf(relationships, wanted);
    }
  }
}
