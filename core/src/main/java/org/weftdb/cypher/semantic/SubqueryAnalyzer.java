package org.weftdb.cypher.semantic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.error.ErrorCode;

/** Checks CALL with a subquery, what a WITH at its beginning takes in, and FOREACH. */
final class SubqueryAnalyzer {
  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;
  private final ProjectionAnalyzer projections;
  private final QueryAnalyzer queries;

  /**
   * @param queries what checks the query that the clauses stand in
   */
  SubqueryAnalyzer(
      AnalysisContext context,
      ExpressionAnalyzer expressions,
      ProjectionAnalyzer projections,
      QueryAnalyzer queries) {
    this.context = context;
    this.expressions = expressions;
    this.projections = projections;
    this.queries = queries;
  }

  // CALL.

  /** Checks a subquery and answers the scope after it, with what it returns. */
  Scope call(Clause.Subquery call, Scope scope) {
    Clause.Imports imports = call.imports();
    Scope imported = imports == null ? null : imported(imports, scope);
    QueryAnalyzer inner =
        new QueryAnalyzer(
            context, QueryPlace.CALL, imported, imports == null ? scope : null, queries.readOnly());
    List<String> columns = inner.query(call.query());
    Clause.InTransactions transactions = call.transactions();
    if (transactions != null) {
      transactions(transactions);
    } else if (inner.writes()) {
      queries.noteWrites();
    }
    Scope after = scope;
    for (int i = 0; i < columns.size(); i++) {
      after = returned(columns.get(i), inner.columnType(i), returning(call.query()), after);
    }
    if (transactions != null && transactions.status() != null) {
      Variable status = transactions.status();
      expressions.patterns().mustBeNew(status, after);
      after = after.with(status.name(), CypherType.MAP);
    }
    return after;
  }

  private Scope imported(Clause.Imports imports, Scope scope) {
    if (imports.all()) {
      return scope.flattened();
    }
    Scope imported = Scope.inside(null);
    for (Variable variable : imports.variables()) {
      CypherType type = expressions.row(variable, scope, "CALL");
      if (imported.contains(variable.name())) {
        throw context.error(
            ErrorCode.VARIABLE_ALREADY_BOUND,
            "Variable '" + variable.name() + "' is taken into the subquery twice, expected once",
            variable.span());
      }
      imported = imported.with(variable.name(), type);
    }
    return imported;
  }

  private Scope returned(String column, CypherType type, AstNode place, Scope scope) {
    if (scope.contains(column)) {
      throw context.error(
          ErrorCode.VARIABLE_ALREADY_BOUND,
          "The subquery returns '"
              + column
              + "', which is a variable outside of it already, expected another name",
          place.span());
    }
    return scope.with(column, type);
  }

  /** The clause that returns what a query returns; the query when there is none. */
  private static AstNode returning(Query query) {
    SingleQuery single =
        switch (query) {
          case SingleQuery only -> only;
          case UnionQuery union -> union.queries().get(0);
        };
    return single.clauses().get(single.clauses().size() - 1);
  }

  /** Whether a query has columns. */
  static boolean returns(Query query) {
    return returning(query) instanceof Clause.Return;
  }

  private void transactions(Clause.InTransactions transactions) {
    String reason = null;
    if (!queries.isWhole()) {
      reason = "inside another subquery, expected it outside of all";
    } else if (queries.isInUnion()) {
      reason = "in a UNION, expected it in a query of its own";
    } else if (queries.writes()) {
      reason = "after a change, which could not be undone with what it commits; expected it first";
    }
    if (reason != null) {
      throw context.error(
          ErrorCode.INVALID_CLAUSE_COMPOSITION,
          "CALL { } IN TRANSACTIONS " + reason,
          transactions.span());
    }
    context.result().recordUpdate();
    Expression size = transactions.batchSize();
    if (size != null) {
      projections.checkConstant(size, "OF ROWS");
      expressions.expect(
          CypherType.INTEGER, expressions.row(size, Scope.inside(null), "OF ROWS"), size.span());
      if (size instanceof Expression.IntegerLiteral literal && literal.value() < 1) {
        throw context.error(
            ErrorCode.NEGATIVE_INTEGER_ARGUMENT,
            "Transactions of " + literal.value() + " rows, expected an integer from 1",
            size.span());
      }
    }
  }

  // WITH at the beginning of a subquery.

  /**
   * The scope that a WITH at the beginning of a subquery works on: all that is around it when it
   * only names variables, else nothing.
   *
   * @param around the scope around the subquery
   * @param empty the scope of a subquery that takes nothing in
   */
  Scope importing(Clause.With with, Scope around, Scope empty) {
    Projection projection = with.projection();
    String notPlain = notPlain(with);
    if (notPlain == null) {
      return around.flattened();
    }
    Set<String> mentioned = new HashSet<>();
    for (ReturnItem item : projection.items()) {
      MentionedVariables.add(item.expression(), mentioned);
    }
    for (SortItem item : projection.orderBy()) {
      MentionedVariables.add(item.expression(), mentioned);
    }
    boolean takes = projection.star() && !around.flattened().names().isEmpty();
    for (String name : mentioned) {
      takes |= around.contains(name);
    }
    if (takes) {
      throw context.error(
          ErrorCode.INVALID_CLAUSE_COMPOSITION,
          "A WITH that takes variables into a subquery names them and nothing more, but here is "
              + notPlain
              + "; expected a second WITH for it",
          with.span());
    }
    return empty;
  }

  /** What a WITH has besides the names of variables, or null. */
  private static @Nullable String notPlain(Clause.With with) {
    Projection projection = with.projection();
    for (ReturnItem item : projection.items()) {
      if (!(item.expression() instanceof Variable variable)
          || item.alias() != null && !item.alias().name().equals(variable.name())) {
        return item.expression() instanceof Variable ? "an alias" : "an expression";
      }
    }
    if (projection.distinct()) {
      return "DISTINCT";
    } else if (!projection.orderBy().isEmpty()) {
      return "ORDER BY";
    } else if (projection.skip() != null) {
      return "SKIP";
    } else if (projection.limit() != null) {
      return "LIMIT";
    }
    return with.where() == null ? null : "WHERE";
  }

  // FOREACH.

  /** Checks FOREACH, which declares nothing for what comes after it. */
  Scope foreach(Clause.Foreach foreach, Scope scope) {
    CypherType list = expressions.row(foreach.list(), scope, "FOREACH");
    expressions.expect(CypherType.LIST, list, foreach.list().span());
    CypherType element = list.isAlways(CypherType.LIST) ? list.element() : CypherType.ANY;
    Scope inner = Scope.inside(scope).with(foreach.variable().name(), element);
    for (Clause update : foreach.updates()) {
      context.result().record(update, inner);
      inner = queries.clause(update, inner);
    }
    return scope;
  }
}
