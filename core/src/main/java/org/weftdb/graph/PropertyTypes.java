package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.type.TypeExpression;
import org.weftdb.value.type.TypeKind;
import org.weftdb.value.type.VectorShape;

/**
 * The types of constraints, read from {@linkplain TypeExpression#text() their text}: alternatives
 * of what a property can hold, and lists of these.
 */
final class PropertyTypes {
  private static final String NOT_NULL = " NOT NULL";
  private static final String LIST = "LIST<";

  private PropertyTypes() {}

  /** The type of a text, or null when it is none that a property can have. */
  static @Nullable TypeExpression of(String text) {
    return type(text, false);
  }

  private static @Nullable TypeExpression type(String text, boolean inList) {
    TypeExpression all = null;
    for (String part : alternatives(text)) {
      boolean notNull = part.endsWith(NOT_NULL);
      String name = notNull ? part.substring(0, part.length() - NOT_NULL.length()) : part;
      TypeExpression one = null;
      VectorShape shape = VectorShape.ofText(name);
      if (name.startsWith(LIST) && name.endsWith(">") && !inList) {
        TypeExpression element = type(name.substring(LIST.length(), name.length() - 1), true);
        one = element == null ? null : TypeExpression.listOf(element);
      } else if (shape != null) {
        one = TypeExpression.ofVectors(shape);
      } else {
        for (TypeKind kind : TypeKind.values()) {
          if (kind.text().equals(name) && isScalar(kind)) {
            one = TypeExpression.of(kind);
          }
        }
      }
      if (one == null || notNull && !inList) {
        return null;
      }
      one = notNull ? one.notNull() : one;
      all = all == null ? one : all.or(one);
    }
    return all;
  }

  private static boolean isScalar(TypeKind kind) {
    return switch (kind) {
      case NODE, RELATIONSHIP, MAP, LIST, PATH, PROPERTY_VALUE, ANY -> false;
      default -> true;
    };
  }

  /** What stands between bars outside of brackets. */
  private static List<String> alternatives(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
      if (depth == 0 && text.startsWith(" | ", at)) {
        parts.add(text.substring(start, at));
        start = at + 3;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
