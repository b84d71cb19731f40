package org.weftdb.cypher.plan;

/** Puts operators on other inputs. */
public final class Inputs {
  private static final TreeRewriter SAME =
      new TreeRewriter() {
        @Override
        protected Scalar whole(Scalar scalar) {
          return scalar;
        }

        @Override
        protected Plan inner(Plan plan) {
          return plan;
        }
      };

  private Inputs() {}

  /** The operator on another first input; an error for one that has none. */
  public static Plan replaceFirst(Plan plan, Plan input) {
    if (plan.children().isEmpty()) {
      throw new IllegalArgumentException("has no input: " + plan);
    }
    return plan instanceof Plan.Union union
        ? new Plan.Union(input, union.leftSlots(), union.right(), union.rightSlots(), union.slots())
        : SAME.rebuild(plan, input);
  }

  /** A subquery with another inner plan. */
  static Plan replaceInner(Plan plan, Plan inner) {
    return switch (plan) {
      case Plan.Subquery p -> new Plan.Subquery(p.input(), inner, p.kind(), p.slots());
      case Plan.SubqueryInTransactions p ->
          new Plan.SubqueryInTransactions(
              p.input(), inner, p.kind(), p.slots(), p.batchSize(), p.onError(), p.statusSlot());
      default -> throw new IllegalArgumentException("is no subquery: " + plan);
    };
  }
}
