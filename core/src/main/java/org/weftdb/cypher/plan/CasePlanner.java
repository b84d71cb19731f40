package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;

/** Lowers CASE. */
final class CasePlanner {
  private final Planning planning;
  private final ExpressionPlanner expressions;

  /** The operand of the innermost CASE whose conditions are being lowered. */
  private Scalar.@Nullable Slot operand;

  CasePlanner(Planning planning, ExpressionPlanner expressions) {
    this.planning = planning;
    this.expressions = expressions;
  }

  /** What stands for the operand in a condition such as {@code WHEN > 3}. */
  Scalar operand() {
    return Objects.requireNonNull(operand);
  }

  Scalar lower(Expression.Case e, ExpressionPlanner.Place place) {
    Scalar subject = e.operand() == null ? null : expressions.lower(e.operand(), place);
    if (subject != null && e.isExtended()) {
      return extended(e, subject, place);
    }
    List<Scalar> conditions = new ArrayList<>();
    List<Scalar> results = new ArrayList<>();
    for (CaseBranch branch : e.branches()) {
      conditions.add(expressions.lower(branch.conditions().get(0), place));
      results.add(expressions.lower(branch.result(), place));
    }
    return new Scalar.Case(subject, conditions, results, otherwise(e, place));
  }

  private @Nullable Scalar otherwise(Expression.Case e, ExpressionPlanner.Place place) {
    return e.otherwise() == null ? null : expressions.lower(e.otherwise(), place);
  }

  /**
   * {@code CASE x WHEN > 3 ...}: the operand goes into a slot of its own, as the accumulator of a
   * reduction of one step, and the conditions are predicates on it.
   */
  private Scalar extended(Expression.Case e, Scalar subject, ExpressionPlanner.Place place) {
    Scalar.Slot own = new Scalar.Slot(planning.slots.add("operand"), SlotKind.VALUE, "operand");
    List<Scalar> conditions = new ArrayList<>();
    List<Scalar> results = new ArrayList<>();
    for (CaseBranch branch : e.branches()) {
      Scalar.Slot outer = operand;
      operand = own;
      conditions.add(expressions.lower(predicate(branch), place));
      operand = outer;
      results.add(expressions.lower(branch.result(), place));
    }
    return new Scalar.Reduce(
        own.slot(),
        subject,
        planning.slots.add("once"),
        new Scalar.Constant(List.of(true)),
        new Scalar.Case(null, conditions, results, otherwise(e, place)),
        planning.origin(e));
  }

  /** The conditions of a branch as one on the operand. */
  private static Expression predicate(CaseBranch branch) {
    List<Expression> predicates = new ArrayList<>();
    for (Expression condition : branch.conditions()) {
      predicates.add(
          CaseBranch.isAboutOperand(condition)
              ? condition
              : new Expression.Comparison(
                  List.of(new Expression.CaseOperand(condition.span()), condition),
                  List.of(Expression.ComparisonOperator.EQUAL),
                  condition.span()));
    }
    return predicates.size() == 1
        ? predicates.get(0)
        : new Expression.Logical(Expression.LogicalOperator.OR, predicates, branch.span());
  }
}
