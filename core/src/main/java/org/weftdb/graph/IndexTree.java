package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;

/**
 * A persistent B+ tree over (value, id) with pages of at most 64 entries. Inner pages know how many
 * entries are below each child, so the number of entries between two edges is exact and costs two
 * descents.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class IndexTree {
  /** A page with fewer entries is joined with a neighbour when both fit into three quarters. */
  private static final int SMALL_PAGE = IndexPage.MAX_ENTRIES / 4;

  private final @Nullable Editor editor;
  private @Nullable IndexPage root;

  /** A tree that the editor may write to, or a frozen one. */
  IndexTree(@Nullable IndexPage root, @Nullable Editor by) {
    this.root = root;
    this.editor = by;
  }

  boolean isEditable() {
    return editor != null;
  }

  @Nullable IndexPage root() {
    return root;
  }

  /**
   * The bytes of its pages and of the numbers and lists in them. Texts are those of the properties.
   */
  long sizeBytes() {
    return root == null ? 0 : root.sizeBytes();
  }

  // ---- Writing ----------------------------------------------------------------------------------

  /** Adds an entry that is not there yet. */
  void insert(Object value, int id) {
    Editor by = checkEditable();
    IndexPage page = root;
    if (page == null) {
      page = new IndexPage(by, true);
    }
    page = page.ownedBy(by);
    root = page;
    IndexPage right = insert(page, Edge.behindEntry(value, id), value, id, true);
    if (right != null) {
      IndexPage above = new IndexPage(by, false);
      above.count = 2;
      above.setChild(0, page);
      above.setChild(1, right);
      above.values[1] = firstValue(right);
      above.ids[1] = firstId(right);
      root = above;
    }
  }

  /**
   * Adds below an owned page; returns the page split off to its right, if any.
   *
   * @param edge behind the entry: a child begins with the entry that separates it from the one
   *     before
   */
  private @Nullable IndexPage insert(
      IndexPage page, Edge edge, Object value, int id, boolean last) {
    Editor by = checkEditable();
    if (page.isLeaf()) {
      int at = page.lowerBound(edge);
      IndexPage right = null;
      IndexPage target = page;
      if (page.count == IndexPage.MAX_ENTRIES) {
        right = split(page, last && at == page.count, by);
        if (at > page.count || right.count == 0) {
          target = right;
          at -= page.count;
        }
      }
      target.open(at);
      target.values[at] = value;
      target.ids[at] = id;
      return right;
    }
    int at = page.childAt(edge);
    IndexPage child = page.child(at).ownedBy(by);
    IndexPage grown = insert(child, edge, value, id, last && at == page.count - 1);
    page.setChild(at, child);
    if (grown == null) {
      return null;
    }
    IndexPage right = null;
    IndexPage target = page;
    int place = at + 1;
    if (page.count == IndexPage.MAX_ENTRIES) {
      right = split(page, last && place == page.count, by);
      if (place > page.count || right.count == 0) {
        target = right;
        place -= page.count;
      }
    }
    target.open(place);
    target.setChild(place, grown);
    target.values[place] = firstValue(grown);
    target.ids[place] = firstId(grown);
    return right;
  }

  /** Splits a full page: in half, or with nothing to the right when it grows at its end. */
  private static IndexPage split(IndexPage page, boolean growsAtEnd, Editor by) {
    IndexPage right = new IndexPage(by, page.isLeaf());
    page.moveTo(right, growsAtEnd ? page.count : page.count / 2);
    return right;
  }

  static Object firstValue(IndexPage page) {
    return page.isLeaf() ? page.value(0) : firstValue(page.child(0));
  }

  static int firstId(IndexPage page) {
    return page.isLeaf() ? page.ids[0] : firstId(page.child(0));
  }

  /** Removes an entry; false when it is not there. */
  boolean remove(Object value, int id) {
    Editor by = checkEditable();
    IndexPage page = root;
    if (page == null) {
      return false;
    }
    page = page.ownedBy(by);
    root = page;
    boolean removed = remove(page, Edge.behindEntry(value, id), value, id);
    while (!page.isLeaf() && page.count == 1) {
      page = page.child(0);
    }
    root = page.count == 0 ? null : page;
    return removed;
  }

  private boolean remove(IndexPage page, Edge edge, Object value, int id) {
    if (page.isLeaf()) {
      int at = page.lowerBound(edge) - 1;
      if (at < 0 || page.ids[at] != id || ValueOrder.compare(page.value(at), value) != 0) {
        return false;
      }
      page.close(at);
      return true;
    }
    Editor by = checkEditable();
    int at = page.childAt(edge);
    IndexPage child = page.child(at).ownedBy(by);
    boolean removed = remove(child, edge, value, id);
    page.setChild(at, child);
    if (child.count == 0) {
      page.close(at);
    } else if (child.count < SMALL_PAGE) {
      joinWithNeighbour(page, at, by);
    }
    return removed;
  }

  private static void joinWithNeighbour(IndexPage page, int at, Editor by) {
    int left = at > 0 ? at - 1 : at;
    if (left + 1 >= page.count
        || page.child(left).count + page.child(left + 1).count > IndexPage.MAX_ENTRIES / 4 * 3) {
      return;
    }
    IndexPage target = page.child(left).ownedBy(by);
    IndexPage source = page.child(left + 1).ownedBy(by);
    if (!source.isLeaf()) {
      // What separates a first child was not looked at until now.
      source.values[0] = page.values[left + 1];
      source.ids[0] = page.ids[left + 1];
    }
    source.moveTo(target, 0);
    page.setChild(left, target);
    page.close(left + 1);
  }

  private Editor checkEditable() {
    Editor by = editor;
    if (by == null) {
      throw new IllegalStateException("a frozen index");
    }
    return by;
  }

  // ---- Reading ----------------------------------------------------------------------------------

  long size() {
    IndexPage page = root;
    return page == null ? 0 : page.size();
  }

  /** Whether there is an entry. */
  boolean contains(Object value, int id) {
    IndexPage page = root;
    if (page == null) {
      return false;
    }
    Edge edge = Edge.behindEntry(value, id);
    while (!page.isLeaf()) {
      page = page.child(page.childAt(edge));
    }
    int at = page.lowerBound(edge) - 1;
    return at >= 0 && page.ids[at] == id && ValueOrder.compare(page.value(at), value) == 0;
  }

  /** The entries between two edges, from the first or from the last. */
  IndexCursor between(Edge lower, Edge upper, boolean descending) {
    IndexPage page = root;
    if (page == null) {
      return IndexCursors.nothing();
    }
    while (!page.isLeaf()) {
      page = page.child(page.childAt(lower));
    }
    int from = page.lowerBound(lower);
    // Most often both ends are in one leaf and a step apart: then no rank need be known.
    for (int end = from; end < page.count && end < from + 2; end++) {
      if (!upper.isBehind(page.value(end), page.ids[end])) {
        return IndexCursors.of(page, from, end, descending);
      }
    }
    if (page.count > from
        && !upper.isBehind(page.value(page.count - 1), page.ids[page.count - 1])) {
      return IndexCursors.of(page, from, page.lowerBound(upper), descending);
    }
    return IndexCursors.of(root, rank(lower), rank(upper), descending);
  }

  /** The ids that a cursor gives, which are so many. */
  static int[] ids(IndexCursor cursor, int count) {
    long[] batch = new long[Math.max(1, Math.min(1024, count))];
    int[] ids = new int[count];
    int at = 0;
    for (int n = cursor.fill(batch, 0, batch.length); n > 0; ) {
      for (int i = 0; i < n; i++) {
        ids[at++] = (int) batch[i];
      }
      n = cursor.fill(batch, 0, batch.length);
    }
    return ids;
  }

  /** All entries. */
  IndexCursor all(boolean descending) {
    return IndexCursors.of(root, 0, (int) size(), descending);
  }

  /** The number of entries between two edges. */
  int count(Edge lower, Edge upper) {
    return Math.max(0, rank(upper) - rank(lower));
  }

  /** The number of entries before an edge. */
  int rank(Edge edge) {
    IndexPage page = root;
    if (page == null) {
      return 0;
    }
    int rank = 0;
    while (!page.isLeaf()) {
      int at = page.childAt(edge);
      for (int i = 0; i < at; i++) {
        rank += page.sizes[i];
      }
      page = page.child(at);
    }
    return rank + page.lowerBound(edge);
  }

  /** The leaf with the entry of a rank, which must be below the size, and its place there. */
  @Nullable Place placeOf(int rank) {
    IndexPage page = root;
    return page == null ? null : Place.of(page, rank);
  }

  /** A place in a leaf. */
  record Place(IndexPage leaf, int at) {
    /** Where the entry of a rank is, which must be below the size of the tree. */
    static Place of(IndexPage tree, int rank) {
      IndexPage page = tree;
      int left = rank;
      while (!page.isLeaf()) {
        int at = 0;
        while (left >= page.sizes[at]) {
          left -= page.sizes[at++];
        }
        page = page.child(at);
      }
      return new Place(page, left);
    }
  }
}
