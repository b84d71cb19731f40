package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * Counts the pages that a {@link GraphView} reads for those who ask it: a page that is read twice
 * in a row for many entities at once counts once, otherwise each reading counts. Pages of an
 * index's inner levels and of long lists of relationships are not counted.
 *
 * <p>For one thread.
 */
public final class PageCounter {
  private long pages;

  /** The pages so far. */
  public long pages() {
    return pages;
  }

  void add(int read) {
    pages += read;
  }

  /** The pages on which the rows of a batch lie, each time the page changes. */
  void addRows(Vector ids, int @Nullable [] selection, int count) {
    long present = -1;
    for (int k = 0; k < count; k++) {
      int row = selection == null ? k : selection[k];
      if (!ids.isNull(row)) {
        long page = ids.longs[row] >>> IntPages.PAGE_BITS;
        pages += page == present ? 0 : 1;
        present = page;
      }
    }
  }

  /** The pages on which ids in an array lie. */
  void addIds(long[] ids, int offset, int count) {
    long present = -1;
    for (int i = offset; i < offset + count; i++) {
      long page = ids[i] >>> IntPages.PAGE_BITS;
      pages += page == present ? 0 : 1;
      present = page;
    }
  }
}
