package org.weftdb.cypher.ast;

import java.util.List;

/**
 * {@code WHEN condition, ... THEN result}.
 *
 * @param conditions one of them must hold: without a CASE operand there is one, a boolean; with an
 *     operand each is a value that the operand must equal, or what must be true of it, as in {@code
 *     WHEN > 3}, with {@link Expression.CaseOperand} in its place
 */
public record CaseBranch(List<Expression> conditions, Expression result, Span span)
    implements AstNode {
  public CaseBranch {
    conditions = List.copyOf(conditions);
    Checks.notEmpty(conditions, "WHEN needs a condition");
  }

  /** Whether a condition says what must be true of the operand, not what it must equal. */
  public static boolean isAboutOperand(Expression condition) {
    Expression at = condition;
    for (Expression left = Binding.leftOperand(at); left != null; left = Binding.leftOperand(at)) {
      at = left;
    }
    return at instanceof Expression.CaseOperand;
  }
}
