package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * What is known when planning is computed then.
 *
 * <pre>
 * [1, 2], {a: 1}        ->    the list, the map
 * 1 + 2, 2 * 3, -(1)    ->    3, 6, -1
 * NOT true, 1 &lt; 2        ->    false, true
 * p AND q AND true      ->    p AND q
 * Filter true           ->    no filter
 * </pre>
 *
 * <p>Only what cannot fail: integer arithmetic that overflows is left for the run, so that a query
 * that meets no row does not fail.
 */
public final class ConstantFolding extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    return plan instanceof Plan.Filter filter
            && filter.predicate() instanceof Scalar.Constant constant
            && Boolean.TRUE.equals(constant.value())
        ? filter.input()
        : plan;
  }

  @Override
  protected Scalar expression(Scalar scalar) {
    return switch (scalar) {
      case Scalar.ListLiteral s -> list(s);
      case Scalar.MapLiteral s -> map(s);
      case Scalar.Unary s ->
          s.operand() instanceof Scalar.Constant constant ? unary(s, constant.value()) : s;
      case Scalar.Binary s ->
          s.left() instanceof Scalar.Constant left && s.right() instanceof Scalar.Constant right
              ? binary(s, left.value(), right.value())
              : s;
      case Scalar.Chain s -> chain(s);
      case Scalar.And s -> and(s);
      default -> scalar;
    };
  }

  private static boolean areConstant(List<Scalar> scalars) {
    for (Scalar scalar : scalars) {
      if (!(scalar instanceof Scalar.Constant)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object value(Scalar constant) {
    return ((Scalar.Constant) constant).value();
  }

  private static Scalar list(Scalar.ListLiteral literal) {
    if (!areConstant(literal.elements())) {
      return literal;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Scalar element : literal.elements()) {
      values.add(value(element));
    }
    return new Scalar.Constant(Collections.unmodifiableList(values));
  }

  private static Scalar map(Scalar.MapLiteral literal) {
    if (!areConstant(literal.values())) {
      return literal;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < literal.keys().size(); i++) {
      values.put(literal.keys().get(i), value(literal.values().get(i)));
    }
    return new Scalar.Constant(Collections.unmodifiableMap(values));
  }

  private static Scalar unary(Scalar.Unary unary, @Nullable Object value) {
    return switch (unary.operator()) {
      case IS_NULL -> new Scalar.Constant(value == null);
      case IS_NOT_NULL -> new Scalar.Constant(value != null);
      case NOT -> value instanceof Boolean known ? new Scalar.Constant(!known) : unary;
      case NEGATE ->
          switch (value) {
            case Long number when number != Long.MIN_VALUE -> new Scalar.Constant(-number);
            case Double number -> new Scalar.Constant(-number);
            case null, default -> unary;
          };
      case PLUS -> value instanceof Long || value instanceof Double ? unary.operand() : unary;
    };
  }

  private static Scalar binary(
      Scalar.Binary binary, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return integers(binary, a, b);
    }
    if (left instanceof String a && right instanceof String b) {
      return switch (binary.operator()) {
        case ADD -> a.length() + b.length() <= 10_000 ? new Scalar.Constant(a + b) : binary;
        case EQUAL -> new Scalar.Constant(a.equals(b));
        case NOT_EQUAL -> new Scalar.Constant(!a.equals(b));
        default -> binary;
      };
    }
    return binary;
  }

  /** The constants at the beginning become one, as far as that cannot fail. */
  private static Scalar chain(Scalar.Chain chain) {
    List<Scalar> operands = chain.operands();
    Scalar first = operands.get(0);
    int done = 0;
    while (done < chain.operators().size()
        && first instanceof Scalar.Constant left
        && operands.get(done + 1) instanceof Scalar.Constant right) {
      Scalar.Binary next =
          new Scalar.Binary(chain.operators().get(done), left, right, chain.origin());
      Scalar folded = binary(next, left.value(), right.value());
      if (!(folded instanceof Scalar.Constant)) {
        break;
      }
      first = folded;
      done++;
    }
    if (done == 0 || done == chain.operators().size()) {
      return done == 0 ? chain : first;
    }
    List<Scalar> rest = new ArrayList<>();
    rest.add(first);
    rest.addAll(operands.subList(done + 1, operands.size()));
    return new Scalar.Chain(
        rest, chain.operators().subList(done, chain.operators().size()), chain.origin());
  }

  private static Scalar integers(Scalar.Binary binary, long a, long b) {
    switch (binary.operator()) {
      case ADD -> {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? binary : new Scalar.Constant(sum);
      }
      case SUBTRACT -> {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? binary : new Scalar.Constant(difference);
      }
      case MULTIPLY -> {
        boolean small = Math.abs(a) < 1L << 31 && Math.abs(b) < 1L << 31 && a != Long.MIN_VALUE;
        return small && b != Long.MIN_VALUE ? new Scalar.Constant(a * b) : binary;
      }
      case EQUAL -> {
        return new Scalar.Constant(a == b);
      }
      case NOT_EQUAL -> {
        return new Scalar.Constant(a != b);
      }
      case LESS -> {
        return new Scalar.Constant(a < b);
      }
      case LESS_OR_EQUAL -> {
        return new Scalar.Constant(a <= b);
      }
      case GREATER -> {
        return new Scalar.Constant(a > b);
      }
      case GREATER_OR_EQUAL -> {
        return new Scalar.Constant(a >= b);
      }
      default -> {
        return binary;
      }
    }
  }

  private static Scalar and(Scalar.And and) {
    List<Scalar> rest = new ArrayList<>();
    for (Scalar operand : and.operands()) {
      if (!(operand instanceof Scalar.Constant constant && Boolean.TRUE.equals(constant.value()))) {
        rest.add(operand);
      }
    }
    if (rest.isEmpty()) {
      return new Scalar.Constant(true);
    }
    // A lone operand is kept inside AND, which checks that it is a boolean.
    return rest.size() == and.operands().size() || rest.size() == 1 ? and : new Scalar.And(rest);
  }
}
