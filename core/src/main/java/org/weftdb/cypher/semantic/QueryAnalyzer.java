package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Hint;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MergeAction;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.cypher.ast.SortItem;
import org.weftdb.error.ErrorCode;

/** Checks queries, clause by clause: a whole one, or one inside another. */
final class QueryAnalyzer {
  private static final CypherType DELETABLE = CypherType.ENTITY.or(CypherType.PATH);
  private static final CypherType PROPERTIES = CypherType.ENTITY.or(CypherType.MAP);

  private final AnalysisContext context;
  private final QueryPlace place;
  private final @Nullable Scope outer;
  private final boolean readOnly;

  /** What a WITH at the beginning can take in, when the query sees nothing else of outside. */
  private final @Nullable Scope importable;

  private final ExpressionAnalyzer expressions;
  private final PatternAnalyzer patterns;
  private final ProjectionAnalyzer projections;
  private final SubqueryAnalyzer subqueries;
  private final ProcedureAnalyzer procedures;
  private List<String> columns = List.of();
  private List<CypherType> columnTypes = List.of();

  /** Whether a clause so far changes the graph, apart from those in transactions of their own. */
  private boolean writes;

  private boolean inUnion;

  /** For a query that stands alone. */
  QueryAnalyzer(AnalysisContext context) {
    this(context, QueryPlace.WHOLE, null, null, false);
  }

  /** For a query inside an expression; {@code outer} is the scope around it. */
  QueryAnalyzer(AnalysisContext context, QueryPlace place, Scope outer) {
    this(context, place, outer, null, true);
  }

  /**
   * For any query.
   *
   * @param outer what it sees of the scope around it all the time, or null
   * @param importable what a WITH at its beginning can take in of the scope around it, or null
   * @param readOnly whether it must not change the graph
   */
  QueryAnalyzer(
      AnalysisContext context,
      QueryPlace place,
      @Nullable Scope outer,
      @Nullable Scope importable,
      boolean readOnly) {
    this.context = context;
    this.place = place;
    this.outer = outer;
    this.importable = importable;
    this.readOnly = readOnly;
    this.expressions = new ExpressionAnalyzer(context);
    this.patterns = expressions.patterns();
    this.projections = new ProjectionAnalyzer(context, expressions);
    this.subqueries = new SubqueryAnalyzer(context, expressions, projections, this);
    this.procedures = new ProcedureAnalyzer(context, expressions);
  }

  /** Answers the names of the columns. */
  List<String> query(Query query) {
    switch (query) {
      case SingleQuery single -> singleQuery(single);
      case UnionQuery union -> union(union);
    }
    return columns;
  }

  /** The columns are those of the first query in its order; the others have them in any order. */
  private void union(UnionQuery union) {
    List<String> first = null;
    List<CypherType> types = List.of();
    inUnion = true;
    for (SingleQuery single : union.queries()) {
      singleQuery(single);
      if (first == null) {
        first = columns;
        types = columnTypes;
      } else if (columns.size() == first.size() && columns.containsAll(first)) {
        types = either(first, types);
      } else {
        throw context.error(
            ErrorCode.DIFFERENT_COLUMNS_IN_UNION,
            "The columns are " + columns + ", expected those of the first query: " + first,
            single.span());
      }
    }
    columns = first == null ? List.of() : first;
    columnTypes = types;
  }

