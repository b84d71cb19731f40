package org.weftdb.cypher.semantic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Checks expressions and finds out their types. One object is for one place of a query at a time:
 * the rules of the place are set before, and hold for the expression and its parts.
 */
final class ExpressionAnalyzer {
  private static final int NAMES_IN_MESSAGE = 8;

  private static final String NO_VARIABLES =
      "no variable is in scope here, expected an expression without variables";

  private final AnalysisContext context;
  private final Aggregates aggregates;
  private final PatternAnalyzer patterns;
  private final OperatorAnalyzer operators = new OperatorAnalyzer(this);
  private final OperandAnalyzer operands;

  /** Where the expression stands, when aggregates are forbidden there. */
  private @Nullable String withoutAggregates;

  private boolean insideAggregate;
  private @Nullable Visibility visibility;

  ExpressionAnalyzer(AnalysisContext context) {
    this.context = context;
    this.aggregates = new Aggregates(context);
    this.patterns = new PatternAnalyzer(context, this);
    this.operands = new OperandAnalyzer(context, this);
  }

  PatternAnalyzer patterns() {
    return patterns;
  }

  Aggregates aggregates() {
    return aggregates;
  }

  // Entry points, one per kind of place.

  /** An expression of one row: no aggregates. */
  CypherType row(Expression expression, Scope scope, String place) {
    withoutAggregates = place;
    CypherType type = type(expression, scope);
    withoutAggregates = null;
    return type;
  }

  /** A condition on one row: no aggregates; patterns may stand where a boolean is needed. */
  void filter(Expression expression, Scope scope) {
    withoutAggregates = "WHERE";
    condition(expression, scope);
    withoutAggregates = null;
  }

  /** An item of a projection, which may aggregate. */
  CypherType item(Expression expression, Scope scope, @Nullable Visibility around) {
    visibility = around;
    CypherType type = type(expression, scope);
    visibility = null;
    return type;
  }

  /** A condition or sort key after a projection that groups or makes distinct. */
  void after(Expression expression, Scope output, Visibility around, String place) {
    visibility = around;
    withoutAggregates = place;
    condition(expression, output, place.equals("WHERE"));
    withoutAggregates = null;
    visibility = null;
  }

  // Types.

  private void condition(Expression expression, Scope scope, boolean mustBeBoolean) {
    if (mustBeBoolean) {
      condition(expression, scope);
    } else {
      type(expression, scope);
    }
  }

  /** An expression that must be a boolean, so that a pattern may stand for whether it occurs. */
  void condition(Expression expression, Scope scope) {
    if (expression instanceof Expression.PatternPredicate predicate) {
      patternWithoutNewVariables(predicate.pattern(), scope);
      return;
    }
    expect(CypherType.BOOLEAN, type(expression, scope), expression.span());
  }

