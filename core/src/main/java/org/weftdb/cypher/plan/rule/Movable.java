package org.weftdb.cypher.plan.rule;

import org.weftdb.cypher.plan.Operands;
import org.weftdb.cypher.plan.Scalar;

/** Which expressions may be evaluated for other rows than those they were written for. */
final class Movable {
  private Movable() {}

  /**
   * Whether an expression runs no nested plan and does nothing that fails for some values: only
   * properties, labels, comparisons of variables and constants, and logic over them.
   */
  static boolean isMovable(Scalar scalar) {
    boolean safe =
        switch (scalar) {
          case Scalar.Constant s -> true;
          case Scalar.Parameter s -> true;
          case Scalar.Slot s -> true;
          case Scalar.Property s -> true;
          case Scalar.HasLabels s -> true;
          case Scalar.HasAnyLabel s -> true;
          case Scalar.And s -> true;
          case Scalar.Or s -> true;
          case Scalar.ListLiteral s -> true;
          case Scalar.Unary s ->
              s.operator() != Scalar.UnaryOperator.NEGATE
                  && s.operator() != Scalar.UnaryOperator.PLUS;
          case Scalar.Typed s ->
              s.operation() == Scalar.TypeOperation.IS
                  || s.operation() == Scalar.TypeOperation.IS_NOT;
          case Scalar.Binary s -> isComparison(s.operator());
          default -> false;
        };
    if (!safe) {
      return false;
    }
    for (Scalar operand : Operands.of(scalar)) {
      if (!isMovable(operand)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isComparison(Scalar.BinaryOperator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN -> true;
      case STARTS_WITH, ENDS_WITH, CONTAINS -> true;
      default -> false;
    };
  }
}
