package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar.BinaryOperator;

/** STARTS WITH, ENDS WITH, CONTAINS: null unless both sides are strings. */
final class TextEvaluator extends Evaluator {
  private final BinaryOperator operator;
  private final Evaluator left;
  private final Evaluator right;

  TextEvaluator(BinaryOperator operator, Evaluator left, Evaluator right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    Object text = left.value(batch, row);
    Object part = right.value(batch, row);
    if (!(text instanceof String whole) || !(part instanceof String searched)) {
      return null;
    }
    return switch (operator) {
      case STARTS_WITH -> whole.startsWith(searched);
      case ENDS_WITH -> whole.endsWith(searched);
      default -> whole.contains(searched);
    };
  }
}
