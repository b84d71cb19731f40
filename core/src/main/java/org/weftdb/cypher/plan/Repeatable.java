package org.weftdb.cypher.plan;

import java.util.List;

/** Which plans give the same rows whenever they run on the same graph for the same row. */
public final class Repeatable {
  private Repeatable() {}

  /**
   * Whether a plan only reads the graph, calls nothing of the embedder's, and has no expression
   * that differs from call to call.
   */
  public static boolean isRepeatable(Plan plan) {
    return FunctionNames.isDeterministic(plan) && !Effects.areWritesOf(plan) && !asksOutside(plan);
  }

  /** The same for an expression. */
  public static boolean isRepeatable(Scalar scalar) {
    return FunctionNames.isDeterministic(scalar);
  }

  private static boolean asksOutside(Plan plan) {
    Plan at = plan;
    while (true) {
      if (at instanceof Plan.ProcedureCall || at instanceof Plan.LoadCsv) {
        return true;
      }
      for (Plan nested : Operands.plansOf(at)) {
        if (asksOutside(nested)) {
          return true;
        }
      }
      List<Plan> children = at.children();
      for (int i = 1; i < children.size(); i++) {
        if (asksOutside(children.get(i))) {
          return true;
        }
      }
      if (children.isEmpty()) {
        return false;
      }
      at = children.get(0);
    }
  }
}
