package org.weftdb.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Trail;
import org.weftdb.reference.ReferenceGraph.Vertex;

/** The functions that random queries use. */
final class ReferenceFunctions {
  private static final Set<String> AGGREGATES =
      Set.of("count", "sum", "avg", "min", "max", "collect");

  private ReferenceFunctions() {}

  static boolean isAggregate(String name) {
    return AGGREGATES.contains(name.toLowerCase(Locale.ROOT));
  }

  // ---- Of one row -----------------------------------------------------------------------------

  static @Nullable Object call(String name, List<@Nullable Object> arguments) {
    return switch (name) {
      case "coalesce" -> {
        Object found = null;
        for (int i = arguments.size() - 1; i >= 0; i--) {
          found = arguments.get(i) == null ? found : arguments.get(i);
        }
        yield found;
      }
      case "range" -> {
        List<Object> list = new ArrayList<>();
        for (long i = integer(arguments.get(0)); i <= integer(arguments.get(1)); i++) {
          list.add(i);
        }
        yield list;
      }
      case "substring" ->
          arguments.contains(null)
              ? null
              : substring(
                  string(arguments.get(0)), integer(arguments.get(1)), integer(arguments.get(2)));
      default -> {
        Object argument = arguments.get(0);
        yield argument == null ? null : unary(name, argument);
      }
    };
  }

  private static String substring(String text, long from, long length) {
    int start = (int) Math.min(from, text.length());
    return text.substring(start, (int) Math.min(start + length, text.length()));
  }

  private static @Nullable Object unary(String name, Object value) {
    return switch (name) {
      case "size" -> (long) (value instanceof String text ? text.length() : list(value).size());
      case "head" -> list(value).isEmpty() ? null : list(value).get(0);
      case "last" -> list(value).isEmpty() ? null : list(value).get(list(value).size() - 1);
      case "tail" -> list(value).isEmpty() ? List.of() : list(value).subList(1, list(value).size());
      case "reverse" -> {
        List<Object> reversed = new ArrayList<>(list(value));
        Collections.reverse(reversed);
        yield reversed;
      }
      case "abs" ->
          value instanceof Double number
              ? (Object) Math.abs(number)
              : Math.absExact(integer(value));
      case "sign" ->
          value instanceof Double number
              ? (long) Math.signum(number)
              : (long) Long.signum(integer(value));
      case "toUpper" -> string(value).toUpperCase(Locale.ROOT);
      case "toLower" -> string(value).toLowerCase(Locale.ROOT);
      case "toString" ->
          value instanceof String || value instanceof Number || value instanceof Boolean
              ? value.toString()
              : wrong("toString", value);
      case "toInteger" ->
          value instanceof Double number ? (Object) (long) (double) number : integer(value);
      case "toFloat" ->
          switch (value) {
            case Long number -> (double) number;
            case Double number -> number;
            case String text ->
                text.matches("-?[0-9]+([.][0-9]+)?|NaN") ? (Object) Double.valueOf(text) : null;
            default -> wrong("toFloat", value);
          };
      case "labels" -> new ArrayList<>(vertex(value).labels);
      case "type" -> edge(value).type;
      case "id" -> entity(value).id;
      case "elementId" -> String.valueOf(entity(value).id);
      case "startNode" -> edge(value).start;
      case "endNode" -> edge(value).end;
      case "nodes" -> trail(value).vertices();
      case "relationships" -> trail(value).edges();
      case "length" -> (long) trail(value).edges().size();
      case "properties" ->
          value instanceof Entity entity ? new LinkedHashMap<>(entity.properties) : map(value);
      default -> throw new IllegalStateException("no function " + name);
    };
  }

  static Object wrong(String function, @Nullable Object value) {
    throw ReferenceValues.mismatch(function + " of", value);
  }

  static long integer(@Nullable Object value) {
    return value instanceof Long number ? number : (Long) wrong("an integer", value);
  }

  static String string(@Nullable Object value) {
    return value instanceof String text ? text : (String) wrong("a string", value);
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : (List<?>) wrong("a list", value);
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : (Map<?, ?>) wrong("a map", value);
  }

  private static Vertex vertex(Object value) {
    return value instanceof Vertex vertex ? vertex : (Vertex) wrong("a node", value);
  }

  private static Entity entity(Object value) {
    return value instanceof Entity entity
        ? entity
        : (Entity) wrong("a node or a relationship", value);
  }

  private static Edge edge(Object value) {
    return value instanceof Edge edge ? edge : (Edge) wrong("a relationship", value);
  }

  private static Trail trail(Object value) {
    return value instanceof Trail trail ? trail : (Trail) wrong("a path", value);
  }

  // ---- Of many rows ---------------------------------------------------------------------------

  /** An aggregate of values none of which is null. */
  static @Nullable Object aggregate(String name, List<Object> values, boolean distinct) {
    List<Object> used = values;
    if (distinct) {
      Map<String, Object> first = new LinkedHashMap<>();
      values.forEach(value -> first.putIfAbsent(ReferenceValues.key(value), value));
      used = new ArrayList<>(first.values());
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "count" -> (long) used.size();
      case "collect" -> used;
      case "sum" -> sum(used);
      case "avg" -> used.isEmpty() ? null : (Object) (number(sum(used)) / used.size());
      case "min" -> extreme(used, -1);
      case "max" -> extreme(used, 1);
      default -> throw new IllegalStateException("no aggregate " + name);
    };
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : (Double) wrong("avg", value);
  }

  private static Object sum(List<Object> values) {
    Object sum = 0L;
    for (Object value : values) {
      sum =
          value instanceof Number
              ? ReferenceValues.arithmetic('+', sum, value)
              : wrong("sum", value);
    }
    return sum;
  }

  private static @Nullable Object extreme(List<Object> values, int sign) {
    Object best = null;
    for (Object value : values) {
      if (best == null || ReferenceValues.order(value, best) * sign > 0) {
        best = value;
      }
    }
    return best;
  }
}
