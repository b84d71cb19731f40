package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.ValueType;

/**
 * A place between entries of an index: before or behind a value, a type or the strings with a
 * prefix.
 */
final class Edge {
  private enum Kind {
    BEFORE_VALUE,
    BEHIND_VALUE,
    BEHIND_ENTRY,
    BEFORE_TYPE,
    BEHIND_PREFIX
  }

  private final Kind kind;
  private final @Nullable Object value;
  private final int number;

  private Edge(Kind kind, @Nullable Object value, int number) {
    this.kind = kind;
    this.value = value;
    this.number = number;
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
      default:
        int order = ValueOrder.compare(entryValue, value);
        return order < 0 || order == 0 && entryId <= number;
    }
  }
}
