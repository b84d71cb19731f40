package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;

/** Runs an inner plan to its end for each row, for what it changes, and passes the rows on. */
final class UnitSubqueryOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final InnerPlan inner;

  UnitSubqueryOperator(QueryState state, Operator input, InnerPlan inner) {
    this.state = state;
    this.input = input;
    this.inner = inner;
  }

  @Override
  void open() {
    input.open();
  }

  @Override
  @Nullable Batch next() {
    Batch batch = input.next();
    if (batch == null) {
      return null;
    }
    for (int k = 0; k < batch.rows(); k++) {
      state.checkCancelled();
      inner.openRow(batch, batch.row(k));
      while (inner.next() != null) {
        state.checkCancelled();
      }
    }
    return batch;
  }
}
