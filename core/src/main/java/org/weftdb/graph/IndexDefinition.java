package org.weftdb.graph;

import java.util.List;

/**
 * What an index is on: properties of the nodes with a label, or of the relationships of a type; a
 * {@link Kind#LOOKUP} index on the labels of all nodes or the types of all relationships.
 *
 * @param name unique among all indexes and constraints of a graph; the index that a constraint owns
 *     has the name of the constraint
 * @param ofNodes whether it is on nodes; otherwise it is on relationships
 * @param labelOrType the id of the label or type; -1 for a LOOKUP index
 * @param keys the ids of the property keys, in the order of the index; none for a LOOKUP index
 */
public record IndexDefinition(
    String name, Kind kind, boolean ofNodes, int labelOrType, List<Integer> keys) {
  /** The most keys of one index. */
  public static final int MAX_KEYS = 32;

  /** What an index can be asked for. The names are those of Cypher. */
  public enum Kind {
    /** Values by equality, ranges, prefixes and in their order. */
    RANGE,
    /** Strings by what they contain, begin or end with, or equal. */
    TEXT,
    /** Points by where they lie. */
    POINT,
    /** Nodes by label, or relationships by type: what the graph always knows. */
    LOOKUP
  }

  public IndexDefinition {
    keys = List.copyOf(keys);
    boolean possible =
        kind == Kind.LOOKUP
            ? labelOrType == -1 && keys.isEmpty()
            : !keys.isEmpty() && (keys.size() == 1 || kind == Kind.RANGE);
    if (!possible || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(kind + " index on " + labelOrType + keys);
    }
  }

  /** A RANGE index on one property. */
  public IndexDefinition(String name, boolean ofNodes, int labelOrType, int key) {
    this(name, Kind.RANGE, ofNodes, labelOrType, List.of(key));
  }

  /** Whether a property key is one of its keys. */
  boolean hasKey(int key) {
    return contains(keys, key);
  }

  /** {@code keys.contains(key)} without a box for the key, as each change of a property asks. */
  static boolean contains(List<Integer> keys, int key) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) == key) {
        return true;
      }
    }
    return false;
  }

  boolean isOn(Kind ofKind, boolean onNodes, int onLabelOrType, int[] onKeys) {
    if (kind != ofKind
        || ofNodes != onNodes
        || labelOrType != onLabelOrType
        || keys.size() != onKeys.length) {
      return false;
    }
    for (int i = 0; i < onKeys.length; i++) {
      if (keys.get(i) != onKeys[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is of the same kind and on the same, whatever the names. */
  public boolean isLike(IndexDefinition other) {
    return kind == other.kind
        && ofNodes == other.ofNodes
        && labelOrType == other.labelOrType
        && keys.equals(other.keys);
  }
}
