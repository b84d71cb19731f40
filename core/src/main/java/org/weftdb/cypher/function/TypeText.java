package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.value.ValueType;

/** The types of parameters as they are written in signatures, and which values are of them. */
final class TypeText {
  private TypeText() {}

  /** The alternatives of a type: {@code INTEGER | LIST<A | B>} has two. */
  static List<String> alternatives(String type) {
    List<String> alternatives = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
      if (c == '|' && depth == 0) {
        alternatives.add(type.substring(start, i - 1));
        start = i + 2;
      }
    }
    alternatives.add(type.substring(start));
    return alternatives;
  }

  /** A bit for each {@link ValueType}, by its ordinal, that a type has; all for ANY. */
  static long valueTypes(String type) {
    long bits = 0;
    for (String alternative : alternatives(type)) {
      if (alternative.equals("ANY")) {
        return -1;
      }
      String name = alternative.startsWith("LIST<") ? "LIST" : alternative;
      for (ValueType valueType : ValueType.values()) {
        if (valueType.typeName().equals(name)) {
          bits |= 1L << valueType.ordinal();
        }
      }
    }
    return bits;
  }

  /** What is expected, for messages: {@code an Integer or a String}. */
  static String expected(long valueTypes) {
    StringBuilder names = new StringBuilder();
    long left = valueTypes;
    long numbers = 1L << ValueType.INTEGER.ordinal() | 1L << ValueType.FLOAT.ordinal();
    if ((left & numbers) == numbers) {
      names.append("a number");
      left &= ~numbers;
    }
    for (ValueType type : ValueType.values()) {
      if ((left & 1L << type.ordinal()) != 0) {
        names.append(names.length() == 0 ? "" : " or ");
        names.append(type == ValueType.INTEGER ? "an " : "a ").append(type.displayName());
      }
    }
    return names.toString();
  }
}
