package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Numbers;

/** Property values in messages. */
final class ValueText {
  private static final int LONGEST = 80;

  private ValueText() {}

  static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    if (text.length() > LONGEST) {
      text.setLength(LONGEST);
      text.append("...");
    }
    return text.toString();
  }

  private static void append(@Nullable Object value, StringBuilder text) {
    if (value instanceof String string) {
      int end = Math.min(string.length(), LONGEST);
      text.append('\'').append(string, 0, end).append('\'');
    } else if (value instanceof Double number) {
      Numbers.append(text, number);
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (int i = 0; i < list.size() && text.length() <= LONGEST; i++) {
        text.append(i == 0 ? "" : ", ");
        append(list.get(i), text);
      }
      text.append(']');
    } else {
      text.append(value);
    }
  }
}
