package org.weftdb.cypher.plan;

/** What operators do to the order of the rows that they are given. */
public final class RowOrder {
  private RowOrder() {}

  /** Whether the rows of a plan come in the order of the argument's rows they were made of. */
  public static boolean isOfArgument(Plan plan) {
    Plan current = plan;
    while (isRowByRow(current)) {
      current = current.children().get(0);
    }
    return current instanceof Plan.Argument;
  }

  /**
   * Whether an operator turns one row after another into rows, each without regard to the others.
   * So it keeps their order, and gives the same rows in another order when it is given them so.
   *
   * <p>{@link Plan.Distinct} keeps the order, too, but looks at all rows; Skip and Limit choose by
   * the order. What writes is left out, as later rows could see it.
   */
  public static boolean isRowByRow(Plan plan) {
    return plan instanceof Plan.AllNodesScan
        || plan instanceof Plan.NodeByLabelScan
        || plan instanceof Plan.NodeByIdSeek
        || plan instanceof Plan.RelationshipByIdSeek
        || plan instanceof Plan.NodeIndexSeek
        || plan instanceof Plan.RelationshipTypeScan
        || plan instanceof Plan.RelationshipIndexSeek
        || plan instanceof Plan.StoreCount
        || plan instanceof Plan.Expand
        || plan instanceof Plan.Intersect
        || plan instanceof Plan.VariableLengthExpand
        || plan instanceof Plan.ShortestPaths
        || plan instanceof Plan.SelectedPaths
        || plan instanceof Plan.ValueHashJoin
        || plan instanceof Plan.OptionalApply
        || plan instanceof Plan.Subquery subquery && !Effects.areWritesOf(subquery.inner())
        || plan instanceof Plan.Filter
        || plan instanceof Plan.Project
        || plan instanceof Plan.Unwind
        || plan instanceof Plan.LoadCsv
        || plan instanceof Plan.ProcedureCall;
  }
}
