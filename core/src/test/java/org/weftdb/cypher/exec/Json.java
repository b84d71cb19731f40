package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Just enough JSON for test cases: integers are Long, numbers with point or exponent Double. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    if (json.at != text.length()) {
      throw json.error("the end");
    }
    return value;
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException("expected " + expected + " at " + at + " in " + text);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private @Nullable Object value() {
    skipSpace();
    if (take('[')) {
      List<@Nullable Object> list = new ArrayList<>();
      if (take(']')) {
        return list;
      }
      do {
        list.add(value());
      } while (take(','));
      if (!take(']')) {
        throw error("]");
      }
      return list;
    } else if (take('{')) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      if (take('}')) {
        return map;
      }
      do {
        skipSpace();
        String key = string();
        if (!take(':')) {
          throw error(":");
        }
        map.put(key, value());
      } while (take(','));
      if (!take('}')) {
        throw error("}");
      }
      return map;
    } else if (at < text.length() && text.charAt(at) == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && ",]} \t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default ->
          word.contains(".") || word.contains("e") || word.contains("E")
              ? (Object) Double.valueOf(word)
              : (Object) Long.valueOf(word);
    };
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw error("a string");
    }
    at++;
    StringBuilder out = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = text.charAt(at++);
        switch (c) {
          case 'n' -> c = '\n';
          case 't' -> c = '\t';
          case 'r' -> c = '\r';
          case 'b' -> c = '\b';
          case 'f' -> c = '\f';
          case 'u' -> {
            c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
          }
          default -> {}
        }
      }
      out.append(c);
    }
    at++;
    return out.toString();
  }

  static String print(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    print(value, out);
    return out.toString();
  }

  private static void print(@Nullable Object value, StringBuilder out) {
    if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        out.append(i == 0 ? "" : ", ");
        print(list.get(i), out);
      }
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        print(entry.getKey(), out);
        out.append(": ");
        print(entry.getValue(), out);
        separator = ", ";
      }
      out.append('}');
    } else if (value instanceof String text) {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '"', '\\' -> out.append('\\').append(c);
          case '\n' -> out.append("\\n");
          case '\t' -> out.append("\\t");
          case '\r' -> out.append("\\r");
          default -> out.append(c);
        }
      }
      out.append('"');
    } else {
      out.append(value);
    }
  }
}
