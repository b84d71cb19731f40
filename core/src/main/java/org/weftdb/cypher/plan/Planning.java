package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** What the parts of the planner share while they plan one statement. */
final class Planning {
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
  private final Set<String> parameters = new TreeSet<>();

  Planning(SourceText source, PlannerCatalog catalog, ProcedureSignatures procedures) {
    this.source = source;
    this.catalog = catalog;
    this.procedures = procedures;
  }

  void useParameter(String name) {
    parameters.add(name);
  }

  /** The parameters used so far, sorted. */
  List<String> parameters() {
    return Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  WeftException error(ErrorCode code, String what, AstNode where) {
    return source.error(code, what, where.span().start());
  }
}
