package org.weftdb.graph;

import java.util.List;

/**
 * What must be true of the nodes with a label, or of the relationships of a type, whenever a
 * statement has ended.
 *
 * @param name unique among all indexes and constraints of a graph
 * @param ofNodes whether it is on nodes; otherwise it is on relationships
 * @param labelOrType the id of the label or type
 * @param keys the ids of the property keys, at least one
 * @param type for {@link Kind#TYPE} the type that the property is to have, as {@link
 *     org.weftdb.value.type.TypeExpression#text()} writes it, else empty
 */
public record ConstraintDefinition(
    String name, Kind kind, boolean ofNodes, int labelOrType, List<Integer> keys, String type) {
  /** What must be true. */
  public enum Kind {
    /** No two entities have the same values of all keys. */
    UNIQUE,
    /** Every entity has the key. */
    NOT_NULL,
    /** Every entity has all keys, and no two have the same values. */
    KEY,
    /** Where the key is, its value has a type. */
    TYPE;

    /** Whether it is kept with the help of an index of its own. */
    public boolean ownsIndex() {
      return this == UNIQUE || this == KEY;
    }

    /** Whether the keys must be there. */
    public boolean needsKeys() {
      return this == NOT_NULL || this == KEY;
    }
  }

  public ConstraintDefinition {
    keys = List.copyOf(keys);
    boolean possible = kind.ownsIndex() ? !keys.isEmpty() : keys.size() == 1;
    if (!possible
        || keys.size() > IndexDefinition.MAX_KEYS
        || (kind == Kind.TYPE) == type.isEmpty()
        || kind == Kind.TYPE && PropertyTypes.of(type) == null) {
      throw new IllegalArgumentException(kind + " constraint on " + labelOrType + keys + type);
    }
  }

  /** Whether it is on a property key. */
  boolean hasKey(int key) {
    return IndexDefinition.contains(keys, key);
  }

  /** The index that it owns, when its kind does. */
  IndexDefinition ownedIndex() {
    return new IndexDefinition(name, IndexDefinition.Kind.RANGE, ofNodes, labelOrType, keys);
  }

  /** Whether it is on the same entities and keys. */
  boolean isOnTheSame(ConstraintDefinition other) {
    return ofNodes == other.ofNodes && labelOrType == other.labelOrType && keys.equals(other.keys);
  }

  /** Whether it says the same, whatever the names. */
  public boolean isLike(ConstraintDefinition other) {
    return kind == other.kind && isOnTheSame(other) && type.equals(other.type);
  }
}
