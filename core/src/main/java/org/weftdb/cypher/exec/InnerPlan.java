package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * A plan that runs for rows of another plan: for all rows of a batch at once when it only ever
 * turns one row into rows and keeps their order, else for one row after another.
 */
final class InnerPlan {
  private final Argument argument;
  private final Operator root;
  private final int rowSlot;

  /** Whether {@link #openAll} may be used. */
  final boolean ordered;

  InnerPlan(Argument argument, Operator root, int rowSlot, boolean ordered) {
    this.argument = argument;
    this.root = root;
    this.rowSlot = rowSlot;
    this.ordered = ordered;
  }

  /**
   * The same, kept when its rows are few, as they are the same for every row that it runs for.
   *
   * @param read what is read of its rows
   * @param slots how many slots batches have
   */
  InnerPlan repeated(QueryState state, int[] read, int slots) {
    Operator repeating = new RepeatOperator(state, root, read, slots);
    return new InnerPlan(argument, repeating, rowSlot, false);
  }

  /** Starts it for some rows of a batch, which must stay as it is until the end. */
  void openAll(Batch batch, int @Nullable [] rows, int count) {
    argument.set(batch, rows, count);
    root.open();
  }

  /** Starts it for one row. */
  void openRow(Batch batch, int row) {
    argument.set(batch, row);
    root.open();
  }

  @Nullable Batch next() {
    return root.next();
  }

  /** After {@link #openAll}: for each row of a result, the row it was made of. */
  Vector rowNumbers(Batch result) {
    return result.column(rowSlot);
  }
}
