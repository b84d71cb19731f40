package org.weftdb.cypher.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.ValueType;
import org.weftdb.value.VectorValue;
import org.weftdb.value.type.VectorShape;

/** The most precise type of a value as {@code valueType()} writes it: {@code INTEGER NOT NULL}. */
final class TypeNames {
  /** The order in which alternatives are written. */
  private static final ValueType[] ORDER = {
    ValueType.BOOLEAN,
    ValueType.STRING,
    ValueType.BYTES,
    ValueType.INTEGER,
    ValueType.FLOAT,
    ValueType.DATE,
    ValueType.LOCAL_TIME,
    ValueType.ZONED_TIME,
    ValueType.LOCAL_DATETIME,
    ValueType.ZONED_DATETIME,
    ValueType.DURATION,
    ValueType.POINT,
    ValueType.VECTOR,
    ValueType.NODE,
    ValueType.RELATIONSHIP,
    ValueType.MAP,
    ValueType.PATH
  };

  private TypeNames() {}

  static String of(@Nullable Object value) {
    return of(value, 0);
  }

  private static String of(@Nullable Object value, int depth) {
    if (value == null) {
      return "NULL";
    }
    String name =
        switch (value) {
          case List<?> list -> "LIST<" + elements(list, depth + 1) + ">";
          case VectorValue vector -> VectorShape.of(vector).text();
          default -> ValueType.of(value).typeName();
        };
    return name + " NOT NULL";
  }

  private static String elements(List<?> list, int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    if (list.isEmpty()) {
      return "NOTHING";
    }
    boolean[] present = new boolean[ValueType.values().length];
    StringBuilder lists = new StringBuilder();
    StringBuilder vectors = new StringBuilder();
    boolean nulls = false;
    for (Object element : list) {
      if (element == null) {
        nulls = true;
      } else if (element instanceof List<?> inner) {
        addOnce("LIST<" + elements(inner, depth + 1) + ">", lists);
      } else if (element instanceof VectorValue vector) {
        addOnce(VectorShape.of(vector).text(), vectors);
      } else {
        present[ValueType.of(element).ordinal()] = true;
      }
    }
    String suffix = nulls ? "" : " NOT NULL";
    StringBuilder names = new StringBuilder();
    for (ValueType type : ORDER) {
      if (type == ValueType.VECTOR) {
        appendAll(vectors, suffix, names);
      } else if (present[type.ordinal()]) {
        names.append(names.length() == 0 ? "" : " | ");
        names.append(type.typeName()).append(suffix);
      }
    }
    appendAll(lists, suffix, names);
    return names.length() == 0 ? "NULL" : names.toString();
  }

  /** Adds a line when it is not there yet; alternatives of lists and vectors are few. */
  private static void addOnce(String name, StringBuilder lines) {
    String line = name + '\n';
    int at = lines.indexOf(line);
    while (at > 0 && lines.charAt(at - 1) != '\n') {
      at = lines.indexOf(line, at + 1);
    }
    if (at < 0) {
      lines.append(line);
    }
  }

  private static void appendAll(StringBuilder lines, String suffix, StringBuilder names) {
    int start = 0;
    for (int end = lines.indexOf("\n"); end >= 0; end = lines.indexOf("\n", start)) {
      names.append(names.length() == 0 ? "" : " | ").append(lines, start, end).append(suffix);
      start = end + 1;
    }
  }
}
