package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/** Nodes, relationships and paths known by their ids, in either of their two forms. */
final class Entities {
  private Entities() {}

  /** Whether both are the same node, the same relationship or paths along the same of both. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof NodeReference nodeA && b instanceof NodeReference nodeB) {
      return nodeA.id() == nodeB.id();
    }
    ValueType type = ValueType.ofOrNull(a);
    if (a == null || b == null || type == null || type != ValueType.ofOrNull(b)) {
      return false;
    }
    return switch (type) {
      case NODE, RELATIONSHIP -> id(a) == id(b);
      case PATH -> comparePaths(a, b) == 0;
      default -> false;
    };
  }

  /** Orders two nodes, two relationships or two paths. */
  static int compare(Object a, Object b) {
    if (a instanceof PathReference || a instanceof Path) {
      return comparePaths(a, b);
    }
    return Long.compare(id(a), id(b));
  }

  static int hash(Object entity) {
    if (entity instanceof NodeReference || entity instanceof Node) {
      return ValueEquality.hash(id(entity)) * 31 + 1;
    } else if (entity instanceof RelationshipReference || entity instanceof Relationship) {
      return ValueEquality.hash(id(entity)) * 31 + 2;
    } else if (entity instanceof PathReference || entity instanceof Path) {
      int hash = 3;
      for (int i = 0, length = pathLength(entity); i <= length; i++) {
        hash = hash * 31 + ValueEquality.hash(nodeAt(entity, i));
        if (i < length) {
          hash = hash * 31 + ValueEquality.hash(relationshipAt(entity, i));
        }
      }
      return hash;
    }
    throw new IllegalArgumentException("not a Cypher value: " + entity);
  }

  private static long id(@Nullable Object entity) {
    if (entity instanceof NodeReference node) {
      return node.id();
    } else if (entity instanceof RelationshipReference relationship) {
      return relationship.id();
    } else if (entity instanceof Node node) {
      return node.id();
    } else if (entity instanceof Relationship relationship) {
      return relationship.id();
    }
    throw new IllegalArgumentException("neither node nor relationship: " + entity);
  }

  /** Node by node and relationship by relationship from the start; a prefix comes first. */
  private static int comparePaths(Object a, Object b) {
    int lengthA = pathLength(a);
    int lengthB = pathLength(b);
    int shorter = Math.min(lengthA, lengthB);
    for (int i = 0; i <= shorter; i++) {
      int order = Long.compare(nodeAt(a, i), nodeAt(b, i));
      if (order == 0 && i < shorter) {
        order = Long.compare(relationshipAt(a, i), relationshipAt(b, i));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lengthA, lengthB);
  }

  private static int pathLength(Object path) {
    return path instanceof PathReference reference ? reference.length() : ((Path) path).length();
  }

  private static long nodeAt(Object path, int index) {
    return path instanceof PathReference reference
        ? reference.nodes()[index]
        : ((Path) path).nodes().get(index).id();
  }

  private static long relationshipAt(Object path, int index) {
    return path instanceof PathReference reference
        ? reference.relationships()[index]
        : ((Path) path).relationships().get(index).id();
  }
}