  CypherType type(Expression expression, Scope scope) {
    Visibility around = visibility;
    boolean column = expression instanceof Variable v && around != null && scope.contains(v.name());
    if (around != null && !insideAggregate && !column) {
      boolean isAggregate = aggregates.isAggregate(expression);
      if (around.canRepeat(expression, isAggregate)) {
        CypherType repeated = around.column(AstPrinter.print(expression));
        if (repeated != null) {
          return repeated;
        }
      }
    }
    return switch (expression) {
      case Expression.NullLiteral literal -> CypherType.NULL;
      case Expression.BooleanLiteral literal -> CypherType.BOOLEAN;
      case Expression.IntegerLiteral literal -> CypherType.INTEGER;
      case Expression.FloatLiteral literal -> CypherType.FLOAT;
      case Expression.StringLiteral literal -> CypherType.STRING;
      case Expression.Parameter parameter -> {
        context.result().record(parameter);
        yield CypherType.ANY;
      }
      case Variable variable -> variable(variable, scope);
      case Expression.ListLiteral list -> operands.list(list, scope);
      case Expression.MapLiteral map -> operands.map(map, scope);
      case Expression.Property property -> operands.property(property, scope);
      case Expression.Subscript subscript -> operands.subscript(subscript, scope);
      case Expression.Slice slice -> operands.slice(slice, scope);
      case Expression.LabelPredicate predicate -> operands.labelPredicate(predicate, scope);
      case Expression.LabelTest test -> operands.labelTest(test, scope);
      case Expression.Not not -> {
        condition(not.operand(), scope);
        yield CypherType.BOOLEAN;
      }
      case Expression.Negate negate -> operators.signed(negate.operand(), scope);
      case Expression.UnaryPlus plus -> operators.signed(plus.operand(), scope);
      case Expression.IsNull isNull -> {
        type(isNull.operand(), scope);
        yield CypherType.BOOLEAN;
      }
      case Expression.TypeTest test -> {
        type(test.operand(), scope);
        yield CypherType.BOOLEAN;
      }
      case Expression.Cast cast -> {
        type(cast.operand(), scope);
        yield CypherType.ANY;
      }
      case Expression.Binary binary -> {
        CypherType left = type(binary.left(), scope);
        CypherType right = type(binary.right(), scope);
        yield operators.binary(
            binary.operator(), left, binary.left().span(), right, binary.right().span());
      }
      case Expression.Chain chain -> operators.chain(chain, scope);
      case Expression.Logical logical -> operators.logical(logical, scope);
      case Expression.Comparison comparison -> operators.comparison(comparison, scope);
      case Expression.FunctionCall call -> call(call, scope);
      case Expression.CountStar count -> {
        aggregateAllowed(count.span());
        yield CypherType.INTEGER;
      }
      case Expression.Case conditional -> operators.conditional(conditional, scope);
      case Expression.CaseOperand operand -> CypherType.ANY;
      case Expression.ListComprehension comprehension -> listComprehension(comprehension, scope);
      case Expression.PatternComprehension comprehension ->
          patternComprehension(comprehension, scope);
      case Expression.Quantifier quantifier -> quantifier(quantifier, scope);
      case Expression.Reduce reduce -> reduce(reduce, scope);
      case Expression.MapProjection projection -> mapProjection(projection, scope);
      case Expression.PatternPredicate predicate ->
          throw context.error(
              ErrorCode.UNEXPECTED_SYNTAX,
              "A pattern is no value here, expected it in WHERE, in exists() or in a pattern"
                  + " comprehension",
              predicate.span());
      case Expression.ShortestPath path -> shortestPath(path, scope);
      case Expression.ExistsSubquery exists -> {
        subquery(exists.query(), QueryPlace.ROWS, scope);
        yield CypherType.BOOLEAN;
      }
      case Expression.CountSubquery count -> {
        subquery(count.query(), QueryPlace.ROWS, scope);
        yield CypherType.INTEGER;
      }
      case Expression.CollectSubquery collect ->
          CypherType.listOf(subquery(collect.query(), QueryPlace.COLLECT, scope));
    };
  }

  /** Checks a subquery in an expression and answers the type of its first column. */
  private CypherType subquery(Query query, QueryPlace place, Scope scope) {
    Visibility around = insideAggregate ? null : visibility;
    // Behind a projection that groups, rows before it are out of reach, but their variables must
    // not be taken for new ones.
    Scope seen = around != null && around.after() ? behind(around.input(), scope) : scope;
    Scope watched = Scope.watching(seen);
    QueryAnalyzer analyzer = new QueryAnalyzer(context, place, watched);
    analyzer.query(query);
    if (around != null) {
      for (String name : watched.asked()) {
        if (seen.contains(name)) {
          variable(new Variable(name, query.span()), scope);
        }
      }
    }
    return analyzer.columnType(0);
  }

  private static Scope behind(Scope input, Scope output) {
    Scope both = Scope.inside(input);
    for (String name : output.names()) {
      both = both.with(name, output.type(name));
    }
    return both;
  }

  private CypherType variable(Variable variable, Scope scope) {
    CypherType type = scope.find(variable.name());
    Visibility around = visibility;
    if (type == null) {
      boolean hidden =
          around != null
              && around.aggregating()
              && !insideAggregate
              && around.mentioned().contains(variable.name());
      throw hidden ? ambiguous(variable) : undefined(variable, scope);
    }
    if (around != null
        && !around.after()
        && !insideAggregate
        && !around.groupingVariables().contains(variable.name())
        && scope.means(variable.name(), around.input())) {
      throw ambiguous(variable);
    }
    return type;
  }

