package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * For each input row, rows with the entities that a scan or an index gives. Subclasses say what is
 * scanned.
 */
abstract class SourceOperator extends Operator {
  final QueryState state;
  private final Operator input;
  private final int slot;
  private final Vector.Kind kind;
  private final Carry carry;
  private final Batch output;
  private int[] sourceRows = new int[Batch.FIRST_ROWS];
  private int capacity;
  private @Nullable Batch in;
  private int position;
  private boolean scanning;

  /**
   * @param slot slot of the entity
   * @param kind of the entity
   */
  SourceOperator(Frame frame, int slot, Vector.Kind kind) {
    this.state = frame.state();
    this.input = frame.input();
    this.carry = frame.carry();
    this.output = frame.newBatch();
    this.slot = slot;
    this.kind = kind;
  }

  /** Starts the scan for an input row. */
  abstract void start(Batch batch, int row);

  /** Gives the next ids, at most {@code max}; 0 at the end. */
  abstract int fill(long[] out, int offset, int max);

  /** Called when the output's ids are complete. */
  void complete(Batch batch, int count) {}

  @Override
  void open() {
    input.open();
    in = null;
    scanning = false;
    capacity = Batch.FIRST_ROWS;
  }

  @Override
  @Nullable Batch next() {
    while (true) {
      state.checkCancelled();
      Batch from = in;
      if (from == null) {
        from = input.next();
        if (from == null) {
          return null;
        }
        in = from;
        position = 0;
      }
      int n = fillRows(from);
      if (n > 0) {
        carry.gather(from, sourceRows, n, output);
        complete(output, n);
        output.all(n);
        capacity = Batch.grown(capacity);
      }
      if (!scanning && position == from.rows()) {
        in = null;
      }
      if (n > 0) {
        return output;
      }
    }
  }

  private int fillRows(Batch from) {
    Vector ids = output.own(slot);
    ids.reset(kind, capacity);
    if (sourceRows.length < capacity) {
      sourceRows = new int[capacity];
    }
    int n = 0;
    while (n < capacity) {
      if (!scanning) {
        if (position == from.rows()) {
          break;
        }
        start(from, from.row(position++));
        scanning = true;
      }
      int added = fill(ids.longs, n, capacity - n);
      if (added == 0) {
        scanning = false;
      } else {
        Arrays.fill(sourceRows, n, n + added, from.row(position - 1));
        n += added;
      }
    }
    return n;
  }
}
