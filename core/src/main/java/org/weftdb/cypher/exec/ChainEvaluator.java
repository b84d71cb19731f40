package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Scalar.BinaryOperator;

/** A long row of arithmetic operators, from left to right, without recursion. */
final class ChainEvaluator extends Evaluator {
  private final QueryState state;
  private final Evaluator[] operands;
  private final BinaryOperator[] operators;

  /** What computes each operator, by its ordinal; null for those that do not occur. */
  private final @Nullable ArithmeticEvaluator[] steps =
      new ArithmeticEvaluator[BinaryOperator.values().length];

  ChainEvaluator(QueryState state, Scalar.Chain chain, Evaluator[] operands) {
    this.state = state;
    this.operands = operands;
    List<BinaryOperator> all = chain.operators();
    operators = new BinaryOperator[all.size()];
    for (int i = 0; i < operators.length; i++) {
      BinaryOperator operator = all.get(i);
      operators[i] = operator;
      if (steps[operator.ordinal()] == null) {
        steps[operator.ordinal()] =
            new ArithmeticEvaluator(state, operator, operands[0], operands[1], chain.origin());
      }
    }
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    Object value = operands[0].value(batch, row);
    // Strings are gathered, so that a row of them is not copied once for each of them.
    StringBuilder text = null;
    int counted = 0;
    for (int i = 0; i < operators.length; i++) {
      Object next = operands[i + 1].value(batch, row);
      if (next instanceof String part && joins(operators[i])) {
        if (text == null && value instanceof String first) {
          text = new StringBuilder(first);
          counted = text.length();
        }
        if (text != null) {
          text.append(part);
          counted = counted(text, counted);
          continue;
        }
      }
      if (text != null) {
        value = text.toString();
        text = null;
      }
      value = apply(operators[i], value, next);
      state.work(1);
    }
    return text == null ? value : text.toString();
  }

  private static boolean joins(BinaryOperator operator) {
    return operator == BinaryOperator.ADD || operator == BinaryOperator.CONCATENATE;
  }

  /** Counts what a text has grown by, once that is worth it; answers how much of it is counted. */
  private int counted(StringBuilder text, int before) {
    long bytes = 2L * (text.length() - before);
    state.work(1);
    if (bytes < QueryMemory.WORTH_COUNTING) {
      return before;
    }
    state.work((int) Math.min(Integer.MAX_VALUE, bytes >> 4));
    state.memory.make(bytes, "+");
    return text.length();
  }

  private @Nullable Object apply(
      BinaryOperator operator, @Nullable Object left, @Nullable Object right) {
    ArithmeticEvaluator step = steps[operator.ordinal()];
    if (step == null) {
      throw new IllegalStateException("no step for " + operator);
    }
    return step.apply(left, right);
  }
}
