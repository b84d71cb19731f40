package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.WeftException;
import org.weftdb.graph.ConstraintDefinition;
import org.weftdb.graph.IndexDefinition;

/** Makes statements that can be run from queries that were found to have a meaning. */
public final class Planner {
  private Planner() {}

  /** Plans a query that calls no procedures. */
  public static Statement plan(ParsedQuery parsed, PlannerCatalog catalog) {
    return plan(parsed, catalog, ProcedureSignatures.NONE, () -> false);
  }

  /**
   * Plans a query that has passed the semantic analysis.
   *
   * @param procedures those that the analysis knew
   * @param cancelled asked now and then; planning is given up when it is true
   * @throws org.weftdb.error.WeftException PROCEDURE_NOT_FOUND for CALL of none of them,
   *     QUERY_TOO_LARGE when the plan would be too deep, CANCELLED
   */
  public static Statement plan(
      ParsedQuery parsed,
      PlannerCatalog catalog,
      ProcedureSignatures procedures,
      BooleanSupplier cancelled) {
    Planning planning = new Planning(parsed.source(), catalog, procedures, cancelled);
    org.weftdb.cypher.ast.Statement statement = parsed.statement();
    try {
      return switch (statement) {
        case Query query -> plan(query, parsed.mode(), planning);
        case org.weftdb.cypher.ast.Statement.SchemaChange change ->
            schema(change, parsed.mode(), planning);
      };
    } catch (WeftException failure) {
      throw planning.origin(statement).place(failure);
    }
  }

  private static SchemaChange change(
      org.weftdb.cypher.ast.Statement.SchemaChange statement, Planning planning) {
    return switch (statement) {
      case org.weftdb.cypher.ast.Statement.CreateIndex c ->
          new SchemaChange.CreateIndex(
              c.name() == null ? null : name(c.name(), planning),
              switch (c.kind()) {
                case RANGE -> IndexDefinition.Kind.RANGE;
                case TEXT -> IndexDefinition.Kind.TEXT;
                case POINT -> IndexDefinition.Kind.POINT;
                case LOOKUP -> IndexDefinition.Kind.LOOKUP;
              },
              subject(c.subject()),
              c.ifNotExists());
      case org.weftdb.cypher.ast.Statement.CreateConstraint c ->
          new SchemaChange.CreateConstraint(
              c.name() == null ? null : name(c.name(), planning),
              switch (c.kind()) {
                case UNIQUE -> ConstraintDefinition.Kind.UNIQUE;
                case NOT_NULL -> ConstraintDefinition.Kind.NOT_NULL;
                case KEY -> ConstraintDefinition.Kind.KEY;
                case TYPE -> ConstraintDefinition.Kind.TYPE;
              },
              subject(c.subject()),
              c.type() == null ? "" : c.type().text(),
              c.ifNotExists());
      case org.weftdb.cypher.ast.Statement.DropIndex c ->
          new SchemaChange.DropIndex(name(c.name(), planning), c.ifExists());
      case org.weftdb.cypher.ast.Statement.DropConstraint c ->
          new SchemaChange.DropConstraint(name(c.name(), planning), c.ifExists());
    };
  }

  private static SchemaChange.Subject subject(org.weftdb.cypher.ast.Statement.Subject subject) {
    return new SchemaChange.Subject(
        subject.onRelationships(), subject.labelOrType(), subject.properties());
  }

  private static SchemaChange.Name name(Expression name, Planning planning) {
    return new SchemaChange.Name(
        planning.expressions.lower(name, new Scope(null)), planning.origin(name));
  }

  private static Statement schema(
      org.weftdb.cypher.ast.Statement.SchemaChange change,
      ParsedQuery.Mode mode,
      Planning planning) {
    Origin origin = planning.origin(change);
    return new Statement(
        mode,
        new Plan.ChangeSchema(change(change, planning)),
        List.of(),
        List.of(),
        List.of(),
        false,
        true,
        planning.parameters(),
        origin,
        origin);
  }

  private static Statement plan(Query query, ParsedQuery.Mode mode, Planning planning) {
    QueryPlanner.Planned planned = planning.queries.plan(query);
    PlanLimits.check(planned.plan());
    Plan root = Optimizer.optimize(planned, planning.catalog);
    List<String> columns = new ArrayList<>();
    for (QueryPlanner.Column column : planned.columns()) {
      columns.add(column.name());
    }
    Origin origin = planning.origin(query);
    return new Statement(
        mode,
        root,
        columns,
        planned.slots(),
        planning.slots.names(),
        Effects.ofWhole(root).needsTransaction(),
        false,
        planning.parameters(),
        origin,
        planning.changes(origin));
  }
}
