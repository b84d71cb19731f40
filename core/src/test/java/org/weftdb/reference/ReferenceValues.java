package org.weftdb.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Trail;
import org.weftdb.reference.ReferenceGraph.Vertex;

/**
 * What values mean: equality, comparison, order, arithmetic and their text. Values are null, {@code
 * Boolean}, {@code Long}, {@code Double}, {@code String}, {@code List}, {@code Map}, {@link
 * Vertex}, {@link Edge} and {@link Trail}.
 */
final class ReferenceValues {
  /** Strings that are longer have doubled again and again. */
  private static final int MAX_LENGTH = 100_000;

  private ReferenceValues() {}

  static WeftException failure(ErrorCode code, String what) {
    return new WeftException(code, what);
  }

  static WeftException mismatch(String what, @Nullable Object value) {
    return failure(ErrorCode.TYPE_MISMATCH, what + ": " + text(value));
  }

  // ---- Equality and comparison ----------------------------------------------------------------

  /** Whether {@code a = b}; null when that is unknown. */
  static @Nullable Boolean equal(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
      return listA.size() == listB.size() ? allEqual(listA, listB) : (Boolean) false;
    } else if (a instanceof Map<?, ?> mapA && b instanceof Map<?, ?> mapB) {
      return mapA.keySet().equals(mapB.keySet())
          ? allEqual(sorted(mapA), sorted(mapB))
          : (Boolean) false;
    } else if (a instanceof Number numberA && b instanceof Number numberB) {
      return !isNaN(a) && !isNaN(b) && compareNumbers(numberA, numberB) == 0;
    }
    return key(a).equals(key(b));
  }

  private static List<Object> sorted(Map<?, ?> map) {
    return new ArrayList<>(new TreeMap<Object, Object>(map).values());
  }

  private static @Nullable Boolean allEqual(List<?> a, List<?> b) {
    Boolean result = true;
    for (int i = 0; i < a.size(); i++) {
      Boolean equal = equal(a.get(i), b.get(i));
      if (equal != null && !equal) {
        return false;
      }
      result = equal == null ? null : result;
    }
    return result;
  }

  /** Whether {@code value IN list}; null when that is unknown. */
  static @Nullable Boolean in(@Nullable Object value, List<?> list) {
    Boolean result = false;
    for (Object element : list) {
      Boolean equal = equal(value, element);
      if (equal != null && equal) {
        return true;
      }
      result = equal == null ? null : result;
    }
    return result;
  }

  /**
   * The sign of a comparison by {@code <} and its kin, 2 when none of them holds, or null when they
   * cannot be compared.
   */
  static @Nullable Integer compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return isNaN(a) || isNaN(b) ? 2 : (Integer) compareNumbers(numberA, numberB);
    } else if (a instanceof String textA && b instanceof String textB) {
      return Integer.signum(textA.compareTo(textB));
    } else if (a instanceof Boolean truthA && b instanceof Boolean truthB) {
      return Boolean.compare(truthA, truthB);
    } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
      for (int i = 0; i < Math.min(listA.size(), listB.size()); i++) {
        Boolean equal = equal(listA.get(i), listB.get(i));
        if (equal == null || !equal) {
          return equal == null ? null : compare(listA.get(i), listB.get(i));
        }
      }
      return Integer.compare(listA.size(), listB.size());
    }
    return null;
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double number && Double.isNaN(number);
  }

  private static int compareNumbers(Number a, Number b) {
    if (isInfinite(a) || isInfinite(b)) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return exact(a).compareTo(exact(b));
  }

  private static boolean isInfinite(Number number) {
    return number instanceof Double value && Double.isInfinite(value);
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(number.doubleValue());
  }

  /** The order of ORDER BY, over all values. */
  static int order(@Nullable Object a, @Nullable Object b) {
    int byType = Integer.compare(rank(a), rank(b));
    if (byType != 0 || a == null || b == null) {
      return byType;
    } else if (a instanceof Number numberA && b instanceof Number numberB) {
      return isNaN(a) ? 0 : compareNumbers(numberA, numberB);
    } else if (a instanceof String textA && b instanceof String textB) {
      return textA.compareTo(textB);
    } else if (a instanceof Boolean truthA && b instanceof Boolean truthB) {
      return Boolean.compare(truthA, truthB);
    } else if (a instanceof Entity entityA && b instanceof Entity entityB) {
      return Integer.compare(entityA.number, entityB.number);
    } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
      return orderLists(listA, listB);
    } else if (a instanceof Map<?, ?> mapA && b instanceof Map<?, ?> mapB) {
      int byKeys = orderLists(sortedKeys(mapA), sortedKeys(mapB));
      return byKeys != 0 ? byKeys : orderLists(sorted(mapA), sorted(mapB));
    }
    throw new IllegalStateException("no order of " + text(a) + " and " + text(b));
  }

  private static List<Object> sortedKeys(Map<?, ?> map) {
    return new ArrayList<>(new TreeMap<Object, Object>(map).keySet());
  }

  private static int orderLists(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = order(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int rank(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> 1;
      case Vertex vertex -> 2;
      case Edge edge -> 3;
      case List<?> list -> 4;
      case Trail trail -> 5;
      case String text -> 6;
      case Boolean truth -> 7;
      case Number number -> isNaN(number) ? 9 : 8;
      case null -> 10;
      default -> throw new IllegalStateException("not a value: " + value);
    };
  }

  /** A text that is the same for values that are one group. */
  static String key(@Nullable Object value) {
    return switch (value) {
      case Entity entity -> "#" + entity.number;
      case Trail trail -> "<" + key(trail.vertices()) + key(trail.edges()) + ">";
      case Double number when number == Math.rint(number) && !Double.isInfinite(number) ->
          new BigDecimal(number).toBigInteger().toString();
      case List<?> list -> {
        StringBuilder text = new StringBuilder("[");
        list.forEach(element -> text.append(key(element)).append(','));
        yield text.append(']').toString();
      }
      case Map<?, ?> map -> {
        StringBuilder text = new StringBuilder("{");
        new TreeMap<Object, Object>(map)
            .forEach((name, entry) -> text.append(name).append(':').append(key(entry)).append(','));
        yield text.append('}').toString();
      }
      case null, default -> text(value);
    };
  }

  // ---- Text -----------------------------------------------------------------------------------

  /**
   * The value as a literal where it has one. Nodes and relationships have no numbers, because those
   * depend on the order in which they were made; zeros have no sign, because DISTINCT and grouping
   * may keep either.
   */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String string -> "'" + string.replace("\\", "\\\\").replace("'", "\\'") + "'";
      case Double number when Double.isNaN(number) -> "(0.0 / 0.0)";
      case Double number when Double.isInfinite(number) -> number > 0 ? "(1 / 0.0)" : "(-1 / 0.0)";
      case Double number -> number == 0 ? "0.0" : number.toString();
      case List<?> list -> {
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(text(element)));
        yield "[" + String.join(", ", elements) + "]";
      }
      case Map<?, ?> map -> {
        List<String> entries = new ArrayList<>();
        new TreeMap<Object, Object>(map)
            .forEach((key, entry) -> entries.add(key + ": " + text(entry)));
        yield "{" + String.join(", ", entries) + "}";
      }
      case Vertex vertex -> {
        String labels = vertex.labels.isEmpty() ? "" : ":" + String.join(":", vertex.labels);
        yield "(" + labels + " " + text(vertex.properties) + ")";
      }
      case Edge edge -> "[:" + edge.type + " " + text(edge.properties) + "]";
      case Trail trail -> {
        StringBuilder text = new StringBuilder(text(trail.vertices().get(0)));
        for (int i = 0; i < trail.edges().size(); i++) {
          Edge edge = trail.edges().get(i);
          text.append(edge.start == trail.vertices().get(i) ? ">" : "<").append(text(edge));
          text.append(text(trail.vertices().get(i + 1)));
        }
        yield text.toString();
      }
      default -> value.toString();
    };
  }

  // ---- Arithmetic -----------------------------------------------------------------------------

  static @Nullable Object add(@Nullable Object a, @Nullable Object b) {
    if (a instanceof List<?> || b instanceof List<?>) {
      if (a == null || b == null) {
        return null;
      }
      List<Object> joined = new ArrayList<>(a instanceof List<?> list ? list : List.of(a));
      joined.addAll(b instanceof List<?> list ? list : List.of(b));
      return joined;
    } else if (a == null || b == null) {
      return null;
    } else if (a instanceof String && (b instanceof String || b instanceof Number)
        || a instanceof Number && b instanceof String) {
      if (a.toString().length() > MAX_LENGTH) {
        throw new ReferenceQueries.TooManyRows();
      }
      return a.toString() + b;
    }
    return arithmetic('+', a, b);
  }

  static @Nullable Object arithmetic(char operator, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    } else if (!(a instanceof Number numberA) || !(b instanceof Number numberB)) {
      throw mismatch("no numbers for " + operator, List.of(a, b));
    } else if (a instanceof Long longA && b instanceof Long longB && operator != '^') {
      return integers(operator, longA, longB);
    } else {
      double x = numberA.doubleValue();
      double y = numberB.doubleValue();
      return switch (operator) {
        case '+' -> x + y;
        case '-' -> x - y;
        case '*' -> x * y;
        case '/' -> x / y;
        case '%' -> x % y;
        case '^' -> Math.pow(x, y);
        default -> throw new IllegalStateException("operator " + operator);
      };
    }
  }

  private static long integers(char operator, long a, long b) {
    if ((operator == '/' || operator == '%') && b == 0) {
      throw failure(ErrorCode.DIVISION_BY_ZERO, a + " " + operator + " 0");
    }
    try {
      return switch (operator) {
        case '+' -> Math.addExact(a, b);
        case '-' -> Math.subtractExact(a, b);
        case '*' -> Math.multiplyExact(a, b);
        case '/' -> Math.divideExact(a, b);
        case '%' -> a % b;
        default -> throw new IllegalStateException("operator " + operator);
      };
    } catch (ArithmeticException e) {
      throw failure(ErrorCode.INTEGER_OVERFLOW, a + " " + operator + " " + b);
    }
  }
}
