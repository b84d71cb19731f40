package org.weftdb.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an index's B+ tree.
 *
 * <p>A leaf holds {@code count} entries (value, id) in their order. An inner page holds {@code
 * count} children with the number of entries below each; (value, id) i is at most the first entry
 * below child i and more than the last one below child i - 1, for i from 1 on; what stands at 0 is
 * not looked at.
 */
final class IndexPage extends Page {
  static final int MAX_ENTRIES = 64;

  int count;
  final @Nullable Object[] values;
  final int[] ids;

  /** The children, or null in a leaf. */
  final @Nullable IndexPage @Nullable [] children;

  /** The number of entries below each child, empty in a leaf. */
  final int[] sizes;

  private static final int[] NO_SIZES = {};

  IndexPage(Editor owner, boolean leaf) {
    super(owner);
    values = new @Nullable Object[MAX_ENTRIES];
    ids = new int[MAX_ENTRIES];
    children = leaf ? null : new @Nullable IndexPage[MAX_ENTRIES];
    sizes = leaf ? NO_SIZES : new int[MAX_ENTRIES];
  }

  private IndexPage(Editor owner, IndexPage source) {
    super(owner);
    count = source.count;
    values = Arrays.copyOf(source.values, MAX_ENTRIES);
    ids = Arrays.copyOf(source.ids, MAX_ENTRIES);
    @Nullable IndexPage[] below = source.children;
    children = below == null ? null : Arrays.copyOf(below, MAX_ENTRIES);
    sizes = below == null ? NO_SIZES : Arrays.copyOf(source.sizes, MAX_ENTRIES);
  }

  boolean isLeaf() {
    return children == null;
  }

  IndexPage child(int at) {
    @Nullable IndexPage[] below = children;
    IndexPage child = below == null ? null : below[at];
    if (child == null) {
      throw new IllegalStateException("an index page has no child " + at);
    }
    return child;
  }

  void setChild(int at, IndexPage child) {
    @Nullable IndexPage[] below = children;
    if (below == null) {
      throw new IllegalStateException("a leaf has no children");
    }
    below[at] = child;
    sizes[at] = child.size();
  }

  Object value(int at) {
    Object value = values[at];
    if (value == null) {
      throw new IllegalStateException("an index page has no entry " + at);
    }
    return value;
  }

  /** The entries in and below this page. */
  int size() {
    if (isLeaf()) {
      return count;
    }
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += sizes[i];
    }
    return size;
  }

  /** The bytes of this page and those below it, and of the values that only they have. */
  long sizeBytes() {
    long bytes = ObjectSize.object(24) + ObjectSize.references(values) + ObjectSize.ints(ids);
    if (isLeaf()) {
      return bytes + (count == 0 ? 0 : count * ownBytes(value(0)));
    }
    bytes += ObjectSize.array(MAX_ENTRIES, ObjectSize.REFERENCE) + ObjectSize.ints(sizes);
    if (child(0).isLeaf()) {
      // All leaves have arrays of the same lengths: one stands for its neighbours.
      return bytes + count * child(0).sizeBytes();
    }
    for (int i = 0; i < count; i++) {
      bytes += child(i).sizeBytes();
    }
    return bytes;
  }

  /** What a value takes that no property has as an object. */
  private static long ownBytes(Object value) {
    if (value instanceof List<?> list) {
      return ObjectSize.object(12)
          + ObjectSize.array(list.size(), ObjectSize.REFERENCE + ObjectSize.NUMBER);
    }
    return value instanceof Long || value instanceof Double ? ObjectSize.NUMBER : 0;
  }

  /** This page, or a copy for the editor to change. */
  IndexPage ownedBy(Editor editor) {
    if (owner == editor) {
      return this;
    }
    editor.copied(MAX_ENTRIES);
    return new IndexPage(editor, this);
  }

  /** The first entry of a leaf that is not before the edge, or its count. */
  int lowerBound(Edge edge) {
    return firstNotBefore(0, edge);
  }

  /** The child of an inner page below which the edge is. */
  int childAt(Edge edge) {
    return firstNotBefore(1, edge) - 1;
  }

  private int firstNotBefore(int from, Edge edge) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (edge.isBehind(value(middle), ids[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes room for one more at a place of a page that is not full. */
  void open(int at) {
    int moved = count - at;
    System.arraycopy(values, at, values, at + 1, moved);
    System.arraycopy(ids, at, ids, at + 1, moved);
    @Nullable IndexPage[] below = children;
    if (below != null) {
      System.arraycopy(below, at, below, at + 1, moved);
      System.arraycopy(sizes, at, sizes, at + 1, moved);
    }
    count++;
  }

  /** Takes out what is at a place. */
  void close(int at) {
    int moved = count - at - 1;
    System.arraycopy(values, at + 1, values, at, moved);
    System.arraycopy(ids, at + 1, ids, at, moved);
    values[count - 1] = null;
    @Nullable IndexPage[] below = children;
    if (below != null) {
      System.arraycopy(below, at + 1, below, at, moved);
      System.arraycopy(sizes, at + 1, sizes, at, moved);
      below[count - 1] = null;
    }
    count--;
  }

  /** Moves what is from a place on to the end of another page of the same kind. */
  void moveTo(IndexPage target, int from) {
    int moved = count - from;
    System.arraycopy(values, from, target.values, target.count, moved);
    System.arraycopy(ids, from, target.ids, target.count, moved);
    @Nullable IndexPage[] below = children;
    @Nullable IndexPage[] targetBelow = target.children;
    if (below != null && targetBelow != null) {
      System.arraycopy(below, from, targetBelow, target.count, moved);
      System.arraycopy(sizes, from, target.sizes, target.count, moved);
      Arrays.fill(below, from, count, null);
    }
    Arrays.fill(values, from, count, null);
    target.count += moved;
    count = from;
  }
}
