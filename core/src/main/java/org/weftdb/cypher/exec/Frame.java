package org.weftdb.cypher.exec;

import java.util.BitSet;

/**
 * What an operator that makes rows is built with.
 *
 * @param input where its rows come from
 * @param carried slots to copy from the input's rows
 * @param slots how many slots its batches have
 */
record Frame(QueryState state, Operator input, BitSet carried, int slots) {
  Carry carry() {
    return new Carry(carried);
  }

  Batch newBatch() {
    return new Batch(slots);
  }
}
