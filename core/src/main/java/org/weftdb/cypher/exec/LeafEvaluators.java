package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/** The leaves of expressions: constants and parameters, columns, variables of an expression. */
final class LeafEvaluators {
  private LeafEvaluators() {}

  /** A literal, or a parameter, whose value is known when an execution starts. */
  static final class Constant extends Evaluator {
    private final @Nullable Object constant;
    private int filled;

    Constant(@Nullable Object constant) {
      this.constant = constant;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      return constant;
    }

    @Override
    Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
      if (filled < batch.size) {
        result.reset(kindOf(constant), batch.size);
        for (int row = 0; row < batch.size; row++) {
          result.set(row, constant);
        }
        filled = batch.size;
      }
      return result;
    }

    @Override
    boolean isConstant() {
      return true;
    }
  }

  /** The value of a column. */
  static final class Column extends Evaluator {
    final int slot;

    Column(int slot) {
      this.slot = slot;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      return batch.column(slot).value(row);
    }

    @Override
    Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
      return batch.column(slot);
    }
  }

  /** The value of a variable that an expression around this one binds. */
  static final class Local extends Evaluator {
    private final @Nullable Object[] locals;
    private final int slot;

    Local(QueryState state, int slot) {
      this.locals = state.locals;
      this.slot = slot;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      return locals[slot];
    }
  }
}
