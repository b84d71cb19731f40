package org.weftdb.value.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueType;

/**
 * A type as Cypher describes it: alternatives, and whether null is of the type too.
 *
 * <p>Every type has null in it unless it says {@code NOT NULL}. No alternatives are {@code NULL},
 * of which only null is, or {@code NOTHING}, of which no value is. Alternatives are kept sorted and
 * each once, so that types that are written differently but mean the same are equal.
 *
 * @param alternatives what a value that is not null may be
 * @param nullable whether null is of the type
 */
public record TypeExpression(List<Alternative> alternatives, boolean nullable) {
  /** Only null. */
  public static final TypeExpression NULL = new TypeExpression(List.of(), true);

  /** No value at all. */
  public static final TypeExpression NOTHING = new TypeExpression(List.of(), false);

  /** Every value. */
  public static final TypeExpression ANY = of(TypeKind.ANY);

  /**
   * One alternative.
   *
   * @param element the type of a list's elements; null for all other kinds
   * @param shape what vectors are to be like; null for all other kinds
   */
  public record Alternative(
      TypeKind kind, @Nullable TypeExpression element, @Nullable VectorShape shape) {
    public Alternative {
      if ((kind == TypeKind.LIST) != (element != null)) {
        throw new IllegalArgumentException("a list, and nothing else, has elements");
      }
      if ((kind == TypeKind.VECTOR) != (shape != null)) {
        throw new IllegalArgumentException("a vector, and nothing else, has a shape");
      }
    }

    /** Whether a value other than null is of this type. */
    boolean matches(Object value) {
      if (kind == TypeKind.ANY) {
        return true;
      } else if (kind == TypeKind.PROPERTY_VALUE) {
        return isPropertyValue(value);
      } else if (shape != null) {
        return shape.matches(value);
      } else if (element == null) {
        return ValueType.of(value) == kind.valueType();
      }
      return value instanceof List<?> list && element.matchesAll(list);
    }

    String text() {
      if (shape != null) {
        return shape.text();
      }
      return element == null ? kind.text() : "LIST<" + element.text() + ">";
    }
  }

  public TypeExpression {
    alternatives = canonical(alternatives);
  }

  /** The type of a kind other than a list, null included; of vectors, all of them. */
  public static TypeExpression of(TypeKind kind) {
    VectorShape shape = kind == TypeKind.VECTOR ? VectorShape.ANY : null;
    return new TypeExpression(List.of(new Alternative(kind, null, shape)), true);
  }

  /** Vectors of a shape, and null. */
  public static TypeExpression ofVectors(VectorShape shape) {
    return new TypeExpression(List.of(new Alternative(TypeKind.VECTOR, null, shape)), true);
  }

  /** Lists of elements of a type, and null. */
  public static TypeExpression listOf(TypeExpression element) {
    return new TypeExpression(List.of(new Alternative(TypeKind.LIST, element, null)), true);
  }

  /** This type without null. */
  public TypeExpression notNull() {
    return new TypeExpression(alternatives, false);
  }

  /** Values of this type or of the other. */
  public TypeExpression or(TypeExpression other) {
    List<Alternative> all = new ArrayList<>(alternatives);
    all.addAll(other.alternatives);
    return new TypeExpression(all, nullable || other.nullable);
  }

  private static List<Alternative> canonical(List<Alternative> alternatives) {
    List<Alternative> sorted = new ArrayList<>(alternatives.size());
    for (TypeKind kind : TypeKind.values()) {
      for (Alternative alternative : alternatives) {
        if (alternative.kind() == kind && !sorted.contains(alternative)) {
          sorted.add(alternative);
        }
      }
    }
    return List.copyOf(sorted);
  }

  /** Whether a value is of this type; a list when all its elements are of the element type. */
  public boolean matches(@Nullable Object value) {
    if (value == null) {
      return nullable;
    }
    for (int i = 0; i < alternatives.size(); i++) {
      if (alternatives.get(i).matches(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesAll(List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      if (!matches(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPropertyValue(Object value) {
    if (!(value instanceof List<?> list)) {
      return isScalar(value);
    }
    for (int i = 0; i < list.size(); i++) {
      if (!isScalar(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScalar(@Nullable Object value) {
    return switch (ValueType.of(value)) {
      case NULL, MAP, NODE, RELATIONSHIP, PATH, LIST -> false;
      default -> true;
    };
  }

  /** The canonical text, which {@code IS ::} understands: {@code STRING | INTEGER}. */
  public String text() {
    if (alternatives.isEmpty()) {
      return nullable ? "NULL" : "NOTHING";
    }
    StringBuilder text = new StringBuilder();
    for (Alternative alternative : alternatives) {
      text.append(text.length() == 0 ? "" : " | ").append(alternative.text());
      text.append(nullable ? "" : " NOT NULL");
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
