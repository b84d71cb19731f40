package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/** Rows of an inner plan for each input row; for one without any, the row itself with nulls. */
final class InnerRowsOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final InnerPlan inner;
  private final Carry fromOuter;
  private final int[] innerSlots;
  private final boolean optional;
  private final Batch output;

  private int[] outerRows = new int[Batch.FIRST_ROWS];
  private int[] innerRows = new int[Batch.FIRST_ROWS];
  private @Nullable Batch in;

  /** The first input row, by selection, for which nothing was passed on yet. */
  private int waiting;

  private boolean innerOpen;

  /**
   * @param frame whose carried slots are those that come from the input
   * @param innerSlots the slots that come from the inner plan
   * @param optional whether a row without any stays
   */
  InnerRowsOperator(Frame frame, InnerPlan inner, int[] innerSlots, boolean optional) {
    this.state = frame.state();
    this.input = frame.input();
    this.fromOuter = frame.carry();
    this.output = frame.newBatch();
    this.inner = inner;
    this.innerSlots = innerSlots;
    this.optional = optional;
  }

  @Override
  void open() {
    input.open();
    in = null;
    innerOpen = false;
  }

  @Override
  @Nullable Batch next() {
    while (true) {
      state.checkCancelled();
      Batch outer = in;
      if (outer == null) {
        outer = input.next();
        if (outer == null) {
          return null;
        }
        in = outer;
        waiting = 0;
        innerOpen = false;
      }
      if (!innerOpen) {
        if (waiting == outer.rows()) {
          in = null;
          continue;
        }
        openInner(outer);
      }
      Batch rows = inner.next();
      int n = rows == null ? endOfInner(outer) : join(outer, rows);
      if (n > 0) {
        emit(outer, rows, n);
        return output;
      }
    }
  }

  // In ordered mode `waiting` counts the rows passed; else it stays at the row the inner plan runs
  // for until that ends, and `found` says whether the row had any.
  private boolean found;

  private void openInner(Batch outer) {
    innerOpen = true;
    found = false;
    if (inner.ordered) {
      inner.openAll(outer, outer.selection, outer.rows());
    } else {
      inner.openRow(outer, outer.row(waiting));
    }
  }

  /** The rows without a match that are left when the inner plan has ended. */
  private int endOfInner(Batch outer) {
    innerOpen = false;
    int n = 0;
    if (inner.ordered) {
      n = unmatchedUpTo(outer, outer.rows(), 0);
    } else {
      if (!found) {
        n = unmatchedUpTo(outer, waiting + 1, 0);
      } else {
        waiting++;
      }
    }
    return n;
  }

  private int unmatchedUpTo(Batch outer, int end, int from) {
    if (!optional) {
      waiting = Math.max(waiting, end);
      return from;
    }
    int n = from;
    while (waiting < end) {
      n = addRow(n, outer.row(waiting++), -1);
    }
    return n;
  }

  private int addRow(int n, int outerRow, int innerRow) {
    if (n == outerRows.length) {
      outerRows = Arrays.copyOf(outerRows, n * 2);
      innerRows = Arrays.copyOf(innerRows, n * 2);
    }
    outerRows[n] = outerRow;
    innerRows[n] = innerRow;
    return n + 1;
  }

  private int join(Batch outer, Batch rows) {
    int n = 0;
    int count = rows.rows();
    if (!inner.ordered) {
      found = true;
      for (int k = 0; k < count; k++) {
        n = addRow(n, outer.row(waiting), rows.row(k));
      }
      return n;
    }
    long[] numbers = inner.rowNumbers(rows).longs;
    for (int k = 0; k < count; k++) {
      int innerRow = rows.row(k);
      int outerRow = (int) numbers[innerRow];
      while (waiting < outer.rows() && outer.row(waiting) < outerRow) {
        n = optional ? addRow(n, outer.row(waiting), -1) : n;
        waiting++;
      }
      if (waiting < outer.rows() && outer.row(waiting) == outerRow) {
        waiting++;
      }
      n = addRow(n, outerRow, innerRow);
    }
    return n;
  }

  private void emit(Batch outer, @Nullable Batch rows, int n) {
    fromOuter.gather(outer, outerRows, n, output);
    for (int slot : innerSlots) {
      Vector target = output.own(slot);
      if (rows == null) {
        target.reset(Vector.Kind.OBJECT, n);
      } else {
        Gather.intoOrNull(rows.column(slot), innerRows, n, target);
      }
    }
    output.all(n);
  }
}