  private WeftException ambiguous(Variable variable) {
    return context.error(
        ErrorCode.AMBIGUOUS_AGGREGATION,
        "Variable '"
            + variable.name()
            + "' differs within a group, expected a grouping key that is a variable or property",
        variable.span());
  }

  WeftException undefined(Variable variable, Scope scope) {
    StringBuilder what = new StringBuilder("Variable '").append(variable.name());
    what.append("' is not defined, ");
    Set<String> known = new HashSet<>();
    for (Scope s = scope; s != null && known.size() <= NAMES_IN_MESSAGE; s = s.outer()) {
      for (String name : s.names()) {
        if (known.add(name) && known.size() <= NAMES_IN_MESSAGE) {
          what.append(known.size() == 1 ? "expected " : ", ").append(name);
        }
      }
    }
    int count = known.size();
    what.append(count == 0 ? NO_VARIABLES : "");
    what.append(count > NAMES_IN_MESSAGE ? " or another one in scope" : "");
    return context.error(ErrorCode.UNDEFINED_VARIABLE, what.toString(), variable.span());
  }

  void expect(CypherType expected, CypherType actual, Span place) {
    expect(ErrorCode.INVALID_ARGUMENT_TYPE, expected, actual, place);
  }

  void expect(ErrorCode code, CypherType expected, CypherType actual, Span place) {
    if (!actual.canBe(expected)) {
      throw context.error(
          code, "This is " + actual.description() + ", expected " + expected.description(), place);
    }
  }

  // Functions.

  private CypherType call(Expression.FunctionCall call, Scope scope) {
    FunctionSignature signature = context.function(call.name());
    if (signature == null) {
      String reason = context.whyNotSupported(call.name());
      if (reason != null) {
        throw context.error(
            ErrorCode.NOT_SUPPORTED,
            "The function '" + call.name() + "' is not supported: " + reason,
            call.span());
      }
      String nearest = context.nearestFunction(call.name());
      throw context.error(
          ErrorCode.UNKNOWN_FUNCTION,
          "There is no function '"
              + call.name()
              + (nearest == null
                  ? "', expected a known one"
                  : "', did you mean '" + nearest + "'?"),
          call.span());
    }
    context.checkArgumentCount(
        call.name(),
        call.arguments().size(),
        signature.minimumArguments(),
        signature.maximumArguments(),
        call.span());
    if (call.distinct() && !signature.aggregate()) {
      throw context.error(
          ErrorCode.INVALID_AGGREGATION,
          "'" + call.name() + "' does not aggregate, expected no DISTINCT",
          call.span());
    }
    if (signature.aggregate()) {
      aggregate(call, signature, scope);
    } else if (insideAggregate && !signature.deterministic()) {
      throw context.error(
          ErrorCode.NON_CONSTANT_EXPRESSION,
          "'" + call.name() + "' differs from call to call, expected none inside an aggregate",
          call.span());
    } else {
      arguments(call, signature, scope);
    }
    return signature.result();
  }

  private void aggregate(Expression.FunctionCall call, FunctionSignature signature, Scope scope) {
    Visibility around = visibility;
    if (withoutAggregates == null || around == null || !around.after()) {
      aggregateAllowed(call.span());
    }
    boolean outer = insideAggregate;
    insideAggregate = true;
    arguments(call, signature, scope);
    insideAggregate = outer;
    // After a projection, an unknown variable in the aggregate is the first thing to report.
    aggregateAllowed(call.span());
  }

  private void aggregateAllowed(Span place) {
    if (insideAggregate) {
      throw context.error(
          ErrorCode.NESTED_AGGREGATION,
          "An aggregate inside an aggregate, expected an expression of one row",
          place);
    }
    if (withoutAggregates != null) {
      throw context.error(
          ErrorCode.INVALID_AGGREGATION,
          "An aggregate in " + withoutAggregates + ", expected it in WITH or RETURN",
          place);
    }
  }

