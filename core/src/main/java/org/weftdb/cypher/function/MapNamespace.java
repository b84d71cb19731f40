package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;
import org.weftdb.value.ValueCodec;

/**
 * Functions of the namespace {@code map}. A map keeps the order in which its keys came; a path is a
 * list of keys, or a string of them with dots between.
 */
final class MapNamespace {
  private MapNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.MAP);
    addBasics(library);
    addChanges(library);
    addGroups(library);
    addPaths(library);
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Map<String, @Nullable Object> copy(Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map(value).forEach((key, element) -> copy.put((String) key, element));
    return copy;
  }

  private static void addBasics(Library library) {
    library.define(
        "map.size(map :: MAP) :: INTEGER",
        "How many keys a map has.",
        a -> (long) map(a[0]).size());
    library.define(
        "map.keys(map :: MAP) :: LIST<STRING>",
        "The keys of a map.",
        a -> Collections.unmodifiableList(new ArrayList<Object>(map(a[0]).keySet())));
    library.define(
        "map.values(map :: MAP) :: LIST<ANY>",
        "The values of a map.",
        a -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(map(a[0]).values())));
    library.define(
        "map.entries(map :: MAP) :: LIST<MAP>",
        "The entries of a map, each as {key, value}.",
        a -> {
          List<@Nullable Object> entries = new ArrayList<>();
          map(a[0])
              .forEach(
                  (key, value) -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("key", key);
                    entry.put("value", value);
                    entries.add(Collections.unmodifiableMap(entry));
                  });
          return Collections.unmodifiableList(entries);
        });
    library.define(
        "map.has_key(map :: MAP, key :: STRING) :: BOOLEAN",
        "Whether a map has a key, even with the value null.",
        a -> map(a[0]).containsKey(a[1]));
    library.add(
        "map.get(map :: MAP, key :: STRING, otherwise = null :: ANY) :: ANY",
        "The value of a key, or another value when the map does not have the key.",
        (a, context) -> {
          if (a[0] == null || a[1] == null) {
            return null;
          }
          Map<?, ?> map = Arguments.map("map.get", 1, a[0]);
          String key = Arguments.string("map.get", 2, a[1]);
          return map.containsKey(key) ? map.get(key) : a.length > 2 ? a[2] : null;
        });
    library.define(
        "map.from(entries :: LIST<ANY>) :: MAP",
        "A map of pairs [key, value] or entries {key, value}; of equal keys the last counts.",
        a -> {
          Map<String, @Nullable Object> map = new LinkedHashMap<>();
          for (Object entry : (List<?>) a[0]) {
            if (entry instanceof List<?> pair && pair.size() == 2) {
              map.put(key("map.from", pair.get(0)), pair.get(1));
            } else if (entry instanceof Map<?, ?> fields && fields.containsKey("key")) {
              map.put(key("map.from", fields.get("key")), fields.get("value"));
            } else {
              throw Arguments.wrongType(
                  "map.from", 1, a[0], "a List of [key, value] or {key, value}");
            }
          }
          return Collections.unmodifiableMap(map);
        });
  }

  private static String key(String function, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        function + "() needs keys that are Strings, not " + Arguments.describe(value));
  }

  private static void addChanges(Library library) {
    library.add(
        "map.set(map :: MAP, key :: STRING, value :: ANY) :: MAP",
        "The map with a value, which may be null, under a key.",
        (a, context) -> {
          if (a[0] == null || a[1] == null) {
            return null;
          }
          Map<String, @Nullable Object> map = copy(Arguments.map("map.set", 1, a[0]));
          map.put(Arguments.string("map.set", 2, a[1]), a[2]);
          return Collections.unmodifiableMap(map);
        });
    library.define(
        "map.remove(map :: MAP, keys :: STRING | LIST<STRING>) :: MAP",
        "The map without a key or keys.",
        a -> {
          Map<String, @Nullable Object> map = copy(a[0]);
          for (Object key : a[1] instanceof List<?> list ? list : List.of(a[1])) {
            map.remove(key("map.remove", key));
          }
          return Collections.unmodifiableMap(map);
        });
    library.define(
        "map.pick(map :: MAP, keys :: LIST<STRING>) :: MAP",
        "The map with these keys only, as far as it has them.",
        a -> {
          Map<String, @Nullable Object> picked = new LinkedHashMap<>();
          for (Object element : (List<?>) a[1]) {
            String key = key("map.pick", element);
            if (map(a[0]).containsKey(key)) {
              picked.put(key, map(a[0]).get(key));
            }
          }
          return Collections.unmodifiableMap(picked);
        });
    library.define(
        "map.rename(map :: MAP, from :: STRING, to :: STRING) :: MAP",
        "The map with a key under another name, in whose place it comes.",
        a -> {
          Map<String, @Nullable Object> renamed = new LinkedHashMap<>();
          boolean there = map(a[0]).containsKey(a[1]);
          map(a[0])
              .forEach(
                  (key, value) -> {
                    if (key.equals(a[1])) {
                      renamed.put((String) a[2], value);
                    } else if (!there || !key.equals(a[2])) {
                      renamed.put((String) key, value);
                    }
                  });
          return Collections.unmodifiableMap(renamed);
        });
    library.define(
        "map.compact(map :: MAP) :: MAP",
        "The map without the keys whose value is null.",
        a -> {
          Map<String, @Nullable Object> map = copy(a[0]);
          map.values().removeIf(value -> value == null);
          return Collections.unmodifiableMap(map);
        });
    library.define(
        "map.merge(map :: MAP, others :: MAP...) :: MAP",
        "The keys of all maps; of equal keys the last counts.",
        a -> {
          Map<String, @Nullable Object> merged = copy(a[0]);
          for (int i = 1; i < a.length; i++) {
            merged.putAll(copy(a[i]));
          }
          return Collections.unmodifiableMap(merged);
        });
    library.define(
        "map.deep_merge(map :: MAP, other :: MAP) :: MAP",
        "The keys of both maps; maps under equal keys are merged in the same way.",
        a -> deepMerge(a[0], a[1], 0));
    library.define(
        "map.invert(map :: MAP) :: MAP",
        "The map from the values, as strings, to the keys; of equal values the last counts.",
        a -> {
          Map<String, @Nullable Object> inverted = new LinkedHashMap<>();
          map(a[0]).forEach((key, value) -> inverted.put(keyOf("map.invert", value), key));
          return Collections.unmodifiableMap(inverted);
        });
  }

  private static Object deepMerge(Object left, Object right, int depth) {
    checkDepth(depth);
    Map<String, @Nullable Object> merged = copy(left);
    map(right)
        .forEach(
            (key, value) -> {
              Object other = merged.get((String) key);
              merged.put(
                  (String) key,
                  other instanceof Map<?, ?> map && value instanceof Map
                      ? deepMerge(map, value, depth + 1)
                      : value);
            });
    return Collections.unmodifiableMap(merged);
  }

  private static void checkDepth(int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
  }

  /** A value as the key under which it is grouped. */
  private static String keyOf(String function, @Nullable Object value) {
    String key = value == null ? "null" : Texts.ofValue(value);
    if (key != null) {
      return key;
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        function + "() cannot make a key of " + Arguments.describe(value));
  }

  private static void addGroups(Library library) {
    library
        .reading(GraphReading.PROPERTIES)
        .defineInContext(
            "map.group_by(list :: LIST<ANY>, key :: STRING) :: MAP",
            "Lists of the elements of a list by the value of a key of them, as a string.",
            (a, context) -> {
              Map<String, List<@Nullable Object>> groups = new LinkedHashMap<>();
              for (Object element : (List<?>) a[0]) {
                Object value = Fields.of("map.group_by", element, (String) a[1], context);
                groups
                    .computeIfAbsent(keyOf("map.group_by", value), key -> new ArrayList<>())
                    .add(element);
              }
              return Collections.unmodifiableMap(groups);
            });
    library
        .reading(GraphReading.PROPERTIES)
        .defineInContext(
            "map.index_by(list :: LIST<ANY>, key :: STRING) :: MAP",
            "The elements of a list by the value of a key of them, as a string; the last counts.",
            (a, context) -> {
              Map<String, @Nullable Object> index = new LinkedHashMap<>();
              for (Object element : (List<?>) a[0]) {
                Object value = Fields.of("map.index_by", element, (String) a[1], context);
                index.put(keyOf("map.index_by", value), element);
              }
              return Collections.unmodifiableMap(index);
            });
  }

  private static void addPaths(Library library) {
    library.define(
        "map.flatten(map :: MAP, separator = '.' :: STRING) :: MAP",
        "The map without maps in it: their keys come behind the key that leads to them.",
        a -> {
          Map<String, @Nullable Object> flat = new LinkedHashMap<>();
          flatten(map(a[0]), "", a.length > 1 ? (String) a[1] : ".", flat, 0);
          return Collections.unmodifiableMap(flat);
        });
    library.define(
        "map.unflatten(map :: MAP, separator = '.' :: STRING) :: MAP",
        "The map with maps in it for the parts of its keys between separators.",
        a -> {
          Map<String, @Nullable Object> nested = new LinkedHashMap<>();
          String separator = a.length > 1 ? (String) a[1] : ".";
          for (Map.Entry<?, ?> entry : map(a[0]).entrySet()) {
            List<String> path = parts((String) entry.getKey(), separator);
            nested = copy(with(nested, path, 0, entry.getValue()));
          }
          return Collections.unmodifiableMap(nested);
        });
    library.define(
        "map.get_path(map :: MAP, path :: STRING | LIST<STRING>) :: ANY",
        "The value at the end of a path; null when there is none.",
        a -> {
          Object at = a[0];
          for (String key : path("map.get_path", a[1])) {
            if (!(at instanceof Map<?, ?> map)) {
              return null;
            }
            at = map.get(key);
          }
          return at;
        });
    library.add(
        "map.set_path(map :: MAP, path :: STRING | LIST<STRING>, value :: ANY) :: MAP",
        "The map with a value, which may be null, at the end of a path.",
        (a, context) ->
            a[0] == null || a[1] == null
                ? null
                : with(
                    Arguments.map("map.set_path", 1, a[0]), path("map.set_path", a[1]), 0, a[2]));
    library.define(
        "map.remove_path(map :: MAP, path :: STRING | LIST<STRING>) :: MAP",
        "The map without what is at the end of a path.",
        a -> without(a[0], path("map.remove_path", a[1]), 0));
  }

  private static void flatten(
      Map<?, ?> map,
      String prefix,
      String separator,
      Map<String, @Nullable Object> flat,
      int depth) {
    checkDepth(depth);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = prefix + entry.getKey();
      if (entry.getValue() instanceof Map<?, ?> inner && !inner.isEmpty()) {
        flatten(inner, key + separator, separator, flat, depth + 1);
      } else {
        flat.put(key, entry.getValue());
      }
    }
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = separator.isEmpty() ? -1 : text.indexOf(separator);
    for (; at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    checkDepth(parts.size());
    return parts;
  }

  private static List<String> path(String function, @Nullable Object value) {
    if (value instanceof String text) {
      return parts(text, ".");
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      checkDepth(list.size());
      List<String> path = new ArrayList<>();
      for (Object element : list) {
        path.add(key(function, element));
      }
      return path;
    }
    throw Arguments.wrongType(function, 2, value, "a String or a List of keys that is not empty");
  }

  private static Object with(
      @Nullable Object holder, List<String> path, int index, @Nullable Object value) {
    Map<String, @Nullable Object> map =
        holder instanceof Map<?, ?> present ? copy(present) : new LinkedHashMap<>();
    String key = path.get(index);
    boolean last = index == path.size() - 1;
    map.put(key, last ? value : with(map.get(key), path, index + 1, value));
    return Collections.unmodifiableMap(map);
  }

  private static Object without(Object holder, List<String> path, int index) {
    Map<String, @Nullable Object> map = copy(holder);
    String key = path.get(index);
    if (index == path.size() - 1) {
      map.remove(key);
    } else if (map.get(key) instanceof Map<?, ?> inner) {
      map.put(key, without(inner, path, index + 1));
    }
    return Collections.unmodifiableMap(map);
  }
}
