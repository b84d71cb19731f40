package org.weftdb.cypher.exec;

import java.util.Arrays;

/**
 * The nodes that a breadth-first search has reached from one node, level by level, each with the
 * step by which it was reached first. What it costs depends on what was reached, not on the graph.
 */
final class BreadthFirst {
  private static final int NONE = -1;

  int[] nodes = new int[64];
  int[] parents = new int[64];
  int[] relationships = new int[64];
  int[] depths = new int[64];
  int size;

  /** Where the last complete level begins, and how far it is from the first node. */
  int level;

  int depth;

  /** Places of nodes plus 1 by hash; half of it stays empty. */
  private int[] table = new int[128];

  /** Begins anew at a node. */
  void start(int node) {
    // A search that was large must not make all later ones pay for wiping its table.
    if (table.length > 1024 && size * 16 < table.length) {
      table = new int[128];
      nodes = new int[64];
      parents = new int[64];
      relationships = new int[64];
      depths = new int[64];
    } else {
      Arrays.fill(table, 0);
    }
    size = 0;
    level = 0;
    depth = 0;
    add(node, NONE, NONE, 0);
  }

  /** How much memory it takes. */
  long bytes() {
    return 16L * nodes.length + 4L * table.length;
  }

  private int slotOf(int node) {
    int hash = node * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & table.length - 1;
    while (table[slot] != 0 && nodes[table[slot] - 1] != node) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /** The place of a node, or -1. */
  int find(int node) {
    return table[slotOf(node)] - 1;
  }

  /** Adds a node that is not there yet; answers its place. */
  int add(int node, int parent, int relationship, int atDepth) {
    if (size == nodes.length) {
      grow();
    }
    nodes[size] = node;
    parents[size] = parent;
    relationships[size] = relationship;
    depths[size] = atDepth;
    table[slotOf(node)] = ++size;
    return size - 1;
  }

  private void grow() {
    nodes = Arrays.copyOf(nodes, size * 2);
    parents = Arrays.copyOf(parents, size * 2);
    relationships = Arrays.copyOf(relationships, size * 2);
    depths = Arrays.copyOf(depths, size * 2);
    table = new int[size * 4];
    for (int i = 0; i < size; i++) {
      table[slotOf(nodes[i])] = i + 1;
    }
  }
}
