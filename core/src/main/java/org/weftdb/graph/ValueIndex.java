package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueComparison;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.ValueType;

/**
 * The index as a persistent B+ tree over (value, id) with pages of at most 64 entries. Inner pages
 * know how many entries are below each child, so every estimate is exact and costs two descents.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class ValueIndex extends Index {
  /** A page with fewer entries is joined with a neighbour when both fit into three quarters. */
  private static final int SMALL_PAGE = IndexPage.MAX_ENTRIES / 4;

  private static final int SAMPLED_LEAVES = 16;

  private final IndexDefinition definition;
  private final @Nullable Editor editor;
  private @Nullable IndexPage root;

  /** An empty index that the editor may write to. */
  ValueIndex(IndexDefinition definition, Editor editor) {
    this(definition, null, editor);
  }

  private ValueIndex(IndexDefinition definition, @Nullable IndexPage root, @Nullable Editor by) {
    this.definition = definition;
    this.root = root;
    this.editor = by;
  }

  /** A version that the editor may write to. */
  ValueIndex edit(Editor by) {
    return new ValueIndex(definition, root, by);
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  ValueIndex freeze() {
    return editor == null ? this : new ValueIndex(definition, root, null);
  }

  boolean isEditable() {
    return editor != null;
  }

  IndexDefinition definition() {
    return definition;
  }

  @Nullable IndexPage root() {
    return root;
  }

  /** Replaces the whole content. */
  void setRoot(@Nullable IndexPage newRoot) {
    root = newRoot;
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

  @Override
  public long size() {
    IndexPage page = root;
    return page == null ? 0 : page.size();
  }

  @Override
  public IndexCursor equal(@Nullable Object value) {
    if (value == null || !equalsItself(value)) {
      return TreeCursor.nothing();
    }
    return between(Edge.beforeValue(value), Edge.behindValue(value));
  }

  @Override
  public IndexCursor range(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive) {
    if (!isRange(lower, upper)) {
      return TreeCursor.nothing();
    }
    Edge from = lowerEdge(lower, lowerInclusive, upper);
    Edge to = upperEdge(upper, upperInclusive, lower);
    return lower instanceof List || upper instanceof List
        ? lists(from, to, lower, upper)
        : between(from, to);
  }

  @Override
  public IndexCursor prefix(String prefix) {
    return between(Edge.beforeValue(prefix), Edge.behindPrefix(prefix));
  }

  @Override
  public IndexCursor all() {
    IndexPage page = root;
    return page == null ? TreeCursor.nothing() : new TreeCursor(page, 0, page.size());
  }

  @Override
  public long estimateEqual(@Nullable Object value) {
    if (value == null || !equalsItself(value)) {
      return 0;
    }
    return Math.max(0, rank(Edge.behindValue(value)) - rank(Edge.beforeValue(value)));
  }

  @Override
  public long estimateRange(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive) {
    if (!isRange(lower, upper)) {
      return 0;
    }
    int from = rank(lowerEdge(lower, lowerInclusive, upper));
    return Math.max(0, rank(upperEdge(upper, upperInclusive, lower)) - from);
  }

  @Override
  public long estimatePrefix(String prefix) {
    return rank(Edge.behindPrefix(prefix)) - rank(Edge.beforeValue(prefix));
  }

  @Override
  public long estimateDistinct() {
    IndexPage page = root;
    if (page == null) {
      return 1;
    }
    long size = page.size();
    long seen = 0;
    long changes = 0;
    for (int i = 0; i < SAMPLED_LEAVES; i++) {
      IndexPage leaf = LeafPlace.of(page, (int) (size * i / SAMPLED_LEAVES)).leaf;
      seen += leaf.count;
      changes++;
      for (int at = 1; at < leaf.count; at++) {
        if (ValueOrder.compare(leaf.value(at - 1), leaf.value(at)) != 0) {
          changes++;
        }
      }
    }
    // The first entry of a leaf counts as a change, so a single value in many leaves is overrated.
    return changes == SAMPLED_LEAVES ? 1 : Math.max(1, size * changes / seen);
  }

  /** Whether the value is equal to itself: not so NaN and lists with it or null in them. */
  private static boolean equalsItself(Object value) {
    if (value instanceof Double number) {
      return number == number.doubleValue();
    }
    if (!(value instanceof List<?> list)) {
      return true;
    }
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      if (element == null || element instanceof List || !equalsItself(element)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are values that compare with both bounds. */
  private static boolean isRange(@Nullable Object lower, @Nullable Object upper) {
    if (lower == null && upper == null
        || lower != null && !isBound(lower)
        || upper != null && !isBound(upper)) {
      return false;
    }
    return lower == null
        || upper == null
        || ValueType.of(lower).rank() == ValueType.of(upper).rank();
  }

  private static boolean isBound(Object value) {
    return switch (ValueType.of(value)) {
      case STRING, BOOLEAN, INTEGER, LIST -> true;
      case ZONED_DATETIME, LOCAL_DATETIME, DATE, ZONED_TIME, LOCAL_TIME -> true;
      case FLOAT -> equalsItself(value);
      default -> false;
    };
  }

  private static Edge lowerEdge(@Nullable Object lower, boolean inclusive, @Nullable Object other) {
    if (lower == null) {
      return Edge.beforeType(ValueType.of(other).rank());
    }
    return inclusive ? Edge.beforeValue(lower) : Edge.behindValue(lower);
  }

  private static Edge upperEdge(@Nullable Object upper, boolean inclusive, @Nullable Object other) {
    if (upper == null) {
      ValueType type = ValueType.of(other);
      return type.isNumber() ? Edge.beforeValue(Double.NaN) : Edge.beforeType(type.rank() + 1);
    }
    return inclusive ? Edge.behindValue(upper) : Edge.beforeValue(upper);
  }

  /** Lists compare with a list only when their elements do, so each one has to be asked. */
  private IndexCursor lists(Edge from, Edge to, @Nullable Object lower, @Nullable Object upper) {
    IndexPage page = root;
    int first = rank(from);
    int last = rank(to);
    if (page == null || first >= last) {
      return TreeCursor.nothing();
    }
    int[] ids = new int[last - first];
    int count = 0;
    int rank = first;
    while (rank < last) {
      LeafPlace place = LeafPlace.of(page, rank);
      int end = Math.min(place.leaf.count, place.at + last - rank);
      for (int at = place.at; at < end; at++) {
        Object value = place.leaf.value(at);
        if (isComparable(value, lower) && isComparable(value, upper)) {
          ids[count++] = place.leaf.ids[at];
        }
      }
      rank += end - place.at;
    }
    return new ArrayCursor(ids, count);
  }

  private static boolean isComparable(Object value, @Nullable Object bound) {
    return bound == null || Math.abs(ValueComparison.compare(value, bound)) <= 1;
  }

  private IndexCursor between(Edge lower, Edge upper) {
    IndexPage page = root;
    if (page == null) {
      return TreeCursor.nothing();
    }
    while (!page.isLeaf()) {
      page = page.child(page.childAt(lower));
    }
    int from = page.lowerBound(lower);
    // Most often both ends are in one leaf and a step apart: then no rank need be known.
    for (int end = from; end < page.count && end < from + 2; end++) {
      if (!upper.isBehind(page.value(end), page.ids[end])) {
        return new TreeCursor(page, from, end);
      }
    }
    if (page.count > from
        && !upper.isBehind(page.value(page.count - 1), page.ids[page.count - 1])) {
      return new TreeCursor(page, from, page.lowerBound(upper));
    }
    int first = rank(lower);
    int last = rank(upper);
    return first < last && root != null ? new TreeCursor(root, first, last) : TreeCursor.nothing();
  }

  /** The number of entries before an edge. */
  private int rank(Edge edge) {
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

  /** A place in a leaf. */
  private static final class LeafPlace {
    final IndexPage leaf;
    final int at;

    private LeafPlace(IndexPage leaf, int at) {
      this.leaf = leaf;
      this.at = at;
    }

    /** Where the entry of a rank is, which must be below the size of the tree. */
    static LeafPlace of(IndexPage tree, int rank) {
      IndexPage page = tree;
      int left = rank;
      while (!page.isLeaf()) {
        int at = 0;
        while (left >= page.sizes[at]) {
          left -= page.sizes[at++];
        }
        page = page.child(at);
      }
      return new LeafPlace(page, left);
    }
  }

  /** Walks the entries of a tree from one rank to another, leaf by leaf. */
  private static final class TreeCursor implements IndexCursor {
    private static final int[] NONE = {};

    private final @Nullable IndexPage tree;
    private int rank;
    private final int end;

    TreeCursor(@Nullable IndexPage tree, int from, int to) {
      this.tree = tree;
      this.rank = from;
      this.end = to;
    }

    static TreeCursor nothing() {
      return new TreeCursor(null, 0, 0);
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      while (rank < end && written < max) {
        IndexPage page = tree;
        if (page == null) {
          return written;
        }
        LeafPlace place = LeafPlace.of(page, rank);
        int count = Math.min(Math.min(place.leaf.count - place.at, end - rank), max - written);
        for (int i = 0; i < count; i++) {
          out[offset + written + i] = place.leaf.ids[place.at + i];
        }
        written += count;
        rank += count;
      }
      return written;
    }
  }

  /** Gives ids out of an array. */
  private static final class ArrayCursor implements IndexCursor {
    private final int[] ids;
    private final int end;
    private int at;

    ArrayCursor(int[] ids, int end) {
      this.ids = ids;
      this.end = end;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int count = Math.min(max, end - at);
      for (int i = 0; i < count; i++) {
        out[offset + i] = ids[at++];
      }
      return count;
    }
  }
}
