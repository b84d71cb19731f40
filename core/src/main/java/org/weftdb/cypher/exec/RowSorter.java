package org.weftdb.cypher.exec;

/**
 * Sorts row numbers by some keys, all by a merge sort, the first few by a heap. Rows with equal
 * keys keep their order.
 */
final class RowSorter {
  private static final int RUN = 16;

  private RowSorter() {}

  /** The numbers of the rows 0 to {@code size} in the order of their keys. */
  static int[] sort(QueryState state, SortColumn[] keys, int size) {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i;
    }
    for (int start = 0; start < size; start += RUN) {
      state.work(RUN * RUN);
      sortRun(keys, rows, start, Math.min(start + RUN, size));
    }
    int[] from = rows;
    int[] to = new int[size];
    for (long width = RUN; width < size; width *= 2) {
      state.checkCancelled();
      for (long start = 0; start < size; start += 2 * width) {
        state.work((int) Math.min(2 * width, size));
        int middle = (int) Math.min(start + width, size);
        int end = (int) Math.min(start + 2 * width, size);
        merge(keys, from, (int) start, middle, end, to);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  /**
   * The numbers of the first {@code count} of the rows 0 to {@code size} in the order of their
   * keys.
   */
  static int[] first(QueryState state, SortColumn[] keys, int size, int count) {
    if (count > size / 8) {
      return sort(state, keys, size);
    }
    // A heap of the first rows so far, the last of them on top: most rows only look at that.
    int[] heap = new int[count];
    for (int row = 0; row < count; row++) {
      heap[row] = row;
    }
    state.work(size);
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(keys, heap, i, count);
    }
    for (int row = count; row < size; row++) {
      if (isBehind(keys, heap[0], row)) {
        heap[0] = row;
        sink(keys, heap, 0, count);
      }
    }
    for (int end = count - 1; end > 0; end--) {
      int last = heap[0];
      heap[0] = heap[end];
      heap[end] = last;
      sink(keys, heap, 0, end);
    }
    return heap;
  }

  private static void sink(SortColumn[] keys, int[] heap, int from, int size) {
    int row = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBehind(keys, heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBehind(keys, heap[child], row)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = row;
  }

  /** Whether a row comes after another one; of equal ones the one that came later. */
  private static boolean isBehind(SortColumn[] keys, int row, int other) {
    int compared = compare(keys, row, other);
    return compared == 0 ? row > other : compared > 0;
  }

  private static int compare(SortColumn[] keys, int a, int b) {
    for (SortColumn key : keys) {
      int compared = key.compare(a, b);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static void sortRun(SortColumn[] keys, int[] rows, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int j = i - 1;
      while (j >= start && compare(keys, rows[j], row) > 0) {
        rows[j + 1] = rows[j];
        j--;
      }
      rows[j + 1] = row;
    }
  }

  private static void merge(
      SortColumn[] keys, int[] from, int start, int middle, int end, int[] to) {
    if (middle >= end || compare(keys, from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          left < middle && (right >= end || compare(keys, from[left], from[right]) <= 0);
      to[i] = from[takeLeft ? left++ : right++];
    }
  }
}
