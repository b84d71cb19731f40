package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What the parts of the planner share while they plan one statement. */
final class Planning {
  private static final int STEPS_BETWEEN_CHECKS = 1 << 14;

  final Slots slots = new Slots();
  final SourceText source;
  final PlannerCatalog catalog;
  final ProcedureSignatures procedures;
  final ExpressionPlanner expressions = new ExpressionPlanner(this);
  final MatchPlanner matches = new MatchPlanner(this);
  final ProjectionPlanner projections = new ProjectionPlanner(this);
  final WritePlanner writes = new WritePlanner(this);
  final QueryPlanner queries = new QueryPlanner(this);
  final SubqueryPlanner subqueries = new SubqueryPlanner(this);
  private final Map<String, Origin> parameters = new TreeMap<>();
  private @Nullable Origin change;
  private boolean changesOften;

  private final BooleanSupplier cancelled;
  private int stepsLeft = STEPS_BETWEEN_CHECKS;

  Planning(
      SourceText source,
      PlannerCatalog catalog,
      ProcedureSignatures procedures,
      BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    this.source = source;
    this.catalog = catalog;
    this.procedures = procedures;
  }

  /** Counts steps of planning, and now and then looks whether the caller has cancelled. */
  void work(int steps) {
    stepsLeft -= steps;
    if (stepsLeft <= 0) {
      stepsLeft = STEPS_BETWEEN_CHECKS;
      if (cancelled.getAsBoolean()) {
        throw new WeftException(
            ErrorCode.CANCELLED, "the query was cancelled while it was planned");
      }
    }
  }

  void useParameter(String name, AstNode where) {
    parameters.putIfAbsent(name, origin(where));
  }

  /** Takes note of a clause that changes the graph. */
  void addChange(AstNode clause) {
    changesOften = change != null;
    change = origin(clause);
  }

  /** The only clause that changes the graph, or where the statement begins. */
  Origin changes(Origin beginning) {
    return change == null || changesOften ? beginning : change;
  }

  /** The parameters used so far, sorted. */
  List<Statement.Parameter> parameters() {
    List<Statement.Parameter> used = new ArrayList<>();
    for (Map.Entry<String, Origin> parameter : parameters.entrySet()) {
      used.add(new Statement.Parameter(parameter.getKey(), parameter.getValue()));
    }
    return used;
  }

  /** Where something comes from that may fail while the statement runs. */
  Origin origin(AstNode node) {
    return Origin.of(source, node);
  }

  WeftException error(ErrorCode code, String what, AstNode where) {
    return source.error(code, what, where.span().start());
  }
}
