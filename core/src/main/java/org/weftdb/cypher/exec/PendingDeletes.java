package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.weftdb.cypher.plan.Origin;

/** A growing set of node ids, with where the query deletes them, in the order they came in. */
final class PendingDeletes {
  private int[] nodes = new int[8];
  private Origin[] origins = new Origin[8];
  private int size;
  private final IntSet members = new IntSet();

  boolean contains(int node) {
    return size > 0 && members.contains(node);
  }

  void add(int node, Origin origin) {
    if (members.add(node)) {
      if (size == nodes.length) {
        nodes = Arrays.copyOf(nodes, size * 2);
        origins = Arrays.copyOf(origins, size * 2);
      }
      nodes[size] = node;
      origins[size++] = origin;
    }
  }

  int size() {
    return size;
  }

  int node(int index) {
    return nodes[index];
  }

  Origin origin(int index) {
    return origins[index];
  }

  void clear() {
    size = 0;
    members.clear();
  }
}