  /** What may be in columns of these types or in those of the same names of the present query. */
  private List<CypherType> either(List<String> names, List<CypherType> types) {
    List<CypherType> both = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      both.add(types.get(i).or(columnType(columns.indexOf(names.get(i)))));
    }
    return both;
  }

  /** What a column of the query checked last may hold; anything when there is no such column. */
  CypherType columnType(int column) {
    return column < columnTypes.size() ? columnTypes.get(column) : CypherType.ANY;
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean writes() {
    return writes;
  }

  /** Takes note of the changes of a subquery. */
  void noteWrites() {
    writes = true;
  }

  /** Whether it is the whole statement, or the part of a UNION that is. */
  boolean isWhole() {
    return place == QueryPlace.WHOLE;
  }

  boolean isInUnion() {
    return inUnion;
  }

  private void singleQuery(SingleQuery query) {
    columns = List.of();
    columnTypes = List.of();
    Scope scope = Scope.inside(outer);
    List<Clause> clauses = query.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      boolean last = i == clauses.size() - 1;
      checkPlace(clause, last);
      if (i == 0 && importable != null && clause instanceof Clause.With with) {
        scope = subqueries.importing(with, importable, scope);
      }
      context.result().record(clause, scope);
      scope = clause(clause, scope);
    }
    if (place == QueryPlace.COLLECT && columns.size() != 1) {
      throw composition(
          "COLLECT makes a list of one column, but its query has " + columns.size(), query);
    }
  }

  private void checkPlace(Clause clause, boolean last) {
    boolean rowsOnly = place == QueryPlace.ROWS;
    switch (clause) {
      case Clause.Return result -> checkIsLast("RETURN", last, clause);
      case Clause.Finish finish -> {
        checkIsLast("FINISH", last, clause);
        if (place.isExpression()) {
          throw composition("FINISH gives no rows, expected RETURN", clause);
        }
      }
      case Clause.With with -> checkNotLast("WITH", last, clause);
      case Clause.Match match -> checkNotLast("MATCH", last && !rowsOnly, clause);
      case Clause.Unwind unwind -> checkNotLast("UNWIND", last && !rowsOnly, clause);
      case Clause.LoadCsv load -> checkNotLast("LOAD CSV", last && !rowsOnly, clause);
      case Clause.Let let -> checkNotLast("LET", last && !rowsOnly, clause);
      case Clause.Filter filter -> checkNotLast("FILTER", last && !rowsOnly, clause);
      case Clause.OrderBy order ->
          checkNotLast("ORDER BY, SKIP or LIMIT", last && !rowsOnly, clause);
      case Clause.Call call -> {}
      case Clause.Subquery subquery ->
          checkNotLast(
              "a CALL that returns",
              last && !rowsOnly && SubqueryAnalyzer.returns(subquery.query()),
              clause);
      case Clause.Create create -> update(clause);
      case Clause.Merge merge -> update(clause);
      case Clause.SetClause set -> update(clause);
      case Clause.Remove remove -> update(clause);
      case Clause.Delete delete -> update(clause);
      case Clause.Foreach foreach -> update(clause);
    }
  }

  private void update(Clause clause) {
    if (readOnly) {
      throw composition(
          "A change inside the subquery of an expression, expected only reading clauses", clause);
    }
    context.result().recordUpdate();
    writes = true;
  }

  private void checkIsLast(String name, boolean last, Clause clause) {
    if (!last) {
      throw composition(name + " is not the last clause, expected nothing after it", clause);
    }
  }

  private void checkNotLast(String name, boolean last, Clause clause) {
    if (last) {
      throw composition(
          "A query cannot end with " + name + ", expected RETURN or a change after it", clause);
    }
  }

  private RuntimeException composition(String what, AstNode place) {
    return context.error(ErrorCode.INVALID_CLAUSE_COMPOSITION, what, place.span());
  }

  /** Checks a clause and answers the scope after it. */
  Scope clause(Clause clause, Scope scope) {
    return switch (clause) {
      case Clause.Match match -> {
        context.notices().connections(match, scope);
        Scope matched = patterns.match(match.pattern(), scope);
        for (Hint hint : match.hints()) {
          new HintAnalyzer(context, match).analyze(hint, matched);
        }
        if (match.where() != null) {
          expressions.filter(match.where(), matched);
        }
        yield matched;
      }
      case Clause.Unwind unwind -> {
        CypherType list = expressions.row(unwind.expression(), scope, "UNWIND");
        patterns.mustBeNew(unwind.variable(), scope);
        CypherType element = list.isAlways(CypherType.LIST) ? list.element() : CypherType.ANY;
        yield scope.with(unwind.variable().name(), element);
      }
      case Clause.With with -> with(with, scope);
      case Clause.Return result -> {
        Scope output = projections.analyze(result.projection(), null, false, scope, outer);
        if (place == QueryPlace.CALL) {
          projections.checkNames(result.projection(), "the RETURN of a subquery");
          if (output.names().isEmpty()) {
            throw context.error(
                ErrorCode.NO_VARIABLES_IN_SCOPE,
                "The subquery has no variables of its own for '*', expected expressions",
                result.projection().span());
          }
        }
        columns = output.names();
        columnTypes = typesOf(output);
        yield output;
      }
      case Clause.Create create -> patterns.create(create.pattern(), scope);
      case Clause.Merge merge -> merge(merge, scope);
      case Clause.SetClause set -> {
        setItems(set.items(), scope);
        yield scope;
      }
      case Clause.Remove remove -> remove(remove, scope);
      case Clause.Delete delete -> delete(delete, scope);
      case Clause.Call call -> {
        ProcedureSignature signature = procedures.signature(call);
        if (signature.updates()) {
          update(call);
        }
        Scope after = procedures.call(call, signature, scope);
        columns = call.standalone() ? after.names() : columns;
        yield after;
      }
      case Clause.Subquery subquery -> subqueries.call(subquery, scope);
      case Clause.Foreach foreach -> subqueries.foreach(foreach, scope);
      case Clause.LoadCsv load -> {
        CypherType source = expressions.row(load.source(), scope, "LOAD CSV");
        expressions.expect(CypherType.STRING, source, load.source().span());
        patterns.mustBeNew(load.variable(), scope);
        yield scope.with(
            load.variable().name(),
            load.withHeaders() ? CypherType.MAP : CypherType.listOf(CypherType.STRING));
      }
      case Clause.Finish finish -> scope;
      case Clause.Let let -> let(let, scope);
      case Clause.Filter filter -> {
        expressions.filter(filter.condition(), scope);
        yield scope;
      }
      case Clause.OrderBy order -> {
        for (SortItem item : order.items()) {
          expressions.row(item.expression(), scope, "ORDER BY");
        }
        projections.checkCount(order.skip(), 0);
        projections.checkCount(order.limit(), 1);
        yield scope;
      }
    };
  }

  private static List<CypherType> typesOf(Scope output) {
    List<CypherType> types = new ArrayList<>();
    for (String name : output.names()) {
      types.add(output.type(name));
    }
    return types;
  }

  private Scope let(Clause.Let let, Scope scope) {
    List<CypherType> types = new ArrayList<>();
    for (Clause.LetItem item : let.items()) {
      types.add(expressions.row(item.expression(), scope, "LET"));
    }
    Scope after = scope;
    for (int i = 0; i < types.size(); i++) {
      Variable variable = let.items().get(i).variable();
      patterns.mustBeNew(variable, after);
      after = after.with(variable.name(), types.get(i));
    }
    return after;
  }

  private Scope with(Clause.With with, Scope scope) {
    Scope output = projections.analyze(with.projection(), with.where(), true, scope, outer);
    if (outer != null) {
      for (ProjectedColumn column : context.result().projection(with.projection()).columns()) {
        boolean same =
            column.expression() instanceof Variable variable
                && variable.name().equals(column.name());
        if (!same && outer.contains(column.name())) {
          throw context.error(
              ErrorCode.VARIABLE_ALREADY_BOUND,
              "Variable '"
                  + column.name()
                  + "' is bound outside of the subquery, expected a new name",
              with.span());
        }
      }
    }
    return output;
  }

  // Changes.

  private Scope merge(Clause.Merge merge, Scope scope) {
    Scope merged = patterns.merge(merge.part(), scope);
    for (MergeAction action : merge.actions()) {
      setItems(action.items(), merged);
    }
    return merged;
  }

  private void setItems(List<SetItem> items, Scope scope) {
    for (SetItem item : items) {
      switch (item) {
        case SetItem.SetProperty set -> {
          Expression subject = set.property().subject();
          entity(subject, scope);
          context.notices().givenKey(set.property().key());
          expressions.row(set.value(), scope, "SET");
        }
        case SetItem.ReplaceProperties set -> properties(set.variable(), set.value(), scope);
        case SetItem.AddProperties set -> properties(set.variable(), set.value(), scope);
        case SetItem.SetDynamicProperty set -> {
          dynamicProperty(set.property(), scope);
          expressions.row(set.value(), scope, "SET");
        }
        case SetItem.SetLabels set -> labels(set.variable(), set.labels(), scope);
      }
    }
  }

  private void entity(Expression subject, Scope scope) {
    CypherType type = expressions.row(subject, scope, "SET");
    expressions.expect(CypherType.ENTITY, type, subject.span());
  }

  private void labels(Variable subject, LabelExpression labels, Scope scope) {
    CypherType type = expressions.row(subject, scope, "SET");
    expressions.expect(CypherType.NODE, type, subject.span());
    context.notices().labelled(labels);
    for (Expression names : labels.expressions()) {
      CypherType namesType = expressions.row(names, scope, "SET");
      expressions.expect(CypherType.STRING.or(CypherType.LIST), namesType, names.span());
    }
  }

  private void dynamicProperty(Expression.Subscript property, Scope scope) {
    entity(property.subject(), scope);
    CypherType type = expressions.row(property.index(), scope, "SET");
    expressions.expect(CypherType.STRING, type, property.index().span());
    context.notices().givenAnyKey();
  }

  private void properties(Variable subject, Expression value, Scope scope) {
    entity(subject, scope);
    CypherType type = expressions.row(value, scope, "SET");
    expressions.expect(PROPERTIES, type, value.span());
    context.notices().given(value);
  }

  private Scope remove(Clause.Remove remove, Scope scope) {
    for (RemoveItem each : remove.items()) {
      switch (each) {
        case RemoveItem.RemoveProperty property -> entity(property.property().subject(), scope);
        case RemoveItem.RemoveDynamicProperty property ->
            dynamicProperty(property.property(), scope);
        case RemoveItem.RemoveLabels item -> labels(item.variable(), item.labels(), scope);
      }
    }
    return scope;
  }

  private Scope delete(Clause.Delete delete, Scope scope) {
    for (Expression target : delete.expressions()) {
      if (target instanceof Expression.LabelPredicate || target instanceof Expression.LabelTest) {
        throw context.error(
            ErrorCode.INVALID_DELETE,
            "A label cannot be deleted, expected a node, relationship or path, or REMOVE",
            target.span());
      }
      CypherType type = expressions.row(target, scope, "DELETE");
      expressions.expect(DELETABLE, type, target.span());
    }
    return scope;
  }
}
