package org.weftdb.reference;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.Query;
import org.weftdb.error.ErrorCode;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Vertex;

/** The value of an expression in a row, or over a group of rows. */
final class ReferenceExpressions {
  /**
   * What stands behind a row that a projection made.
   *
   * @param rows the rows that it was made of
   * @param items the values of its items by their text, which may be repeated in ORDER BY, in WHERE
   *     and around aggregates
   */
  record Group(List<Row> rows, Map<String, @Nullable Object> items) {}

  private final ReferenceQueries queries;
  private final ReferencePatterns patterns;

  /** The operand of the CASE whose conditions are being computed. */
  private @Nullable Object caseOperand;

  private final Map<Expression, Boolean> aggregates = new IdentityHashMap<>();

  ReferenceExpressions(ReferenceGraph graph, ReferenceQueries queries) {
    this.queries = queries;
    this.patterns = new ReferencePatterns(graph, this);
  }

  ReferencePatterns patterns() {
    return patterns;
  }

  /** Whether an expression holds an aggregate. */
  boolean aggregates(Expression expression) {
    Boolean known = aggregates.get(expression);
    if (known == null) {
      known = findAggregate(expression);
      aggregates.put(expression, known);
    }
    return known;
  }

  private static boolean findAggregate(AstNode node) {
    if (node instanceof Expression.CountStar
        || node instanceof Expression.FunctionCall call
            && ReferenceFunctions.isAggregate(call.name())) {
      return true;
    }
    for (AstNode child : AstParts.children(node)) {
      if (!(child instanceof Query) && findAggregate(child)) {
        return true;
      }
    }
    return false;
  }

  boolean isTrue(Expression condition, Row row) {
    return isTrue(condition, row, null);
  }

  boolean isTrue(Expression condition, Row row, @Nullable Group group) {
    return Boolean.TRUE.equals(truth(value(condition, row, group)));
  }

  private static @Nullable Boolean truth(@Nullable Object value) {
    return value == null || value instanceof Boolean
        ? (Boolean) value
        : (Boolean) ReferenceFunctions.wrong("a boolean", value);
  }

  @Nullable Object value(Expression expression, Row row) {
    return value(expression, row, null);
  }

