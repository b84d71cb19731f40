package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;

/**
 * For each input row any number of rows: it goes through the input row by row, stops wherever a
 * batch is full and goes on there. Subclasses say what rows there are for one.
 */
abstract class FanOutOperator extends Operator {
  final QueryState state;
  final Batch output;

  /** The most rows of the batch that is being made. */
  int capacity;

  private final Operator input;
  private final Carry carry;
  private int[] sourceRows = new int[Batch.FIRST_ROWS];
  private @Nullable Batch in;
  private int position;
  private int row;

  FanOutOperator(Frame frame) {
    this.state = frame.state();
    this.input = frame.input();
    this.carry = frame.carry();
    this.output = frame.newBatch();
  }

  /** Forgets the row in work. */
  abstract void clearRow();

  /** Whether the row in work may have more rows. */
  abstract boolean rowOpen();

  /** Takes an input row to work. */
  abstract void startRow(Batch from, int row);

  /**
   * Makes rows of the row in work, at the places from {@code first} up to {@code capacity} at most.
   *
   * @return the place behind the last
   */
  abstract int take(Batch from, int first);

  /** Called with every batch of the input, before its first row. */
  void startBatch(Batch from) {}

  /** Makes room for {@code capacity} rows. */
  void reserve() {}

  /** Fills the columns of {@code output} that do not come from the input. */
  void fillColumns(int count) {}

  /** Called before a batch is given away while the row in work may have more rows. */
  void pause() {}

  /** Called when the operator is opened. */
  void prepare() {}

  @Override
  final void open() {
    prepare();
    input.open();
    in = null;
    clearRow();
    capacity = Batch.FIRST_ROWS;
  }

  @Override
  final @Nullable Batch next() {
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
        startBatch(from);
      }
      int n = fillRows(from);
      if (n > 0) {
        carry.gather(from, sourceRows, n, output);
        fillColumns(n);
        output.all(n);
        capacity = Batch.grown(capacity);
      }
      if (rowOpen()) {
        pause();
      } else if (position == from.rows()) {
        in = null;
      }
      if (n > 0) {
        return output;
      }
    }
  }

  private int fillRows(Batch from) {
    if (sourceRows.length < capacity) {
      sourceRows = new int[capacity];
    }
    reserve();
    int n = 0;
    while (n < capacity) {
      if (!rowOpen()) {
        if (position == from.rows()) {
          break;
        }
        row = from.row(position++);
        startRow(from, row);
        continue;
      }
      int end = take(from, n);
      for (int i = n; i < end; i++) {
        sourceRows[i] = row;
      }
      n = end;
    }
    return n;
  }
}
