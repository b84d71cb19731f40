package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.ValueType;

/**
 * A place between entries of an index: before or behind a value, a type or the strings with a
 * prefix, also in the tuples of an index on several keys.
 */
final class Edge {
  private enum Kind {
    BEFORE_VALUE,
    BEHIND_VALUE,
    BEHIND_ENTRY,
    BEFORE_TYPE,
    BEHIND_PREFIX,
    IN_TUPLE
  }

  private final Kind kind;
  private final @Nullable Object value;
  private final int number;

  /** Of an edge in a tuple, where it lies among the values behind the first ones. */
  private final @Nullable Edge within;

  private Edge(Kind kind, @Nullable Object value, int number) {
    this(kind, value, number, null);
  }

  private Edge(Kind kind, @Nullable Object value, int number, @Nullable Edge within) {
    this.kind = kind;
    this.value = value;
    this.number = number;
    this.within = within;
  }

  static Edge beforeValue(Object value) {
    return new Edge(Kind.BEFORE_VALUE, value, 0);
  }

  static Edge behindValue(Object value) {
    return new Edge(Kind.BEHIND_VALUE, value, 0);
  }

  /** Behind the entry of a value and an id. */
  static Edge behindEntry(Object value, int id) {
    return new Edge(Kind.BEHIND_ENTRY, value, id);
  }

  /** Before all values whose type has at least this {@link ValueType#rank()}. */
  static Edge beforeType(int rank) {
    return new Edge(Kind.BEFORE_TYPE, null, rank);
  }

  /** Behind all strings that start with this one. */
  static Edge behindPrefix(String prefix) {
    return new Edge(Kind.BEHIND_PREFIX, prefix, 0);
  }

  /** Before all tuples that begin with these values. */
  static Edge beforeTuples(List<Object> first) {
    return new Edge(Kind.IN_TUPLE, first, 0);
  }

  /** Behind all tuples that begin with these values. */
  static Edge behindTuples(List<Object> first) {
    return new Edge(Kind.IN_TUPLE, first, 1);
  }

  /** Among the tuples that begin with some values, an edge of the next value. */
  static Edge inTuples(List<Object> first, Edge next) {
    return new Edge(Kind.IN_TUPLE, first, 0, next);
  }

  /** Whether an entry lies before this edge. */
  boolean isBehind(Object entryValue, int entryId) {
    switch (kind) {
      case BEFORE_VALUE:
        return ValueOrder.compare(entryValue, value) < 0;
      case BEHIND_VALUE:
        return ValueOrder.compare(entryValue, value) <= 0;
      case BEFORE_TYPE:
        return ValueType.of(entryValue).rank() < number;
      case BEHIND_PREFIX:
        return entryValue instanceof String text
                && value instanceof String prefix
                && text.startsWith(prefix)
            || ValueOrder.compare(entryValue, value) < 0;
      case IN_TUPLE:
        return isBehindTuple((List<?>) entryValue, entryId);
      default:
        int order = ValueOrder.compare(entryValue, value);
        return order < 0 || order == 0 && entryId <= number;
    }
  }

  private boolean isBehindTuple(List<?> tuple, int entryId) {
    List<?> first = value instanceof List<?> list ? list : List.of();
    for (int i = 0; i < first.size(); i++) {
      int order = ValueOrder.compare(tuple.get(i), first.get(i));
      if (order != 0) {
        return order < 0;
      }
    }
    Object next = within == null ? null : tuple.get(first.size());
    return within == null || next == null ? number == 1 : within.isBehind(next, entryId);
  }
}