  private void arguments(Expression.FunctionCall call, FunctionSignature signature, Scope scope) {
    List<Expression> arguments = call.arguments();
    if (arguments.size() == 1
        && arguments.get(0) instanceof Expression.PatternPredicate predicate
        && call.name().equalsIgnoreCase("exists")) {
      patternWithoutNewVariables(predicate.pattern(), scope);
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      Expression argument = arguments.get(i);
      expect(signature.argumentType(i), type(argument, scope), argument.span());
    }
  }

  // Expressions with variables of their own.

  private CypherType elements(Expression list, Scope scope) {
    CypherType type = type(list, scope);
    expect(CypherType.LIST, type, list.span());
    return type.isAlways(CypherType.LIST) ? type.element() : CypherType.ANY;
  }

  private CypherType listComprehension(Expression.ListComprehension comprehension, Scope scope) {
    CypherType element = elements(comprehension.list(), scope);
    String outer = forbidAggregates("a list comprehension");
    Scope inner = Scope.inside(scope).with(comprehension.variable().name(), element);
    if (comprehension.where() != null) {
      condition(comprehension.where(), inner);
    }
    CypherType result =
        comprehension.projection() == null ? element : type(comprehension.projection(), inner);
    withoutAggregates = outer;
    return CypherType.listOf(result);
  }

  private @Nullable String forbidAggregates(String place) {
    String outer = withoutAggregates;
    if (outer == null) {
      withoutAggregates = place;
    }
    return outer;
  }

  private CypherType quantifier(Expression.Quantifier quantifier, Scope scope) {
    CypherType element = elements(quantifier.list(), scope);
    String outer = forbidAggregates(quantifier.kind().word() + "()");
    condition(
        quantifier.condition(), Scope.inside(scope).with(quantifier.variable().name(), element));
    withoutAggregates = outer;
    return CypherType.BOOLEAN;
  }

  private CypherType reduce(Expression.Reduce reduce, Scope scope) {
    type(reduce.initial(), scope);
    CypherType element = elements(reduce.list(), scope);
    if (reduce.accumulator().name().equals(reduce.variable().name())) {
      throw context.error(
          ErrorCode.VARIABLE_ALREADY_BOUND,
          "Variable '" + reduce.variable().name() + "' is the accumulator, expected another name",
          reduce.variable().span());
    }
    String outer = forbidAggregates("reduce()");
    Scope inner =
        Scope.inside(scope)
            .with(reduce.accumulator().name(), CypherType.ANY)
            .with(reduce.variable().name(), element);
    type(reduce.step(), inner);
    withoutAggregates = outer;
    return CypherType.ANY;
  }

  private CypherType patternComprehension(
      Expression.PatternComprehension comprehension, Scope scope) {
    String outer = forbidAggregates("a pattern comprehension");
    Scope inner = patterns.match(comprehension, Scope.inside(scope));
    if (comprehension.where() != null) {
      condition(comprehension.where(), inner);
    }
    CypherType result = type(comprehension.projection(), inner);
    withoutAggregates = outer;
    return CypherType.listOf(result);
  }

  private CypherType mapProjection(Expression.MapProjection projection, Scope scope) {
    CypherType subject = variable(projection.subject(), scope);
    expect(CypherType.ENTITY.or(CypherType.MAP), subject, projection.subject().span());
    for (MapProjectionItem item : projection.items()) {
      switch (item) {
        case MapProjectionItem.AllProperties all -> {}
        case MapProjectionItem.OneProperty property -> {}
        case MapProjectionItem.VariableEntry entry -> variable(entry.variable(), scope);
        case MapProjectionItem.LiteralEntry entry -> type(entry.value(), scope);
      }
    }
    return CypherType.MAP;
  }

  private CypherType shortestPath(Expression.ShortestPath path, Scope scope) {
    patterns.checkFunction(path.pattern());
    patternWithoutNewVariables(path.pattern(), scope);
    boolean one = path.selection() == PathSelection.SHORTEST_PATH;
    return one ? CypherType.PATH : CypherType.listOf(CypherType.PATH);
  }

  private void patternWithoutNewVariables(PathPattern pattern, Scope scope) {
    String outer = forbidAggregates("a pattern");
    patterns.predicate(pattern, scope);
    withoutAggregates = outer;
  }
}
