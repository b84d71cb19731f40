package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.Point;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * Turns what callers give as parameters into Cypher values, copying lists and maps, so that later
 * changes to them do no harm.
 *
 * <p>Taken are null, Boolean, Byte, Short, Integer, Long, Float, Double, Character, String, the
 * temporal values of {@code org.weftdb.value.temporal}, {@link Point}, {@link VectorValue}, {@link
 * ByteString}, lists and other {@link Iterable}s, arrays of objects, long, int, double, float,
 * boolean and short, and maps with string keys, to a bounded depth. A {@code byte[]} is a byte
 * string.
 */
public final class ParameterValues {
  /** Lists and maps in one another. */
  private static final int MAXIMUM_DEPTH = ValueCodec.MAX_NESTING;

  private ParameterValues() {}

  /**
   * Checks and copies parameters.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT}, naming the parameter and the type
   */
  public static Map<String, @Nullable Object> check(
      Map<String, ? extends @Nullable Object> parameters) {
    Map<String, @Nullable Object> checked = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends @Nullable Object> entry : parameters.entrySet()) {
      checked.put(entry.getKey(), value(entry.getValue(), entry.getKey(), 0));
    }
    return checked;
  }

  /** One value, checked and copied; {@code name} is what messages call it. */
  static @Nullable Object value(@Nullable Object value, String name) {
    return value(value, name, 0);
  }

  private static @Nullable Object value(@Nullable Object value, String name, int depth) {
    if (value == null
        || value instanceof Long
        || value instanceof String
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof TemporalValue
        || value instanceof DurationValue
        || value instanceof Point
        || value instanceof VectorValue
        || value instanceof ByteString) {
      return value;
    } else if (value instanceof byte[] bytes) {
      return ByteString.copyOf(bytes);
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    } else if (value instanceof Float number) {
      return (double) number;
    } else if (value instanceof Character character) {
      return String.valueOf(character.charValue());
    }
    if (depth == MAXIMUM_DEPTH) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the parameter $" + name + " nests lists and maps more than " + MAXIMUM_DEPTH + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, name, depth);
    } else if (value instanceof Iterable<?> elements) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : elements) {
        list.add(value(element, name, depth + 1));
      }
      return list;
    }
    return array(value, name, depth);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map, String name, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() + (map.size() >> 1) + 1);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new WeftException(
            ErrorCode.INVALID_ARGUMENT,
            "the parameter $" + name + " has a map with a key that is not a String");
      }
      copy.put(key, value(entry.getValue(), name, depth + 1));
    }
    return copy;
  }

  private static List<@Nullable Object> array(Object array, String name, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    switch (array) {
      case Object[] elements -> {
        for (Object element : elements) {
          list.add(value(element, name, depth + 1));
        }
      }
      case long[] elements -> {
        for (long element : elements) {
          list.add(element);
        }
      }
      case int[] elements -> {
        for (int element : elements) {
          list.add((long) element);
        }
      }
      case short[] elements -> {
        for (short element : elements) {
          list.add((long) element);
        }
      }
      case double[] elements -> {
        for (double element : elements) {
          list.add(element);
        }
      }
      case float[] elements -> {
        for (float element : elements) {
          list.add((double) element);
        }
      }
      case boolean[] elements -> {
        for (boolean element : elements) {
          list.add(element);
        }
      }
      default ->
          throw new WeftException(
              ErrorCode.INVALID_ARGUMENT,
              "the parameter $"
                  + name
                  + " is of a type that Cypher does not have: "
                  + array.getClass().getName());
    }
    return list;
  }
}
