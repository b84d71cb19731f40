package org.weftdb.cypher.exec;

import java.util.Arrays;

/**
 * The pairs of a node and a state of a {@link PathAutomaton} that a breadth-first search has
 * reached, level by level. What it costs depends on what was reached, not on the graph.
 */
final class ReachedStates {
  int[] nodes = new int[64];
  int[] states = new int[64];
  int[] depths = new int[64];
  int size;

  /** Where the last complete level begins, and how far it is from the first pairs. */
  int level;

  int depth;

  /** Places of pairs plus 1 by hash; half of it stays empty. */
  private int[] table = new int[128];

  /** Begins anew. */
  void clear() {
    // A search that was large must not make all later ones pay for wiping its table.
    if (table.length > 1024 && size * 16 < table.length) {
      table = new int[128];
    } else {
      Arrays.fill(table, 0);
    }
    size = 0;
    level = 0;
    depth = 0;
  }

  /** Whether nothing more can be reached. */
  boolean isExhausted() {
    return level == size;
  }

  private int slotOf(int node, int state) {
    int hash = (node * 31 + state) * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & table.length - 1;
    while (table[slot] != 0) {
      int place = table[slot] - 1;
      if (nodes[place] == node && states[place] == state) {
        break;
      }
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  /** How far a pair is, or -1 when it was not reached. */
  int depthOf(int node, int state) {
    int place = table[slotOf(node, state)] - 1;
    return place < 0 ? -1 : depths[place];
  }

  /** Adds a pair unless it is there; answers whether it was added. */
  boolean add(int node, int state, int atDepth) {
    int slot = slotOf(node, state);
    if (table[slot] != 0) {
      return false;
    }
    if (size * 2 >= table.length) {
      grow();
      slot = slotOf(node, state);
    }
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, size * 2);
      states = Arrays.copyOf(states, size * 2);
      depths = Arrays.copyOf(depths, size * 2);
    }
    nodes[size] = node;
    states[size] = state;
    depths[size] = atDepth;
    table[slot] = ++size;
    return true;
  }

  private void grow() {
    table = new int[table.length * 2];
    for (int i = 0; i < size; i++) {
      table[slotOf(nodes[i], states[i])] = i + 1;
    }
  }
}
