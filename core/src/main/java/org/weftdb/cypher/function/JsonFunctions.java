package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;

/** The functions of the namespace {@code json}. */
final class JsonFunctions {
  private JsonFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.JSON);
    library
        .reading(GraphReading.PROPERTIES)
        .add(
            "json.encode(input :: ANY) :: STRING",
            "A value as JSON; of null the text null.",
            (a, context) -> JsonWriter.write(a[0], context));
    library.define(
        "json.decode(text :: STRING) :: ANY",
        "The value of a JSON text.",
        a -> JsonReader.read((String) a[0]));
    library.define(
        "json.path(input :: ANY, path :: STRING) :: ANY",
        "What a path such as '$.a[0].b' leads to in a value, or in a string with JSON; null when"
            + " there is nothing.",
        a -> follow(a[0] instanceof String text ? JsonReader.read(text) : a[0], (String) a[1]));
  }

  private static @Nullable Object follow(@Nullable Object value, String path) {
    Object at = value;
    int index = path.startsWith("$") ? 1 : 0;
    while (index < path.length()) {
      char c = path.charAt(index);
      if (c == '[') {
        int end = path.indexOf(']', index);
        String inside = end < 0 ? "" : path.substring(index + 1, end);
        int length = inside.length();
        boolean quoted =
            length > 1
                && (inside.charAt(0) == '\'' || inside.charAt(0) == '"')
                && inside.charAt(length - 1) == inside.charAt(0);
        Long number = quoted ? null : Numbers.tryParseLong(inside);
        if (!quoted && number == null) {
          throw invalid(path, index);
        }
        at = quoted ? field(at, inside.substring(1, length - 1)) : element(at, number);
        index = end + 1;
      } else if (c == '.' || index == 0) {
        int start = c == '.' ? index + 1 : index;
        int end = start;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        if (end == start) {
          throw invalid(path, index);
        }
        at = field(at, path.substring(start, end));
        index = end;
      } else {
        throw invalid(path, index);
      }
    }
    return at;
  }

  private static WeftException invalid(String path, int index) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        "json.path() expected .key, [index] or ['key'] at character "
            + (index + 1)
            + " of '"
            + path
            + "'");
  }

  private static @Nullable Object field(@Nullable Object value, String key) {
    return value instanceof Map<?, ?> map ? map.get(key) : null;
  }

  private static @Nullable Object element(@Nullable Object value, @Nullable Long index) {
    if (!(value instanceof List<?> list) || index == null) {
      return null;
    }
    long at = index < 0 ? index + list.size() : index;
    return at < 0 || at >= list.size() ? null : list.get((int) at);
  }
}
