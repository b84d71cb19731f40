package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.ErrorCode;

/** Makes statements that can be run from queries that were found to have a meaning. */
public final class Planner {
  private Planner() {}

  /** Plans a query that calls no procedures. */
  public static Statement plan(ParsedQuery parsed, PlannerCatalog catalog) {
    return plan(parsed, catalog, ProcedureSignatures.NONE);
  }

  /**
   * Plans a query that has passed the semantic analysis.
   *
   * @param procedures those that the analysis knew
   * @throws org.weftdb.error.WeftException NOT_SUPPORTED for what cannot be run yet,
   *     PROCEDURE_NOT_FOUND for CALL of none of them, QUERY_TOO_LARGE when the plan would be too
   *     deep
   */
  public static Statement plan(
      ParsedQuery parsed, PlannerCatalog catalog, ProcedureSignatures procedures) {
    Planning planning = new Planning(parsed.source(), catalog, procedures);
    if (parsed.mode() != ParsedQuery.Mode.EXECUTE) {
      throw planning.error(
          ErrorCode.NOT_SUPPORTED,
          parsed.mode() + " is not supported in a query; Database.explain shows the plan",
          parsed.statement());
    }
    return switch (parsed.statement()) {
      case Query query -> plan(query, planning);
      case org.weftdb.cypher.ast.Statement.CreateIndex c ->
          schema(
              new Plan.CreateIndex(
                  c.name(), c.onRelationships(), c.labelOrType(), c.property(), c.ifNotExists()));
      case org.weftdb.cypher.ast.Statement.DropIndex c ->
          schema(new Plan.DropIndex(c.name(), c.ifExists()));
    };
  }

  private static Statement schema(Plan plan) {
    return new Statement(plan, List.of(), List.of(), List.of(), false, true, List.of());
  }

  private static Statement plan(Query query, Planning planning) {
    QueryPlanner.Planned planned = planning.queries.plan(query);
    PlanLimits.check(planned.plan());
    Plan root = Optimizer.optimize(planned);
    List<String> columns = new ArrayList<>();
    for (QueryPlanner.Column column : planned.columns()) {
      columns.add(column.name());
    }
    return new Statement(
        root,
        columns,
        planned.slots(),
        planning.slots.names(),
        Effects.ofWhole(root).writes(),
        false,
        planning.parameters());
  }
}
