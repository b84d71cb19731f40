package org.weftdb.graph;

import java.util.Arrays;

/**
 * Entities that something was done to, such as what a constraint may forbid; an entity may be there
 * more than once.
 */
final class TouchedEntities {
  private int[] ids = {};
  private int count;

  void add(int id) {
    if (count > 0 && ids[count - 1] == id) {
      return;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(16, count * 2));
    }
    ids[count++] = id;
  }

  int count() {
    return count;
  }

  int id(int at) {
    return ids[at];
  }

  /** Forgets what came after there were so many. */
  void truncate(int length) {
    count = Math.min(count, length);
  }
}