  @Nullable Object value(Expression expression, Row row, @Nullable Group group) {
    if (group != null) {
      String text = AstPrinter.print(expression);
      if (group.items().containsKey(text)) {
        return group.items().get(text);
      }
    }
    return switch (expression) {
      case Expression.NullLiteral literal -> null;
      case Expression.BooleanLiteral literal -> literal.value();
      case Expression.IntegerLiteral literal -> literal.value();
      case Expression.FloatLiteral literal -> literal.value();
      case Expression.StringLiteral literal -> literal.value();
      case Expression.ListLiteral list -> values(list.elements(), row, group);
      case Expression.MapLiteral map -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.entries().forEach(each -> entries.put(each.key(), value(each.value(), row, group)));
        yield entries;
      }
      case Expression.Parameter parameter -> throw unknown(expression);
      case Expression.Variable variable -> row.get(variable.name());
      case Expression.Property property ->
          property(value(property.subject(), row, group), property.key());
      case Expression.Subscript subscript ->
          element(value(subscript.subject(), row, group), value(subscript.index(), row, group));
      case Expression.Slice slice -> slice(slice, row, group);
      case Expression.LabelPredicate test ->
          hasLabels(value(test.subject(), row, group), names -> names.containsAll(test.labels()));
      case Expression.LabelTest test ->
          hasLabels(
              value(test.subject(), row, group),
              names -> patterns.isTrue(test.labels(), names, row));
      case Expression.CaseOperand operand -> caseOperand;
      case Expression.Not not -> negated(truth(value(not.operand(), row, group)));
      case Expression.Negate negate ->
          ReferenceValues.arithmetic('-', 0L, value(negate.operand(), row, group));
      case Expression.UnaryPlus plus -> value(plus.operand(), row, group);
      case Expression.IsNull isNull ->
          (value(isNull.operand(), row, group) == null) != isNull.negated();
      case Expression.Binary binary ->
          binary(
              binary.operator(),
              value(binary.left(), row, group),
              value(binary.right(), row, group));
      case Expression.Chain chain -> {
        Object left = value(chain.operands().get(0), row, group);
        for (int i = 0; i < chain.operators().size(); i++) {
          left =
              binary(
                  chain.operators().get(i), left, value(chain.operands().get(i + 1), row, group));
        }
        yield left;
      }
      case Expression.Logical logical -> logical(logical, row, group);
      case Expression.Comparison comparison -> comparison(comparison, row, group);
      case Expression.FunctionCall call -> call(call, row, group);
      case Expression.CountStar count -> (long) rows(group).size();
      case Expression.Case conditional -> conditional(conditional, row, group);
      case Expression.ListComprehension comprehension -> comprehension(comprehension, row, group);
      case Expression.PatternComprehension comprehension -> comprehension(comprehension, row);
      case Expression.Quantifier quantifier -> quantified(quantifier, row, group);
      case Expression.Reduce reduce -> reduced(reduce, row, group);
      case Expression.MapProjection projection -> projected(projection, row, group);
      case Expression.PatternPredicate predicate ->
          !patterns.paths(predicate.pattern(), null, row).isEmpty();
      case Expression.ShortestPath path -> throw unknown(expression);
      case Expression.TypeTest test -> throw unknown(expression);
      case Expression.Cast cast -> throw unknown(expression);
      case Expression.ExistsSubquery exists -> !queries.subquery(exists.query(), row).isEmpty();
      case Expression.CountSubquery count -> (long) queries.subquery(count.query(), row).size();
      case Expression.CollectSubquery collect -> {
        List<@Nullable Object> values = new ArrayList<>();
        for (Row each : queries.subquery(collect.query(), row)) {
          each.names().forEach(name -> values.add(each.get(name)));
        }
        yield values;
      }
    };
  }

  private static IllegalStateException unknown(Expression expression) {
    return new IllegalStateException("not known here: " + AstPrinter.print(expression));
  }

  private List<@Nullable Object> values(
      List<Expression> expressions, Row row, @Nullable Group group) {
    List<@Nullable Object> values = new ArrayList<>();
    expressions.forEach(each -> values.add(value(each, row, group)));
    return values;
  }

  private static List<Row> rows(@Nullable Group group) {
    return Objects.requireNonNull(group, "an aggregate outside of a grouping").rows();
  }

  // ---- Parts of values ------------------------------------------------------------------------

  private static @Nullable Object property(@Nullable Object subject, String key) {
    return switch (subject) {
      case null -> null;
      case Entity entity -> entity.properties.get(key);
      case Map<?, ?> map -> map.get(key);
      default -> ReferenceFunctions.wrong("properties", subject);
    };
  }

  private static @Nullable Object element(@Nullable Object subject, @Nullable Object index) {
    if (subject == null || index == null) {
      return null;
    } else if (!(subject instanceof List<?> list)) {
      return property(subject, ReferenceFunctions.string(index));
    } else if (!(index instanceof Long number)) {
      throw ReferenceValues.failure(ErrorCode.LIST_ELEMENT_ACCESS_BY_NON_INTEGER, "index");
    } else {
      long at = number < 0 ? number + list.size() : number;
      return at < 0 || at >= list.size() ? null : list.get((int) at);
    }
  }

  private @Nullable Object slice(Expression.Slice slice, Row row, @Nullable Group group) {
    Object subject = value(slice.subject(), row, group);
    Object from = slice.from() == null ? (Object) 0L : value(slice.from(), row, group);
    Object to = slice.to() == null ? (Object) Long.MAX_VALUE : value(slice.to(), row, group);
    if (subject == null || from == null || to == null) {
      return null;
    }
    List<?> list = ReferenceFunctions.list(subject);
    int start = bound(ReferenceFunctions.integer(from), list.size());
    int end = bound(ReferenceFunctions.integer(to), list.size());
    return start >= end ? List.of() : list.subList(start, end);
  }

  private static int bound(long position, int size) {
    return (int) Math.max(0, Math.min(size, position < 0 ? position + size : position));
  }

  private interface NamesTest {
    boolean holds(Set<String> names);
  }

  private static @Nullable Object hasLabels(@Nullable Object subject, NamesTest test) {
    return switch (subject) {
      case null -> null;
      case Vertex vertex -> test.holds(vertex.labels);
      case Edge edge -> test.holds(Set.of(edge.type));
      default -> ReferenceFunctions.wrong("labels", subject);
    };
  }

  private @Nullable Object projected(
      Expression.MapProjection projection, Row row, @Nullable Group group) {
    Object subject = value(projection.subject(), row, group);
    if (subject == null) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (MapProjectionItem item : projection.items()) {
      switch (item) {
        case MapProjectionItem.AllProperties all ->
            map.putAll(
                subject instanceof Entity entity
                    ? entity.properties
                    : (Map<String, @Nullable Object>) ReferenceFunctions.map(subject));
        case MapProjectionItem.OneProperty one -> map.put(one.key(), property(subject, one.key()));
        case MapProjectionItem.VariableEntry entry ->
            map.put(entry.variable().name(), value(entry.variable(), row, group));
        case MapProjectionItem.LiteralEntry entry ->
            map.put(entry.key(), value(entry.value(), row, group));
      }
    }
    return map;
  }

  // ---- Operators ------------------------------------------------------------------------------

  private static @Nullable Boolean negated(@Nullable Boolean truth) {
    return truth == null ? null : (Boolean) !truth;
  }

  private static @Nullable Object binary(
      Expression.BinaryOperator operator, @Nullable Object a, @Nullable Object b) {
    return switch (operator) {
      case ADD -> ReferenceValues.add(a, b);
      case SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
          ReferenceValues.arithmetic(operator.symbol().charAt(0), a, b);
      case CONCATENATE ->
          a == null || b == null || a.getClass() == b.getClass() || a instanceof List<?>
              ? ReferenceValues.add(a, b)
              : ReferenceFunctions.wrong("||", a);
      case IN -> b == null ? null : ReferenceValues.in(a, ReferenceFunctions.list(b));
      case STARTS_WITH ->
          a instanceof String x && b instanceof String y ? (Object) x.startsWith(y) : null;
      case ENDS_WITH ->
          a instanceof String x && b instanceof String y ? (Object) x.endsWith(y) : null;
      case CONTAINS ->
          a instanceof String x && b instanceof String y ? (Object) x.contains(y) : null;
      case REGEX_MATCH -> throw new IllegalStateException("=~ is not known here");
    };
  }

  /** AND and OR leave out what comes after the operand that decides. */
  private @Nullable Object logical(Expression.Logical logical, Row row, @Nullable Group group) {
    Expression.LogicalOperator operator = logical.operator();
    Boolean result = operator == Expression.LogicalOperator.AND;
    for (Expression operand : logical.operands()) {
      Boolean truth = truth(value(operand, row, group));
      if (operator == Expression.LogicalOperator.XOR) {
        result = result == null || truth == null ? null : (Boolean) (result ^ truth);
      } else if (truth != null && truth == (operator == Expression.LogicalOperator.OR)) {
        return truth;
      } else {
        result = truth == null ? null : result;
      }
    }
    return result;
  }

  /** A chain leaves out what comes after the comparison that does not hold. */
  private @Nullable Object comparison(
      Expression.Comparison comparison, Row row, @Nullable Group group) {
    Boolean result = true;
    Object left = value(comparison.operands().get(0), row, group);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Object right = value(comparison.operands().get(i + 1), row, group);
      Boolean each = compared(comparison.operators().get(i), left, right);
      left = right;
      if (each != null && !each) {
        return false;
      }
      result = each == null ? null : result;
    }
    return result;
  }

  private static @Nullable Boolean compared(
      Expression.ComparisonOperator operator, @Nullable Object a, @Nullable Object b) {
    if (operator == Expression.ComparisonOperator.EQUAL) {
      return ReferenceValues.equal(a, b);
    } else if (operator == Expression.ComparisonOperator.NOT_EQUAL) {
      return negated(ReferenceValues.equal(a, b));
    }
    Integer order = ReferenceValues.compare(a, b);
    if (order == null) {
      return null;
    }
    return switch (operator) {
      case LESS -> order == -1;
      case LESS_OR_EQUAL -> order == -1 || order == 0;
      case GREATER -> order == 1;
      case GREATER_OR_EQUAL -> order == 1 || order == 0;
      case EQUAL, NOT_EQUAL -> throw new IllegalStateException("not an order");
    };
  }

  // ---- Functions and what has variables of its own --------------------------------------------

  private @Nullable Object call(Expression.FunctionCall call, Row row, @Nullable Group group) {
    if (ReferenceFunctions.isAggregate(call.name())) {
      List<Object> values = new ArrayList<>();
      for (Row each : rows(group)) {
        Object value = value(call.arguments().get(0), each);
        if (value != null) {
          values.add(value);
        }
      }
      return ReferenceFunctions.aggregate(call.name(), values, call.distinct());
    }
    if (call.name().equals("coalesce")) {
      for (Expression argument : call.arguments()) {
        Object value = value(argument, row, group);
        if (value != null) {
          return value;
        }
      }
      return null;
    }
    return ReferenceFunctions.call(call.name(), values(call.arguments(), row, group));
  }

  private @Nullable Object conditional(
      Expression.Case conditional, Row row, @Nullable Group group) {
    Expression operand = conditional.operand();
    Object wanted = operand == null ? (Object) true : value(operand, row, group);
    for (CaseBranch branch : conditional.branches()) {
      for (Expression condition : branch.conditions()) {
        Object outer = caseOperand;
        caseOperand = wanted;
        Object found = value(condition, row, group);
        caseOperand = outer;
        Object holds =
            operand == null || CaseBranch.isAboutOperand(condition)
                ? truth(found)
                : ReferenceValues.equal(wanted, found);
        if (Boolean.TRUE.equals(holds)) {
          return value(branch.result(), row, group);
        }
      }
    }
    Expression otherwise = conditional.otherwise();
    return otherwise == null ? null : value(otherwise, row, group);
  }

  private @Nullable List<?> list(Expression expression, Row row, @Nullable Group group) {
    Object list = value(expression, row, group);
    return list == null ? null : ReferenceFunctions.list(list);
  }

  private @Nullable Object comprehension(
      Expression.ListComprehension comprehension, Row row, @Nullable Group group) {
    List<?> list = list(comprehension.list(), row, group);
    if (list == null) {
      return null;
    }
    List<@Nullable Object> made = new ArrayList<>();
    for (Object element : list) {
      Row inner = row.with(comprehension.variable().name(), element);
      Expression where = comprehension.where();
      if (where == null || isTrue(where, inner, group)) {
        Expression projection = comprehension.projection();
        made.add(projection == null ? element : value(projection, inner, group));
      }
    }
    return made;
  }

  private List<@Nullable Object> comprehension(
      Expression.PatternComprehension comprehension, Row row) {
    List<@Nullable Object> made = new ArrayList<>();
    for (Row found : patterns.paths(comprehension.pattern(), comprehension.path(), row)) {
      if (comprehension.where() == null || isTrue(comprehension.where(), found)) {
        made.add(value(comprehension.projection(), found));
      }
    }
    return made;
  }

  private @Nullable Object quantified(
      Expression.Quantifier quantifier, Row row, @Nullable Group group) {
    List<?> list = list(quantifier.list(), row, group);
    if (list == null) {
      return null;
    }
    int yes = 0;
    int no = 0;
    for (Object element : list) {
      Row inner = row.with(quantifier.variable().name(), element);
      Boolean truth = truth(value(quantifier.condition(), inner, group));
      yes += truth != null && truth ? 1 : 0;
      no += truth != null && !truth ? 1 : 0;
    }
    boolean open = yes + no < list.size();
    return switch (quantifier.kind()) {
      case ALL -> no > 0 ? (Boolean) false : open ? null : (Boolean) true;
      case ANY -> yes > 0 ? (Boolean) true : open ? null : (Boolean) false;
      case NONE -> yes > 0 ? (Boolean) false : open ? null : (Boolean) true;
      case SINGLE -> yes > 1 ? (Boolean) false : open ? null : (Boolean) (yes == 1);
    };
  }

  private @Nullable Object reduced(Expression.Reduce reduce, Row row, @Nullable Group group) {
    List<?> list = list(reduce.list(), row, group);
    Object value = value(reduce.initial(), row, group);
    if (list == null) {
      return null;
    }
    for (Object element : list) {
      Row inner =
          row.with(reduce.accumulator().name(), value).with(reduce.variable().name(), element);
      value = value(reduce.step(), inner, group);
    }
    return value;
  }
}
