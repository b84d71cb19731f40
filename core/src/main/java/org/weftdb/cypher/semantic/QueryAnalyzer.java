package org.weftdb.cypher.semantic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.MergeAction;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Query.SingleQuery;
import org.weftdb.cypher.ast.Query.UnionQuery;
import org.weftdb.cypher.ast.RemoveItem;
import org.weftdb.cypher.ast.SetItem;
import org.weftdb.cypher.ast.YieldItem;
import org.weftdb.cypher.semantic.ProcedureSignature.Field;
import org.weftdb.error.ErrorCode;

/** Checks queries, clause by clause: a whole one, or one inside EXISTS. */
final class QueryAnalyzer {
  private static final CypherType DELETABLE = CypherType.ENTITY.or(CypherType.PATH);
  private static final CypherType PROPERTIES = CypherType.ENTITY.or(CypherType.MAP);

  private final AnalysisContext context;
  private final @Nullable Scope outer;
  private final ExpressionAnalyzer expressions;
  private final PatternAnalyzer patterns;
  private final ProjectionAnalyzer projections;
  private List<String> columns = List.of();

  /**
   * @param outer the scope around a query inside EXISTS, or null for a whole query
   */
  QueryAnalyzer(AnalysisContext context, @Nullable Scope outer) {
    this.context = context;
    this.outer = outer;
    this.expressions = new ExpressionAnalyzer(context);
    this.patterns = expressions.patterns();
    this.projections = new ProjectionAnalyzer(context, expressions);
  }

  /** Answers the names of the columns. */
  List<String> query(Query query) {
    switch (query) {
      case SingleQuery single -> singleQuery(single);
      case UnionQuery union -> {
        List<String> first = null;
        for (SingleQuery single : union.queries()) {
          singleQuery(single);
          if (first != null && !columns.equals(first)) {
            throw context.error(
                ErrorCode.DIFFERENT_COLUMNS_IN_UNION,
                "The columns are " + columns + ", expected those of the first query: " + first,
                single.span());
          }
          first = columns;
        }
      }
    }
    return columns;
  }

