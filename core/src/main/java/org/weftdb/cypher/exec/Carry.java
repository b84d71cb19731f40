package org.weftdb.cypher.exec;

import java.util.BitSet;

/** The slots that an operator which makes rows copies from the rows it makes them of. */
final class Carry {
  private final int[] slots;

  Carry(BitSet slots) {
    this.slots = new int[slots.cardinality()];
    int n = 0;
    for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
      this.slots[n++] = slot;
    }
  }

  /** Fills the carried columns of {@code to} with the chosen rows. */
  void gather(Batch from, int[] rows, int count, Batch to) {
    for (int slot : slots) {
      Gather.into(from.column(slot), rows, count, to.own(slot));
    }
  }

  /** Puts the columns themselves, not copies, into another batch. */
  void share(Batch from, Batch to) {
    for (int slot : slots) {
      to.columns[slot] = from.column(slot);
    }
  }

  int[] slots() {
    return slots;
  }
}
