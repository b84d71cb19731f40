package org.weftdb.cypher.exec;

import java.util.List;
import org.weftdb.cypher.plan.Plan;

/** What a plan does with the rows that it is run for. */
final class PlanShape {
  private PlanShape() {}

  /** Whether the rows of a plan come in the order of the argument's rows they were made of. */
  static boolean isOrdered(Plan plan) {
    Plan current = plan;
    while (keepsOrder(current)) {
      current = current.children().get(0);
    }
    return current instanceof Plan.Argument;
  }

  /** Whether an operator turns one row after another into rows. */
  private static boolean keepsOrder(Plan plan) {
    return plan instanceof Plan.AllNodesScan
        || plan instanceof Plan.NodeByLabelScan
        || plan instanceof Plan.NodeByIdSeek
        || plan instanceof Plan.RelationshipByIdSeek
        || plan instanceof Plan.NodeIndexSeek
        || plan instanceof Plan.RelationshipTypeScan
        || plan instanceof Plan.RelationshipIndexSeek
        || plan instanceof Plan.Expand
        || plan instanceof Plan.VariableLengthExpand
        || plan instanceof Plan.ShortestPaths
        || plan instanceof Plan.SelectedPaths
        || plan instanceof Plan.ValueHashJoin
        || plan instanceof Plan.OptionalApply
        || plan instanceof Plan.Subquery subquery && !writes(subquery.inner())
        || plan instanceof Plan.Filter
        || plan instanceof Plan.Project
        || plan instanceof Plan.Unwind
        || plan instanceof Plan.LoadCsv
        || plan instanceof Plan.ProcedureCall;
  }

  /** Whether a plan changes the graph. */
  static boolean writes(Plan plan) {
    Plan current = plan;
    while (true) {
      if (current instanceof Plan.Create
          || current instanceof Plan.Merge
          || current instanceof Plan.Apply
          || current instanceof Plan.Delete) {
        return true;
      }
      List<Plan> children = current.children();
      if (children.isEmpty()) {
        return false;
      }
      for (int i = 1; i < children.size(); i++) {
        if (writes(children.get(i))) {
          return true;
        }
      }
      current = children.get(0);
    }
  }
}