  private void singleQuery(SingleQuery query) {
    columns = List.of();
    Scope scope = Scope.inside(outer);
    List<Clause> clauses = query.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      boolean last = i == clauses.size() - 1;
      checkPlace(clause, last);
      context.result().record(clause, scope);
      scope = clause(clause, scope);
    }
  }

  private void checkPlace(Clause clause, boolean last) {
    switch (clause) {
      case Clause.Return result -> {
        if (!last) {
          throw composition("RETURN is not the last clause, expected nothing after it", clause);
        }
      }
      case Clause.With with -> checkNotLast("WITH", last, clause);
      case Clause.Match match -> checkNotLast("MATCH", last && outer == null, clause);
      case Clause.Unwind unwind -> checkNotLast("UNWIND", last && outer == null, clause);
      case Clause.Call call -> {}
      default -> {
        if (outer != null) {
          throw composition("A change inside EXISTS, expected only reading clauses", clause);
        }
        context.result().recordUpdate();
      }
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

  private Scope clause(Clause clause, Scope scope) {
    return switch (clause) {
      case Clause.Match match -> {
        Scope matched = patterns.match(match.pattern(), scope);
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
        columns = output.names();
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
      case Clause.Call call -> call(call, scope);
    };
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
              "Variable '" + column.name() + "' is bound outside of EXISTS, expected a new name",
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
          expressions.row(set.value(), scope, "SET");
        }
        case SetItem.ReplaceProperties set -> properties(set.variable(), set.value(), scope);
        case SetItem.AddProperties set -> properties(set.variable(), set.value(), scope);
        case SetItem.SetLabels set -> node(set.variable(), scope);
      }
    }
  }

  private void entity(Expression subject, Scope scope) {
    CypherType type = expressions.row(subject, scope, "SET");
    expressions.expect(CypherType.ENTITY, type, subject.span());
  }

  private void node(Variable subject, Scope scope) {
    CypherType type = expressions.row(subject, scope, "SET");
    expressions.expect(CypherType.NODE, type, subject.span());
  }

  private void properties(Variable subject, Expression value, Scope scope) {
    entity(subject, scope);
    CypherType type = expressions.row(value, scope, "SET");
    expressions.expect(PROPERTIES, type, value.span());
  }

  private Scope remove(Clause.Remove remove, Scope scope) {
    for (RemoveItem item : remove.items()) {
      switch (item) {
        case RemoveItem.RemoveProperty property -> entity(property.property().subject(), scope);
        case RemoveItem.RemoveLabels labels -> node(labels.variable(), scope);
      }
    }
    return scope;
  }

  private Scope delete(Clause.Delete delete, Scope scope) {
    for (Expression target : delete.expressions()) {
      if (target instanceof Expression.LabelPredicate predicate) {
        throw context.error(
            ErrorCode.INVALID_DELETE,
            "A label cannot be deleted, expected a node, relationship or path, or REMOVE",
            predicate.span());
      }
      CypherType type = expressions.row(target, scope, "DELETE");
      expressions.expect(DELETABLE, type, target.span());
    }
    return scope;
  }

  // Procedures.

  private Scope call(Clause.Call call, Scope scope) {
    ProcedureSignature signature = context.procedures().find(call.name());
    if (signature == null) {
      throw context.error(
          ErrorCode.PROCEDURE_NOT_FOUND,
          "There is no procedure '" + call.name() + "', expected a known one",
          call.span());
    }
    if (signature.updates()) {
      if (outer != null) {
        throw composition("A change inside EXISTS, expected only reading clauses", call);
      }
      context.result().recordUpdate();
    }
    arguments(call, signature, scope);
    List<String> names = new ArrayList<>();
    Scope after = scope;
    Clause.Yield yield = call.yield();
    if (yield != null && !yield.all()) {
      for (YieldItem item : yield.items()) {
        patterns.mustBeNew(item.variable(), after);
        after = after.with(item.variable().name(), field(item, signature));
        names.add(item.variable().name());
      }
    } else if (call.standalone()) {
      for (Field output : signature.outputs()) {
        names.add(output.name());
        after = after.with(output.name(), output.type());
      }
    }
    if (call.where() != null) {
      expressions.filter(call.where(), after);
    }
    columns = call.standalone() ? names : columns;
    return after;
  }

  private void arguments(Clause.Call call, ProcedureSignature signature, Scope scope) {
    List<Field> inputs = signature.inputs();
    List<Expression> arguments = call.arguments();
    if (arguments == null) {
      if (!call.standalone() && !inputs.isEmpty()) {
        throw context.error(
            ErrorCode.INVALID_ARGUMENT_PASSING_MODE,
            "'" + call.name() + "' has no arguments here, expected them in parentheses",
            call.span());
      }
      for (Field input : inputs) {
        context.result().recordParameter(input.name(), call.span());
      }
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      CypherType type = expressions.row(arguments.get(i), scope, "CALL");
      if (i < inputs.size()) {
        expressions.expect(inputs.get(i).type(), type, arguments.get(i).span());
      }
    }
    if (arguments.size() != inputs.size()) {
      throw context.error(
          ErrorCode.INVALID_NUMBER_OF_ARGUMENTS,
          "'" + call.name() + "' has " + arguments.size() + " arguments, expected " + inputs.size(),
          call.span());
    }
  }

  private CypherType field(YieldItem item, ProcedureSignature signature) {
    StringBuilder names = new StringBuilder();
    for (Field output : signature.outputs()) {
      if (output.name().equals(item.field())) {
        return output.type();
      }
      names.append(names.length() == 0 ? "" : ", ").append(output.name());
    }
    throw context.error(
        ErrorCode.UNDEFINED_VARIABLE,
        "The procedure has no field '" + item.field() + "', expected one of: " + names,
        item.span());
  }
}
