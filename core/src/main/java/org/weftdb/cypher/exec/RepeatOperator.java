package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * Keeps the rows of an input that gives the same ones whenever it runs, when they are few, and
 * gives those from the second time on.
 */
final class RepeatOperator extends Operator {
  private static final int MOST_ROWS = 4 * Batch.MAXIMUM_ROWS;

  private final Operator input;
  private final int[] slots;
  private final Batch output;
  private final RowBuffer rows;
  private boolean keeping = true;
  private boolean kept;
  private int chunk;

  /**
   * @param slots what is read of the rows
   * @param allSlots how many slots batches have
   */
  RepeatOperator(QueryState state, Operator input, int[] slots, int allSlots) {
    this.input = input;
    this.slots = slots;
    this.output = new Batch(allSlots);
    this.rows = new RowBuffer(slots.length, state.memory.share("keeping the rows of a part"));
  }

  @Override
  void open() {
    chunk = 0;
    if (!kept) {
      // Rows of a run that was not gone through to its end.
      rows.clear();
      input.open();
    }
  }

  @Override
  @Nullable Batch next() {
    if (kept) {
      return give();
    }
    Batch batch = input.next();
    if (batch == null) {
      kept = keeping;
      return null;
    }
    if (keeping) {
      keeping = rows.size() + batch.rows() <= MOST_ROWS;
      if (keeping) {
        rows.add(batch, slots);
      } else {
        rows.clear();
      }
    }
    return batch;
  }

  private @Nullable Batch give() {
    if (chunk == rows.chunkCount()) {
      return null;
    }
    Vector[] columns = rows.chunk(chunk);
    for (int i = 0; i < slots.length; i++) {
      output.columns[slots[i]] = columns[i];
    }
    output.all(rows.chunkRows(chunk++));
    return output;
  }
}
