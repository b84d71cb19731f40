package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.error.ErrorCode;

/**
 * Lowers expressions of the syntax tree to {@link Scalar}s: names become slots, sugar goes, and
 * patterns and subqueries are planned. Recursion is as deep as the tree, which the parser bounds.
 */
final class ExpressionPlanner {
  private final Planning planning;

  private final CasePlanner cases;

  ExpressionPlanner(Planning planning) {
    this.planning = planning;
    this.cases = new CasePlanner(planning, this);
  }

  /**
   * Where an expression stands.
   *
   * @param aggregation takes the aggregates, or null where there must be none
   * @param repeated slots of expressions that were computed already, by how they print; of those
   *     that bind variables somewhere, whose slots differ each time that they are lowered
   */
  record Place(Scope scope, @Nullable Aggregation aggregation, Map<String, Scalar.Slot> repeated) {
    Place(Scope scope, @Nullable Aggregation aggregation) {
      this(scope, aggregation, Map.of());
    }

    /** Inside, equal names may mean other variables. */
    Place inner(Scope inner) {
      return new Place(inner, aggregation);
    }
  }

  /** Lowers an expression without aggregates. */
  Scalar lower(Expression expression, Scope scope) {
    return lower(expression, new Place(scope, null));
  }

  /** Lowers an expression; its aggregates go to {@code aggregation}. */
  Scalar lower(Expression expression, Scope scope, Aggregation aggregation) {
    return lower(expression, new Place(scope, aggregation));
  }

  private @Nullable Scalar maybe(@Nullable Expression expression, Place place) {
    return expression == null ? null : lower(expression, place);
  }

