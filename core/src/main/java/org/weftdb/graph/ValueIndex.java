package org.weftdb.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.PointBox;
import org.weftdb.value.ValueComparison;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.ValueType;

/**
 * The index as a persistent tree over the entries that {@link IndexEntries} makes of properties.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class ValueIndex extends Index {
  private static final int SAMPLED_LEAVES = 16;

  private final IndexDefinition definition;
  private final IndexTree tree;

  /** The key of an index on one, else -1: each change of a property asks for it. */
  private final int onlyKey;

  /** An empty index that the editor may write to. */
  ValueIndex(IndexDefinition definition, Editor editor) {
    this(definition, new IndexTree(null, editor));
  }

  ValueIndex(IndexDefinition definition, IndexTree tree) {
    this.definition = definition;
    this.tree = tree;
    this.onlyKey = definition.keys().size() == 1 ? definition.keys().get(0) : -1;
  }

  /** A version that the editor may write to. */
  ValueIndex edit(Editor by) {
    return new ValueIndex(definition, new IndexTree(tree.root(), by));
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  ValueIndex freeze() {
    return tree.isEditable() ? new ValueIndex(definition, new IndexTree(tree.root(), null)) : this;
  }

  boolean isEditable() {
    return tree.isEditable();
  }

  IndexDefinition definition() {
    return definition;
  }

  /** Whether a property key is one of its keys. */
  boolean hasKey(int key) {
    return onlyKey == key || onlyKey < 0 && definition.hasKey(key);
  }

  @Nullable IndexPage root() {
    return tree.root();
  }

  /** The bytes of its pages and of what they have for themselves. */
  long sizeBytes() {
    return tree.sizeBytes();
  }

  /** Adds an entry that is not there yet. */
  void insert(Object value, int id) {
    tree.insert(value, id);
  }

  /** Removes an entry; false when it is not there. */
  boolean remove(Object value, int id) {
    return tree.remove(value, id);
  }

  /** Whether there is an entry. */
  boolean contains(Object value, int id) {
    return tree.contains(value, id);
  }

  // ---- Reading ----------------------------------------------------------------------------------

  @Override
  public long size() {
    return tree.size();
  }

  @Override
  public IndexCursor find(List<KeyRange> keys, boolean descending) {
    List<Object> first = equalValues(keys);
    if (first == null) {
      return IndexCursors.nothing();
    }
    KeyRange last = keys.get(keys.size() - 1);
    int place = keys.size() - 1;
    if (last instanceof KeyRange.Between range) {
      return between(first, range, place, descending);
    }
    Edge from = lowerEdge(first, last);
    Edge to = upperEdge(first, last);
    return from == null || to == null ? IndexCursors.nothing() : tree.between(from, to, descending);
  }

  @Override
  public long estimate(List<KeyRange> keys) {
    List<Object> first = equalValues(keys);
    if (first == null) {
      return 0;
    }
    Edge from = lowerEdge(first, keys.get(keys.size() - 1));
    Edge to = upperEdge(first, keys.get(keys.size() - 1));
    return from == null || to == null ? 0 : tree.count(from, to);
  }

  /** The values that all keys but the last are to have, or null when nothing can have them. */
  private @Nullable List<Object> equalValues(List<KeyRange> keys) {
    if (keys.isEmpty() || keys.size() > definition.keys().size()) {
      throw new IllegalArgumentException(keys.size() + " keys of " + definition);
    }
    if (keys.size() == 1) {
      return List.of();
    }
    List<Object> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size() - 1; i++) {
      Object value = keys.get(i) instanceof KeyRange.Equal equal ? equal.value() : null;
      if (value == null || !equalsItself(value)) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  private boolean isTuple() {
    return definition.keys().size() > 1;
  }

  /** An edge of the value behind the first ones. */
  private Edge edge(List<Object> first, Edge next) {
    return isTuple() ? Edge.inTuples(first, next) : next;
  }

  private @Nullable Edge lowerEdge(List<Object> first, KeyRange last) {
    return switch (last) {
      case KeyRange.Equal equal -> {
        Object value = equal.value();
        yield value != null && isFound(value) ? edge(first, Edge.beforeValue(value)) : null;
      }
      case KeyRange.Between range ->
          isRange(range.lower(), range.upper())
              ? edge(first, lowerEdge(range.lower(), range.lowerInclusive(), range.upper()))
              : null;
      case KeyRange.Prefix prefix -> edge(first, Edge.beforeValue(prefix.prefix()));
      case KeyRange.Any any -> isTuple() ? Edge.beforeTuples(first) : Edge.beforeType(0);
    };
  }

  private @Nullable Edge upperEdge(List<Object> first, KeyRange last) {
    return switch (last) {
      case KeyRange.Equal equal -> {
        Object value = equal.value();
        yield value != null && isFound(value) ? edge(first, Edge.behindValue(value)) : null;
      }
      case KeyRange.Between range ->
          isRange(range.lower(), range.upper())
              ? edge(first, upperEdge(range.upper(), range.upperInclusive(), range.lower()))
              : null;
      case KeyRange.Prefix prefix -> edge(first, Edge.behindPrefix(prefix.prefix()));
      case KeyRange.Any any ->
          isTuple() ? Edge.behindTuples(first) : Edge.beforeType(Integer.MAX_VALUE);
    };
  }

  private static boolean isFound(@Nullable Object value) {
    return value != null && equalsItself(value);
  }

  private IndexCursor between(
      List<Object> first, KeyRange.Between range, int place, boolean descending) {
    Edge from = lowerEdge(first, range);
    Edge to = upperEdge(first, range);
    if (from == null || to == null) {
      return IndexCursors.nothing();
    }
    return range.lower() instanceof List || range.upper() instanceof List
        ? lists(tree.rank(from), tree.rank(to), range, place, descending)
        : tree.between(from, to, descending);
  }

  /** Lists compare with a list only when their elements do, so each one has to be asked. */
  private IndexCursor lists(
      int first, int last, KeyRange.Between range, int place, boolean descending) {
    int[] ids = new int[Math.max(0, last - first)];
    int count = 0;
    for (int rank = first; rank < last; ) {
      IndexTree.Place found = tree.placeOf(rank);
      if (found == null) {
        break;
      }
      IndexPage leaf = found.leaf();
      int end = Math.min(leaf.count, found.at() + last - rank);
      for (int at = found.at(); at < end; at++) {
        Object value = leaf.value(at);
        if (isTuple() && value instanceof List<?> tuple) {
          value = tuple.get(place);
        }
        if (isComparable(value, range.lower()) && isComparable(value, range.upper())) {
          ids[count++] = leaf.ids[at];
        }
      }
      rank += end - found.at();
    }
    if (descending) {
      for (int i = 0; i < count / 2; i++) {
        int other = ids[i];
        ids[i] = ids[count - 1 - i];
        ids[count - 1 - i] = other;
      }
    }
    return IndexCursors.of(ids, count);
  }

  private static boolean isComparable(@Nullable Object value, @Nullable Object bound) {
    return bound == null || Math.abs(ValueComparison.compare(value, bound)) <= 1;
  }

  @Override
  public IndexCursor containing(String part) {
    if (part.length() > IndexEntries.GRAM) {
      return new GramSearch(tree, part).find();
    }
    Edge from = IndexEntries.beforeGrams(part);
    Edge to = IndexEntries.behindGrams(part);
    if (part.isEmpty() || part.length() == IndexEntries.GRAM) {
      return tree.between(from, to, false);
    }
    int[] ids = IndexTree.ids(tree.between(from, to, false), tree.count(from, to));
    Arrays.sort(ids);
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (i == 0 || ids[i] != ids[i - 1]) {
        ids[count++] = ids[i];
      }
    }
    return IndexCursors.of(ids, count);
  }

  @Override
  public long estimateContaining(String part) {
    return part.length() > IndexEntries.GRAM
        ? new GramSearch(tree, part).fewest()
        : tree.count(IndexEntries.beforeGrams(part), IndexEntries.behindGrams(part));
  }

  @Override
  public IndexCursor within(PointBox box) {
    return new PointSearch(tree, box).find();
  }

  @Override
  public long estimateWithin(PointBox box) {
    return new PointSearch(tree, box).count();
  }

  @Override
  public long estimateDistinct(int keys) {
    IndexPage page = tree.root();
    if (page == null) {
      return 1;
    }
    boolean part = keys < definition.keys().size();
    long size = page.size();
    long seen = 0;
    long changes = 0;
    for (int i = 0; i < SAMPLED_LEAVES; i++) {
      IndexPage leaf = IndexTree.Place.of(page, (int) (size * i / SAMPLED_LEAVES)).leaf();
      seen += leaf.count;
      changes++;
      for (int at = 1; at < leaf.count; at++) {
        Object before = leaf.value(at - 1);
        Object value = leaf.value(at);
        if (part ? differs(before, value, keys) : ValueOrder.compare(before, value) != 0) {
          changes++;
        }
      }
    }
    // The first entry of a leaf counts as a change, so a single value in many leaves is overrated.
    return changes == SAMPLED_LEAVES ? 1 : Math.max(1, size * changes / seen);
  }

  private static boolean differs(Object before, Object value, int keys) {
    return !(before instanceof List<?> a)
        || !(value instanceof List<?> b)
        || ValueOrder.compare(a.subList(0, keys), b.subList(0, keys)) != 0;
  }

  /** Two entities with equal values, or null. */
  int @Nullable [] firstDuplicate() {
    Object last = null;
    int lastId = -1;
    int size = (int) tree.size();
    for (int rank = 0; rank < size; ) {
      IndexTree.Place place = tree.placeOf(rank);
      if (place == null) {
        break;
      }
      IndexPage leaf = place.leaf();
      for (int at = place.at(); at < leaf.count; at++) {
        Object value = leaf.value(at);
        if (last != null && ValueOrder.compare(last, value) == 0 && isUnique(value)) {
          return new int[] {lastId, leaf.ids[at]};
        }
        last = value;
        lastId = leaf.ids[at];
      }
      rank += leaf.count - place.at();
    }
    return null;
  }

  private boolean isUnique(Object value) {
    if (!isTuple() || !(value instanceof List<?> tuple)) {
      return equalsItself(value);
    }
    for (int i = 0; i < tuple.size(); i++) {
      Object element = tuple.get(i);
      if (element == null || !equalsItself(element)) {
        return false;
      }
    }
    return true;
  }

  /** Another entity with the value of an entry, or -1. */
  int otherWith(Object value, int id) {
    if (!isUnique(value)) {
      return -1;
    }
    IndexCursor found = tree.between(Edge.beforeValue(value), Edge.behindValue(value), false);
    long[] ids = new long[2];
    int count = found.fill(ids, 0, 2);
    for (int i = 0; i < count; i++) {
      if (ids[i] != id) {
        return (int) ids[i];
      }
    }
    return -1;
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
      case STRING, BYTES, BOOLEAN, INTEGER, LIST -> true;
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
}
