package org.weftdb.cypher.exec;

import java.util.Arrays;

/** A growing set of node ids that keeps the order in which they came. */
final class PendingDeletes {
  private int[] nodes = new int[8];
  private int size;
  private final IntSet members = new IntSet();

  boolean contains(int node) {
    return size > 0 && members.contains(node);
  }

  void add(int node) {
    if (members.add(node)) {
      if (size == nodes.length) {
        nodes = Arrays.copyOf(nodes, size * 2);
      }
      nodes[size++] = node;
    }
  }

  int size() {
    return size;
  }

  int node(int index) {
    return nodes[index];
  }

  void clear() {
    size = 0;
    members.clear();
  }
}
