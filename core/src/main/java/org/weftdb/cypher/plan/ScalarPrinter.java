package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Expressions as text, close to how a query writes them. Nested plans are shown as {@code
 * exists#1}, numbered in the order in which they are met, and are collected for printing below.
 */
final class ScalarPrinter {
  private final SlotNames names;
  private final List<Plan> nested = new ArrayList<>();

  ScalarPrinter(SlotNames names) {
    this.names = names;
  }

  /** The nested plans met so far; the first has number 1. */
  List<Plan> nested() {
    return nested;
  }

  String print(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant s -> value(s.value());
      case Scalar.Parameter s -> "$" + s.name();
      case Scalar.Slot s -> names.of(s.slot());
      case Scalar.Property s -> tight(s.subject()) + "." + s.key();
      case Scalar.HasLabels s -> tight(s.subject()) + labels(s.labels());
      case Scalar.Strided s -> tight(s.list()) + "[" + s.offset() + ".. by " + s.stride() + "]";
      case Scalar.HasAnyLabel s -> tight(s.subject()) + ":%";
      case Scalar.HasDynamicLabels s ->
          tight(s.subject()) + (s.all() ? ":$(" : ":$any(") + print(s.names()) + ")";
      case Scalar.Call s -> s.function() + "(" + list(s.arguments()) + ")";
      case Scalar.Unary s -> unary(s);
      case Scalar.Typed s -> typed(s);
      case Scalar.Binary s -> tight(s.left()) + " " + symbol(s.operator()) + " " + tight(s.right());
      case Scalar.Chain s -> chain(s);
      case Scalar.And s -> joined(s.operands(), " AND ");
      case Scalar.Or s -> joined(s.operands(), " OR ");
      case Scalar.Subscript s -> tight(s.subject()) + "[" + print(s.index()) + "]";
      case Scalar.Slice s ->
          tight(s.subject()) + "[" + maybe(s.from()) + ".." + maybe(s.to()) + "]";
      case Scalar.ListLiteral s -> "[" + list(s.elements()) + "]";
      case Scalar.MapLiteral s -> "{" + entries(s.keys(), s.values()) + "}";
      case Scalar.MapProjection s -> mapProjection(s);
      case Scalar.ListComprehension s ->
          "["
              + names.of(s.slot())
              + " IN "
              + print(s.list())
              + (s.filter() == null ? "" : " WHERE " + print(s.filter()))
              + (s.result() == null ? "" : " | " + print(s.result()))
              + "]";
      case Scalar.Quantifier s ->
          lower(s.kind().name())
              + "("
              + names.of(s.slot())
              + " IN "
              + print(s.list())
              + " WHERE "
              + print(s.predicate())
              + ")";
      case Scalar.Reduce s ->
          "reduce("
              + names.of(s.accumulatorSlot())
              + " = "
              + print(s.initial())
              + ", "
              + names.of(s.slot())
              + " IN "
              + print(s.list())
              + " | "
              + print(s.step())
              + ")";
      case Scalar.Case s -> caseOf(s);
      case Scalar.Nested s -> nested(s);
      case Scalar.PathOf s -> path(s);
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private String maybe(@Nullable Scalar scalar) {
    return scalar == null ? "" : print(scalar);
  }

  /** In parentheses when it would bind differently inside something else. */
  private String tight(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Binary s -> "(" + print(s) + ")";
      case Scalar.Chain s -> "(" + print(s) + ")";
      case Scalar.And s -> "(" + print(s) + ")";
      case Scalar.Or s -> "(" + print(s) + ")";
      case Scalar.Unary s -> "(" + print(s) + ")";
      case Scalar.Typed s -> "(" + print(s) + ")";
      default -> print(scalar);
    };
  }

  private String chain(Scalar.Chain chain) {
    StringBuilder text = new StringBuilder(tight(chain.operands().get(0)));
    for (int i = 0; i < chain.operators().size(); i++) {
      text.append(' ').append(symbol(chain.operators().get(i))).append(' ');
      text.append(tight(chain.operands().get(i + 1)));
    }
    return text.toString();
  }

  private String typed(Scalar.Typed typed) {
    String type = typed.type().text();
    return switch (typed.operation()) {
      case IS -> tight(typed.operand()) + " IS :: " + type;
      case IS_NOT -> tight(typed.operand()) + " IS NOT :: " + type;
      case CAST -> "cast(" + print(typed.operand()) + " AS " + type + ")";
      case TRY_CAST -> "try_cast(" + print(typed.operand()) + " AS " + type + ")";
    };
  }

  private String list(List<Scalar> scalars) {
    StringBuilder text = new StringBuilder();
    for (Scalar scalar : scalars) {
      text.append(text.length() == 0 ? "" : ", ").append(print(scalar));
    }
    return text.toString();
  }

  private String joined(List<Scalar> operands, String between) {
    StringBuilder text = new StringBuilder();
    for (Scalar operand : operands) {
      boolean inner = operand instanceof Scalar.And || operand instanceof Scalar.Or;
      text.append(text.length() == 0 ? "" : between);
      text.append(inner ? tight(operand) : print(operand));
    }
    return text.toString();
  }

  private String entries(List<String> keys, List<Scalar> values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(keys.get(i)).append(": ").append(print(values.get(i)));
    }
    return text.toString();
  }

  static String labels(List<String> labels) {
    StringBuilder text = new StringBuilder();
    for (String label : labels) {
      text.append(':').append(label);
    }
    return text.toString();
  }

  private String unary(Scalar.Unary s) {
    return switch (s.operator()) {
      case NOT -> "NOT " + tight(s.operand());
      case NEGATE -> "-" + tight(s.operand());
      case PLUS -> "+" + tight(s.operand());
      case IS_NULL -> tight(s.operand()) + " IS NULL";
      case IS_NOT_NULL -> tight(s.operand()) + " IS NOT NULL";
    };
  }

  static String symbol(Scalar.BinaryOperator operator) {
    return switch (operator) {
      case ADD -> "+";
      case CONCATENATE -> "||";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case MODULO -> "%";
      case POWER -> "^";
      case EQUAL -> "=";
      case NOT_EQUAL -> "<>";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case XOR -> "XOR";
      case IN -> "IN";
      case STARTS_WITH -> "STARTS WITH";
      case ENDS_WITH -> "ENDS WITH";
      case CONTAINS -> "CONTAINS";
      case MATCHES -> "=~";
    };
  }

  private String mapProjection(Scalar.MapProjection s) {
    String entries = entries(s.keys(), s.values());
    String all = s.all() ? entries.isEmpty() ? ".*" : ".*, " : "";
    return print(s.subject()) + " {" + all + entries + "}";
  }

  private String caseOf(Scalar.Case s) {
    StringBuilder text = new StringBuilder("CASE");
    if (s.subject() != null) {
      text.append(' ').append(print(s.subject()));
    }
    for (int i = 0; i < s.conditions().size(); i++) {
      text.append(" WHEN ").append(print(s.conditions().get(i)));
      text.append(" THEN ").append(print(s.results().get(i)));
    }
    if (s.otherwise() != null) {
      text.append(" ELSE ").append(print(s.otherwise()));
    }
    return text.append(" END").toString();
  }

  private String nested(Scalar.Nested s) {
    nested.add(s.plan());
    int number = nested.size();
    String result = s.result() == null ? "" : "(" + print(s.result()) + ")";
    return lower(s.kind().name()) + "#" + number + result;
  }

  private String path(Scalar.PathOf s) {
    StringBuilder text = new StringBuilder("path(");
    for (int i = 0; i < s.nodes().size(); i++) {
      text.append(i == 0 ? "" : ", ").append(print(s.nodes().get(i)));
      if (i < s.relationships().size()) {
        text.append(", ").append(print(s.relationships().get(i)));
      }
    }
    return text.append(')').toString();
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
      case List<?> list -> {
        StringBuilder text = new StringBuilder("[");
        for (Object element : list) {
          text.append(text.length() == 1 ? "" : ", ").append(value(element));
        }
        yield text.append(']').toString();
      }
      case Map<?, ?> map -> {
        StringBuilder text = new StringBuilder("{");
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(text.length() == 1 ? "" : ", ").append(entry.getKey()).append(": ");
          text.append(value(entry.getValue()));
        }
        yield text.append('}').toString();
      }
      default -> value.toString();
    };
  }
}
