package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Projection;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Checks what WITH and RETURN have in common, and works out their columns. */
final class ProjectionAnalyzer {
  private static final String[] COUNT_WORDS = {"SKIP", "LIMIT"};

  private final AnalysisContext context;
  private final ExpressionAnalyzer expressions;

  ProjectionAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /**
   * Checks a projection and the condition after it, and records the columns.
   *
   * @param mustName whether expressions need an alias, as in WITH
   * @param outer the scope around the whole query
   * @return the scope after the projection
   */
  Scope analyze(
      Projection projection,
      @Nullable Expression where,
      boolean mustName,
      Scope input,
      @Nullable Scope outer) {
    if (projection.star() && !mustName && input.names().isEmpty() && outer == null) {
      throw context.error(
          ErrorCode.NO_VARIABLES_IN_SCOPE,
          "There are no variables for '*', expected expressions",
          projection.span());
    }
    ProjectionInfo info = info(projection, input);
    checkConflicts(projection, info);
    context.result().record(projection, info);
    Scope output = Scope.inside(outer);
    for (ProjectedColumn column : info.columns()) {
      output = output.with(column.name(), column.type());
    }
    after(projection, where, info, input, output);
    checkCount(projection.skip(), 0);
    checkCount(projection.limit(), 1);
    if (mustName) {
      checkNames(projection);
    }
    return output;
  }

  private ProjectionInfo info(Projection projection, Scope input) {
    List<ProjectedColumn> columns = new ArrayList<>();
    if (projection.star()) {
      star(projection, input, columns);
    }
    boolean aggregates = false;
    for (ReturnItem item : projection.items()) {
      aggregates |= expressions.aggregates().in(item.expression());
    }
    Visibility within = aggregates ? around(projection, new HashMap<>(), input, false, true) : null;
    for (ReturnItem item : projection.items()) {
      boolean aggregate = aggregates && expressions.aggregates().in(item.expression());
      CypherType type = expressions.item(item.expression(), input, aggregate ? within : null);
      columns.add(new ProjectedColumn(item.columnName(), item.expression(), aggregate, type));
    }
    return new ProjectionInfo(columns, aggregates, aggregates || projection.distinct());
  }

  private void star(Projection projection, Scope input, List<ProjectedColumn> columns) {
    List<String> names = new ArrayList<>(input.names());
    Collections.sort(names);
    for (String name : names) {
      Variable variable = new Variable(name, projection.span());
      columns.add(new ProjectedColumn(name, variable, false, input.type(name)));
    }
  }

  // Names.

  private void checkNames(Projection projection) {
    checkNames(projection, "WITH");
  }

  /** Refuses expressions without an alias. */
  void checkNames(Projection projection, String place) {
    for (ReturnItem item : projection.items()) {
      if (item.alias() == null && !(item.expression() instanceof Variable)) {
        throw context.error(
            ErrorCode.NO_EXPRESSION_ALIAS,
            "An expression in " + place + " has no name, expected AS and a name after it",
            item.span());
      }
    }
  }

  private void checkConflicts(Projection projection, ProjectionInfo info) {
    Set<String> names = new HashSet<>();
    int starred = info.columns().size() - projection.items().size();
    for (int i = 0; i < info.columns().size(); i++) {
      String name = info.columns().get(i).name();
      if (!names.add(name)) {
        throw context.error(
            ErrorCode.COLUMN_NAME_CONFLICT,
            "Two columns have the name '" + name + "', expected different names",
            projection.items().get(i - starred).span());
      }
    }
  }

  // Grouping.

  private Visibility around(
      Projection projection,
      Map<String, CypherType> columns,
      Scope input,
      boolean after,
      boolean aggregating) {
    Set<String> groupingVariables = new HashSet<>();
    Set<String> mentioned = new HashSet<>();
    if (projection.star()) {
      groupingVariables.addAll(input.names());
      mentioned.addAll(input.names());
    }
    for (ReturnItem item : projection.items()) {
      Expression expression = item.expression();
      if (expressions.aggregates().in(expression)) {
        continue;
      }
      if (expression instanceof Variable variable) {
        groupingVariables.add(variable.name());
      } else if (!after) {
        columns.put(AstPrinter.print(expression), CypherType.ANY);
      }
      MentionedVariables.add(expression, mentioned);
    }
    return new Visibility(input, after, aggregating, columns, groupingVariables, mentioned);
  }

  // What comes after the columns.

  private void after(
      Projection projection,
      @Nullable Expression where,
      ProjectionInfo info,
      Scope input,
      Scope output) {
    if (!info.hidesInput()) {
      Scope both = Scope.inside(input);
      for (ProjectedColumn column : info.columns()) {
        both = both.with(column.name(), column.type());
      }
      for (SortItem item : projection.orderBy()) {
        expressions.row(item.expression(), both, "ORDER BY");
      }
      if (where != null) {
        expressions.filter(where, both);
      }
      return;
    }
    Map<String, CypherType> columns = new HashMap<>();
    for (ProjectedColumn column : info.columns()) {
      columns.put(AstPrinter.print(column.expression()), column.type());
    }
    for (SortItem item : projection.orderBy()) {
      boolean aggregating = expressions.aggregates().in(item.expression());
      Visibility around = around(projection, columns, input, true, aggregating);
      expressions.after(item.expression(), output, around, "ORDER BY");
    }
    if (where != null) {
      Visibility around = around(projection, columns, input, true, false);
      expressions.after(where, output, around, "WHERE");
    }
  }

  /** Checks the count of SKIP (0) or LIMIT (1). */
  void checkCount(@Nullable Expression count, int word) {
    if (count == null) {
      return;
    }
    checkConstant(count, COUNT_WORDS[word]);
    CypherType type = expressions.row(count, Scope.inside(null), COUNT_WORDS[word]);
    expressions.expect(CypherType.INTEGER, type, count.span());
    if (count instanceof Expression.IntegerLiteral literal && literal.value() < 0) {
      throw negative(count, word);
    }
  }

  /** Refuses an expression that depends on a row. */
  void checkConstant(Expression expression, String place) {
    Set<String> mentioned = new HashSet<>();
    MentionedVariables.add(expression, mentioned);
    if (!mentioned.isEmpty()) {
      throw context.error(
          ErrorCode.NON_CONSTANT_EXPRESSION,
          place + " uses a variable, expected constants and parameters",
          expression.span());
    }
  }

  private WeftException negative(Expression count, int word) {
    return context.error(
        ErrorCode.NEGATIVE_INTEGER_ARGUMENT,
        COUNT_WORDS[word] + " is negative, expected an integer from 0",
        count.span());
  }
}
