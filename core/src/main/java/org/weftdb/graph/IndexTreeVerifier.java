package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;

/** Checks the pages of an index's tree, whatever its entries are of. */
final class IndexTreeVerifier {
  /** More levels than a tree of 2^31 entries can have. */
  private static final int MOST_LEVELS = 40;

  private final String name;
  private final Findings findings;

  /** The last entry met on the way through the tree. */
  private @Nullable Object lastValue;

  private int lastId;

  private IndexTreeVerifier(String name, Findings findings) {
    this.name = name;
    this.findings = findings;
  }

  /** Checks a tree; false when it is not sound. */
  static boolean check(@Nullable IndexPage root, String name, Findings findings) {
    return root == null || new IndexTreeVerifier(name, findings).height(root, MOST_LEVELS) >= 0;
  }

  /**
   * Checks a page and those below it, from the first entry to the last.
   *
   * @return the levels below, or -1 after a finding
   */
  private int height(IndexPage page, int mostLevels) {
    if (page.count < 1 || page.count > IndexPage.MAX_ENTRIES || mostLevels == 0) {
      return broken("a page of " + page.count + " entries");
    }
    if (page.isLeaf()) {
      for (int i = 0; i < page.count; i++) {
        if (!isBehindLast(page.value(i), page.ids[i])) {
          return broken("entries that are not in order");
        }
        lastValue = page.value(i);
        lastId = page.ids[i];
      }
      return 0;
    }
    int height = -1;
    for (int i = 0; i < page.count; i++) {
      IndexPage child = page.child(i);
      if (child.size() != page.sizes[i]) {
        return broken("a page of another size than is said above it");
      }
      // A separator is behind all that comes before it and not behind what it begins.
      if (i > 0 && !isBehindLast(page.value(i), page.ids[i])) {
        return broken("a separator that is not in order");
      }
      int below = height(child, mostLevels - 1);
      if (below < 0) {
        return -1;
      }
      if (i > 0 && below != height) {
        return broken("leaves at different depths");
      }
      if (i > 0 && isBefore(IndexTree.firstValue(child), IndexTree.firstId(child), page, i)) {
        return broken("a separator behind what it begins");
      }
      height = below;
    }
    return height + 1;
  }

  private int broken(String what) {
    findings.add("index '" + name + "' has " + what);
    return -1;
  }

  private boolean isBehindLast(Object value, int id) {
    int order = lastValue == null ? -1 : ValueOrder.compare(lastValue, value);
    return order < 0 || order == 0 && lastId < id;
  }

  private static boolean isBefore(Object value, int id, IndexPage page, int separator) {
    int order = ValueOrder.compare(value, page.value(separator));
    return order < 0 || order == 0 && id < page.ids[separator];
  }
}
