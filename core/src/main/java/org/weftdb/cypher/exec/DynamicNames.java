package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Names of labels, types and keys that a query computes. */
final class DynamicNames {
  private DynamicNames() {}

  /** The names of {@code $(value)}: a string or a list of strings; null gives null. */
  static @Nullable List<String> all(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        names.add(name(list.get(i)));
      }
    } else {
      names.add(name(value));
    }
    return names;
  }

  /** The same where there must be names. */
  static List<String> required(@Nullable Object value) {
    List<String> names = all(value);
    if (names == null) {
      throw noName(null);
    }
    return names;
  }

  /** One name. */
  static String one(@Nullable Object value) {
    List<String> names = required(value);
    if (names.size() != 1) {
      throw new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "expected exactly one relationship type, but there are " + names.size());
    }
    return names.get(0);
  }

  /** The name of a property. */
  static String key(@Nullable Object value) {
    return name(value);
  }

  private static String name(@Nullable Object value) {
    if (value instanceof String name && !name.isEmpty()) {
      return name;
    }
    throw noName(value);
  }

  private static WeftException noName(@Nullable Object value) {
    if (value == null || value instanceof String) {
      return new WeftException(
          ErrorCode.INVALID_ARGUMENT_VALUE,
          "expected a name, but the value is " + (value == null ? "null" : "empty"));
    }
    return Evaluator.mismatch("a String as a name", value);
  }
}
