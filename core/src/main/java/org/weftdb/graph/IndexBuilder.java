package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;

/** Collects the entries of an index in ascending order of id, sorts them and builds the tree. */
final class IndexBuilder {
  /** Entries of a new page: room is left for a few more before it must be split. */
  private static final int FILL = IndexPage.MAX_ENTRIES * 7 / 8;

  private static final int SHORT_RUN = 8;

  private @Nullable Object[] values;
  private int[] ids;
  private int count;

  IndexBuilder(int expected) {
    values = new @Nullable Object[Math.max(16, expected)];
    ids = new int[values.length];
  }

  /** Adds an entry; those of equal values come by ascending ids. */
  void add(Object value, int id) {
    if (count == ids.length) {
      int longer = count + (count >> 1);
      values = Arrays.copyOf(values, longer);
      ids = Arrays.copyOf(ids, longer);
    }
    values[count] = value;
    ids[count++] = id;
  }

  int count() {
    return count;
  }

  int idAt(int at) {
    return ids[at];
  }

  /** Whether each entry sorts after the one before. */
  boolean isSorted() {
    for (int i = 1; i < count; i++) {
      int order = ValueOrder.compare(values[i - 1], values[i]);
      if (order > 0 || order == 0 && ids[i - 1] >= ids[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sorts by value; entries of equal values stay in their order. A merge sort from short runs. */
  void sort() {
    for (int from = 0; from < count; from += SHORT_RUN) {
      insertionSort(from, Math.min(count, from + SHORT_RUN));
    }
    @Nullable Object[] spareValues = new @Nullable Object[count];
    int[] spareIds = new int[count];
    for (long run = SHORT_RUN; run < count; run *= 2) {
      for (long from = 0; from < count; from += 2 * run) {
        int middle = (int) Math.min(count, from + run);
        merge((int) from, middle, (int) Math.min(count, from + 2 * run), spareValues, spareIds);
      }
      @Nullable Object[] sortedValues = spareValues;
      int[] sortedIds = spareIds;
      spareValues = values;
      spareIds = ids;
      values = sortedValues;
      ids = sortedIds;
    }
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      Object value = values[i];
      int id = ids[i];
      int at = i;
      while (at > from && ValueOrder.compare(values[at - 1], value) > 0) {
        values[at] = values[at - 1];
        ids[at] = ids[at - 1];
        at--;
      }
      values[at] = value;
      ids[at] = id;
    }
  }

  private void merge(int from, int middle, int to, @Nullable Object[] toValues, int[] toIds) {
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          right == to || left < middle && ValueOrder.compare(values[left], values[right]) <= 0;
      int taken = takeLeft ? left++ : right++;
      toValues[at] = values[taken];
      toIds[at] = ids[taken];
    }
  }

  /** The tree of the sorted entries, or null when there are none. */
  @Nullable IndexPage build(Editor owner) {
    if (count == 0) {
      return null;
    }
    int pages = (count + FILL - 1) / FILL;
    IndexPage[] level = new IndexPage[pages];
    for (int i = 0; i < pages; i++) {
      int from = (int) ((long) count * i / pages);
      int to = (int) ((long) count * (i + 1) / pages);
      IndexPage leaf = new IndexPage(owner, true);
      System.arraycopy(values, from, leaf.values, 0, to - from);
      System.arraycopy(ids, from, leaf.ids, 0, to - from);
      leaf.count = to - from;
      level[i] = leaf;
    }
    while (level.length > 1) {
      level = levelAbove(level, owner);
    }
    return level[0];
  }

  private static IndexPage[] levelAbove(IndexPage[] below, Editor owner) {
    int pages = (below.length + FILL - 1) / FILL;
    IndexPage[] level = new IndexPage[pages];
    for (int i = 0; i < pages; i++) {
      int from = (int) ((long) below.length * i / pages);
      int to = (int) ((long) below.length * (i + 1) / pages);
      IndexPage page = new IndexPage(owner, false);
      page.count = to - from;
      for (int at = from; at < to; at++) {
        page.setChild(at - from, below[at]);
        page.values[at - from] = IndexTree.firstValue(below[at]);
        page.ids[at - from] = IndexTree.firstId(below[at]);
      }
      level[i] = page;
    }
    return level;
  }
}
