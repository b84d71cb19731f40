package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of 64 nodes in one direction as compressed sparse rows: those of slot s are at {@code
 * offsets[s]} to {@code offsets[s + 1]}. A slot whose node is a {@link Hub} has none here.
 */
final class AdjacencyPage extends Entries {
  static final int NODE_BITS = 6;
  static final int NODES = 1 << NODE_BITS;
  static final int NODE_MASK = NODES - 1;

  final int[] offsets;
  Hub @Nullable [] hubs;

  /** How many of {@link #hubs} there are. */
  int hubCount;

  AdjacencyPage(Editor owner, int capacity) {
    this(owner, new int[NODES + 1], capacity);
  }

  private AdjacencyPage(Editor owner, int[] offsets, int capacity) {
    super(owner, capacity);
    this.offsets = offsets;
  }

  /** The entries in the arrays. */
  int used() {
    return offsets[NODES];
  }

  boolean isEmpty() {
    return used() == 0 && hubCount == 0;
  }

  @Nullable Hub hub(int slot) {
    Hub[] all = hubs;
    return all == null ? null : all[slot];
  }

  /** The bytes of this page with its hubs. */
  long sizeBytes() {
    long bytes = arrayBytes() + ObjectSize.ints(offsets);
    Hub[] all = hubs;
    if (all != null) {
      bytes += ObjectSize.references(all);
      for (int slot = 0; slot < NODES; slot++) {
        Hub hub = hub(slot);
        bytes += hub == null ? 0 : hub.sizeBytes();
      }
    }
    return bytes;
  }

  /** This page, or a copy with room for a few more entries, for the editor to change. */
  AdjacencyPage ownedBy(Editor editor) {
    if (owner == editor) {
      return this;
    }
    int used = used();
    AdjacencyPage copy =
        new AdjacencyPage(editor, Arrays.copyOf(offsets, NODES + 1), used + (used >> 3) + 4);
    copy.copyEntries(this, 0, 0, used);
    Hub[] all = hubs;
    if (all != null && hubCount > 0) {
      copy.hubs = Arrays.copyOf(all, NODES);
      copy.hubCount = hubCount;
    }
    editor.copied(NODES + 1);
    editor.copied(used);
    return copy;
  }

  /** Adds to the offsets behind a slot. */
  void shiftOffsets(int slot, int by) {
    for (int i = slot + 1; i <= NODES; i++) {
      offsets[i] += by;
    }
  }

  /** Sets or, with null, takes away the hub of a slot. */
  @SuppressWarnings("NullAway")
  void setHub(int slot, @Nullable Hub hub) {
    Hub[] all = hubs;
    if (all == null) {
      all = new Hub[NODES];
      hubs = all;
    }
    hubCount += (hub == null ? 0 : 1) - (all[slot] == null ? 0 : 1);
    all[slot] = hub;
    if (hubCount == 0) {
      hubs = null;
    }
  }
}