  private List<Scalar> all(List<Expression> expressions, Place place) {
    List<Scalar> result = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      result.add(lower(expression, place));
    }
    return result;
  }

  Scalar lower(Expression expression, Place place) {
    planning.work(1);
    if (!place.repeated().isEmpty() && !(expression instanceof Expression.Variable)) {
      Scalar.Slot computed = place.repeated().get(AstPrinter.print(expression));
      if (computed != null) {
        return computed;
      }
    }
    return switch (expression) {
      case Expression.NullLiteral e -> new Scalar.Constant(null);
      case Expression.BooleanLiteral e -> new Scalar.Constant(e.value());
      case Expression.IntegerLiteral e -> new Scalar.Constant(e.value());
      case Expression.FloatLiteral e -> new Scalar.Constant(e.value());
      case Expression.StringLiteral e -> new Scalar.Constant(e.value());
      case Expression.ListLiteral e -> new Scalar.ListLiteral(all(e.elements(), place));
      case Expression.MapLiteral e -> map(e.entries(), place);
      case Expression.Parameter e -> {
        planning.useParameter(e.name(), e);
        yield new Scalar.Parameter(e.name());
      }
      case Expression.Variable e -> variable(e, place.scope());
      case Expression.Property e ->
          new Scalar.Property(lower(e.subject(), place), e.key(), planning.origin(e));
      case Expression.Subscript e ->
          new Scalar.Subscript(
              lower(e.subject(), place), lower(e.index(), place), planning.origin(e));
      case Expression.Slice e ->
          new Scalar.Slice(
              lower(e.subject(), place),
              maybe(e.from(), place),
              maybe(e.to(), place),
              planning.origin(e));
      case Expression.LabelPredicate e ->
          new Scalar.HasLabels(lower(e.subject(), place), e.labels());
      case Expression.LabelTest e -> labels(lower(e.subject(), place), e.labels(), place);
      case Expression.Not e -> unary(Scalar.UnaryOperator.NOT, e, e.operand(), place);
      case Expression.Negate e -> unary(Scalar.UnaryOperator.NEGATE, e, e.operand(), place);
      case Expression.UnaryPlus e -> unary(Scalar.UnaryOperator.PLUS, e, e.operand(), place);
      case Expression.IsNull e ->
          unary(
              e.negated() ? Scalar.UnaryOperator.IS_NOT_NULL : Scalar.UnaryOperator.IS_NULL,
              e,
              e.operand(),
              place);
      case Expression.TypeTest e ->
          new Scalar.Typed(
              e.negated() ? Scalar.TypeOperation.IS_NOT : Scalar.TypeOperation.IS,
              lower(e.operand(), place),
              e.type(),
              planning.origin(e));
      case Expression.Cast e ->
          new Scalar.Typed(
              e.orNull() ? Scalar.TypeOperation.TRY_CAST : Scalar.TypeOperation.CAST,
              lower(e.operand(), place),
              e.type(),
              planning.origin(e));
      case Expression.Binary e ->
          new Scalar.Binary(
              operator(e.operator()),
              lower(e.left(), place),
              lower(e.right(), place),
              planning.origin(e));
      case Expression.Chain e -> chain(e, place);
      case Expression.Logical e -> logical(e, place);
      case Expression.Comparison e -> comparison(e, place);
      case Expression.FunctionCall e -> call(e, place);
      case Expression.CountStar e -> aggregate("count", false, List.of(), e, place);
      case Expression.Case e -> cases.lower(e, place);
      case Expression.CaseOperand e -> cases.operand();
      case Expression.ListComprehension e -> comprehension(e, place);
      case Expression.PatternComprehension e -> patternComprehension(e, place);
      case Expression.Quantifier e -> quantifier(e, place);
      case Expression.Reduce e -> reduce(e, place);
      case Expression.MapProjection e -> mapProjection(e, place);
      case Expression.PatternPredicate e -> patternPredicate(e, place);
      case Expression.ShortestPath e -> shortestPath(e, place);
      case Expression.ExistsSubquery e ->
          new Scalar.Nested(
              Scalar.NestedKind.EXISTS,
              planning.queries.nested(e.query(), place.scope()).plan(),
              null);
      case Expression.CountSubquery e ->
          new Scalar.Nested(
              Scalar.NestedKind.COUNT,
              planning.queries.nested(e.query(), place.scope()).plan(),
              null);
      case Expression.CollectSubquery e -> {
        QueryPlanner.Planned planned = planning.queries.nested(e.query(), place.scope());
        yield new Scalar.Nested(
            Scalar.NestedKind.COLLECT, planned.plan(), planned.columns().get(0).slot());
      }
    };
  }

  /** What a pattern's label expression says of a node or relationship. */
  Scalar labels(Scalar subject, LabelExpression labels, Scope scope) {
    return labels(subject, labels, new Place(scope, null));
  }

  private Scalar labels(Scalar subject, LabelExpression labels, Place place) {
    return switch (labels) {
      case LabelExpression.Name e -> new Scalar.HasLabels(subject, List.of(e.name()));
      case LabelExpression.Wildcard e -> new Scalar.HasAnyLabel(subject);
      case LabelExpression.Dynamic e ->
          new Scalar.HasDynamicLabels(subject, lower(e.names(), place), e.all());
      case LabelExpression.Not e ->
          new Scalar.Unary(Scalar.UnaryOperator.NOT, labels(subject, e.operand(), place));
      case LabelExpression.And e -> {
        SharedScalar shared = SharedScalar.of(subject, planning.slots);
        yield shared.around(new Scalar.And(allLabels(shared.value(), e.operands(), place)));
      }
      case LabelExpression.Or e -> {
        SharedScalar shared = SharedScalar.of(subject, planning.slots);
        yield shared.around(new Scalar.Or(allLabels(shared.value(), e.operands(), place)));
      }
    };
  }

  private List<Scalar> allLabels(Scalar subject, List<LabelExpression> labels, Place place) {
    List<Scalar> conditions = new ArrayList<>();
    for (LabelExpression each : labels) {
      conditions.add(labels(subject, each, place));
    }
    return conditions;
  }

  private Scalar unary(
      Scalar.UnaryOperator operator, Expression whole, Expression operand, Place place) {
    return new Scalar.Unary(operator, lower(operand, place), planning.origin(whole));
  }

  private Scalar variable(Expression.Variable variable, Scope scope) {
    Scalar.Slot slot = scope.find(variable.name());
    if (slot == null) {
      throw planning.error(
          ErrorCode.UNDEFINED_VARIABLE,
          "Variable `" + variable.name() + "` is not defined",
          variable);
    }
    return slot;
  }

  private Scalar map(List<MapEntry> entries, Place place) {
    Map<String, Scalar> values = new LinkedHashMap<>();
    for (MapEntry entry : entries) {
      values.put(entry.key(), lower(entry.value(), place));
    }
    return new Scalar.MapLiteral(
        new ArrayList<>(values.keySet()), new ArrayList<>(values.values()));
  }

  private static Scalar.BinaryOperator operator(Expression.BinaryOperator operator) {
    return switch (operator) {
      case ADD -> Scalar.BinaryOperator.ADD;
      case CONCATENATE -> Scalar.BinaryOperator.CONCATENATE;
      case SUBTRACT -> Scalar.BinaryOperator.SUBTRACT;
      case MULTIPLY -> Scalar.BinaryOperator.MULTIPLY;
      case DIVIDE -> Scalar.BinaryOperator.DIVIDE;
      case MODULO -> Scalar.BinaryOperator.MODULO;
      case POWER -> Scalar.BinaryOperator.POWER;
      case IN -> Scalar.BinaryOperator.IN;
      case STARTS_WITH -> Scalar.BinaryOperator.STARTS_WITH;
      case ENDS_WITH -> Scalar.BinaryOperator.ENDS_WITH;
      case CONTAINS -> Scalar.BinaryOperator.CONTAINS;
      case REGEX_MATCH -> Scalar.BinaryOperator.MATCHES;
    };
  }

  private static Scalar.BinaryOperator operator(Expression.ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> Scalar.BinaryOperator.EQUAL;
      case NOT_EQUAL -> Scalar.BinaryOperator.NOT_EQUAL;
      case LESS -> Scalar.BinaryOperator.LESS;
      case LESS_OR_EQUAL -> Scalar.BinaryOperator.LESS_OR_EQUAL;
      case GREATER -> Scalar.BinaryOperator.GREATER;
      case GREATER_OR_EQUAL -> Scalar.BinaryOperator.GREATER_OR_EQUAL;
    };
  }

  private Scalar chain(Expression.Chain chain, Place place) {
    List<Scalar.BinaryOperator> operators = new ArrayList<>();
    for (Expression.BinaryOperator each : chain.operators()) {
      operators.add(operator(each));
    }
    return new Scalar.Chain(all(chain.operands(), place), operators, planning.origin(chain));
  }

  private Scalar logical(Expression.Logical logical, Place place) {
    List<Scalar> operands = new ArrayList<>();
    switch (logical.operator()) {
      case AND -> {
        for (Scalar operand : all(logical.operands(), place)) {
          addConjuncts(operand, operands);
        }
        return new Scalar.And(operands);
      }
      case OR -> {
        for (Scalar operand : all(logical.operands(), place)) {
          if (operand instanceof Scalar.Or or) {
            operands.addAll(or.operands());
          } else {
            operands.add(operand);
          }
        }
        return new Scalar.Or(operands);
      }
      case XOR -> {
        operands.addAll(all(logical.operands(), place));
        return balancedXor(operands);
      }
    }
    throw new IllegalStateException("no such operator: " + logical.operator());
  }

  /** XOR is associative in three-valued logic; a balanced tree keeps a long chain flat. */
  private static Scalar balancedXor(List<Scalar> operands) {
    if (operands.size() == 1) {
      return operands.get(0);
    }
    int middle = operands.size() >> 1;
    return new Scalar.Binary(
        Scalar.BinaryOperator.XOR,
        balancedXor(operands.subList(0, middle)),
        balancedXor(operands.subList(middle, operands.size())));
  }

  /** Adds what must all be true for a condition to be true. */
  static void addConjuncts(Scalar condition, List<Scalar> conjuncts) {
    if (condition instanceof Scalar.And and) {
      conjuncts.addAll(and.operands());
    } else {
      conjuncts.add(condition);
    }
  }

  /** A chain {@code a < b < c} is {@code a < b AND b < c}. */
  private Scalar comparison(Expression.Comparison comparison, Place place) {
    List<Scalar> operands = all(comparison.operands(), place);
    return comparison(comparison, operands, 0, operands.size() - 1);
  }

  /** Some operands of a chain; halved, so that a long chain does not nest as deep as it is long. */
  private Scalar comparison(
      Expression.Comparison whole, List<Scalar> operands, int first, int last) {
    if (last - first == 1) {
      return new Scalar.Binary(
          operator(whole.operators().get(first)),
          operands.get(first),
          operands.get(last),
          planning.origin(whole));
    }
    int middle = (first + last) >>> 1;
    SharedScalar shared = SharedScalar.of(operands.get(middle), planning.slots);
    operands.set(middle, shared.value());
    List<Scalar> conjuncts = new ArrayList<>();
    addConjuncts(comparison(whole, operands, first, middle), conjuncts);
    addConjuncts(comparison(whole, operands, middle, last), conjuncts);
    return shared.around(new Scalar.And(conjuncts));
  }

  private Scalar call(Expression.FunctionCall call, Place place) {
    String name = FunctionNames.canonical(call.name());
    if (FunctionNames.isAggregate(name)) {
      return aggregate(name, call.distinct(), call.arguments(), call, place);
    }
    if (name.equals("exists") && call.arguments().size() == 1) {
      Expression argument = call.arguments().get(0);
      Scalar lowered = lower(argument, place);
      return argument instanceof Expression.PatternPredicate
          ? lowered
          : new Scalar.Unary(Scalar.UnaryOperator.IS_NOT_NULL, lowered);
    }
    Scope.LoadedCsv loaded = place.scope().loaded();
    if (loaded != null && name.equals("linenumber")) {
      return loaded.line();
    } else if (loaded != null && name.equals("file")) {
      return loaded.file();
    }
    return new Scalar.Call(name, all(call.arguments(), place), planning.origin(call));
  }

  private Scalar aggregate(
      String name, boolean distinct, List<Expression> arguments, Expression where, Place place) {
    Aggregation aggregation = place.aggregation();
    if (aggregation == null) {
      throw planning.error(
          ErrorCode.INVALID_AGGREGATION, "Aggregate " + name + "() cannot be used here", where);
    }
    return aggregation.add(
        name, distinct, all(arguments, new Place(place.scope(), null)), planning.origin(where));
  }

  private int bind(Expression.Variable variable, Scope scope) {
    int slot = planning.slots.add(variable.name());
    scope.bind(variable.name(), slot, SlotKind.VALUE);
    return slot;
  }

  private Scalar comprehension(Expression.ListComprehension e, Place place) {
    Scalar list = lower(e.list(), place);
    Place inner = place.inner(place.scope().inner());
    int slot = bind(e.variable(), inner.scope());
    return new Scalar.ListComprehension(
        slot, list, maybe(e.where(), inner), maybe(e.projection(), inner), planning.origin(e));
  }

  private Scalar quantifier(Expression.Quantifier e, Place place) {
    Scalar list = lower(e.list(), place);
    Place inner = place.inner(place.scope().inner());
    int slot = bind(e.variable(), inner.scope());
    Scalar.QuantifierKind kind =
        switch (e.kind()) {
          case ALL -> Scalar.QuantifierKind.ALL;
          case ANY -> Scalar.QuantifierKind.ANY;
          case NONE -> Scalar.QuantifierKind.NONE;
          case SINGLE -> Scalar.QuantifierKind.SINGLE;
        };
    return new Scalar.Quantifier(kind, slot, list, lower(e.condition(), inner), planning.origin(e));
  }

  private Scalar reduce(Expression.Reduce e, Place place) {
    Scalar initial = lower(e.initial(), place);
    Scalar list = lower(e.list(), place);
    Place inner = place.inner(place.scope().inner());
    int accumulator = bind(e.accumulator(), inner.scope());
    int slot = bind(e.variable(), inner.scope());
    return new Scalar.Reduce(
        accumulator, initial, slot, list, lower(e.step(), inner), planning.origin(e));
  }

  private Scalar mapProjection(Expression.MapProjection e, Place place) {
    Scalar subject = variable(e.subject(), place.scope());
    boolean all = false;
    Map<String, Scalar> values = new LinkedHashMap<>();
    for (MapProjectionItem item : e.items()) {
      switch (item) {
        case MapProjectionItem.AllProperties i -> all = true;
        case MapProjectionItem.OneProperty i ->
            values.put(i.key(), new Scalar.Property(subject, i.key(), planning.origin(i)));
        case MapProjectionItem.VariableEntry i ->
            values.put(i.variable().name(), variable(i.variable(), place.scope()));
        case MapProjectionItem.LiteralEntry i -> values.put(i.key(), lower(i.value(), place));
      }
    }
    return new Scalar.MapProjection(
        subject, all, new ArrayList<>(values.keySet()), new ArrayList<>(values.values()));
  }

  private Scalar patternPredicate(Expression.PatternPredicate e, Place place) {
    PatternPart part = PatternPart.of(null, e.pattern(), e.span());
    Plan plan =
        planning.matches.match(new Plan.Argument(), List.of(part), null, place.scope().inner());
    return new Scalar.Nested(Scalar.NestedKind.EXISTS, plan, null);
  }

  private Scalar shortestPath(Expression.ShortestPath e, Place place) {
    Scope inner = place.scope().inner();
    // No query can use a name with a blank.
    Expression.Variable path = new Expression.Variable(" path", e.span());
    PatternPart part = new PatternPart(path, e.selection(), null, e.pattern(), null, e.span());
    Plan plan = planning.matches.match(new Plan.Argument(), List.of(part), null, inner);
    Scalar paths =
        new Scalar.Nested(Scalar.NestedKind.COLLECT, plan, lower(path, place.inner(inner)));
    return e.selection() == PathSelection.ALL_SHORTEST_PATHS
        ? paths
        : new Scalar.Call("head", List.of(paths));
  }

  private Scalar patternComprehension(Expression.PatternComprehension e, Place place) {
    Scope inner = place.scope().inner();
    PatternPart part = PatternPart.of(e.path(), e.pattern(), e.span());
    Plan plan = planning.matches.match(new Plan.Argument(), List.of(part), e.where(), inner);
    return new Scalar.Nested(Scalar.NestedKind.COLLECT, plan, lower(e.projection(), inner));
  }
}
