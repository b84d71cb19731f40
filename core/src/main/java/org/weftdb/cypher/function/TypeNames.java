package org.weftdb.cypher.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.ValueType;

/** The most precise type of a value as {@code valueType()} writes it: {@code INTEGER NOT NULL}. */
final class TypeNames {
  /** The order in which alternatives are written. */
  private static final ValueType[] ORDER = {
    ValueType.BOOLEAN,
    ValueType.STRING,
    ValueType.INTEGER,
    ValueType.FLOAT,
    ValueType.DATE,
    ValueType.LOCAL_TIME,
    ValueType.ZONED_TIME,
    ValueType.LOCAL_DATETIME,
    ValueType.ZONED_DATETIME,
    ValueType.DURATION,
    ValueType.POINT,
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
        value instanceof List<?> list
            ? "LIST<" + elements(list, depth + 1) + ">"
            : LetterCase.upperAscii(ValueType.of(value).displayName());
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
    boolean nulls = false;
    for (Object element : list) {
      if (element == null) {
        nulls = true;
      } else if (element instanceof List<?> inner) {
        String name = "LIST<" + elements(inner, depth + 1) + ">";
        // Alternatives of lists are few; each is written once.
        if (lists.indexOf(name + '\n') < 0) {
          lists.append(name).append('\n');
        }
      } else {
        present[ValueType.of(element).ordinal()] = true;
      }
    }
    String suffix = nulls ? "" : " NOT NULL";
    StringBuilder names = new StringBuilder();
    for (ValueType type : ORDER) {
      if (present[type.ordinal()]) {
        names.append(names.length() == 0 ? "" : " | ");
        names.append(LetterCase.upperAscii(type.displayName())).append(suffix);
      }
    }
    int start = 0;
    for (int end = lists.indexOf("\n"); end >= 0; end = lists.indexOf("\n", start)) {
      names.append(names.length() == 0 ? "" : " | ").append(lists, start, end).append(suffix);
      start = end + 1;
    }
    return names.length() == 0 ? "NULL" : names.toString();
  }
}
