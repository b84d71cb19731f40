package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.ScalarFunction;

/** A call of a scalar function. */
final class CallEvaluator extends Evaluator {
  private final QueryState state;
  private final ScalarFunction function;
  private final Evaluator[] arguments;

  /** Reused: a function does not keep its arguments, and a call inside an argument is another. */
  private final @Nullable Object[] values;

  CallEvaluator(QueryState state, ScalarFunction function, Evaluator[] arguments) {
    this.state = state;
    this.function = function;
    this.arguments = arguments;
    this.values = new @Nullable Object[arguments.length];
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i].value(batch, row);
    }
    return function.call(values, state);
  }
}
