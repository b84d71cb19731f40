package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueType;

/** Reads the arguments of a call and says what is wrong with them. */
final class Arguments {
  private Arguments() {}

  /** An argument of a type that the function cannot work on, counted from 1. */
  static WeftException wrongType(
      String function, int position, @Nullable Object value, String expected) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE, wrongTypeMessage(function, position, value, expected));
  }

  static String wrongTypeMessage(
      String function, int position, @Nullable Object value, String expected) {
    return function
        + "() needs "
        + expected
        + " as argument "
        + position
        + ", not "
        + describe(value);
  }

  /** A value that an aggregate cannot work on. */
  static WeftException aggregateOver(String function, Object value, String expected) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        function + "() works on " + expected + ", not on " + describe(value));
  }

  /** A value's type with its article. */
  static String describe(@Nullable Object value) {
    ValueType type = ValueType.of(value);
    if (type == ValueType.NULL) {
      return "null";
    }
    return (type == ValueType.INTEGER ? "an " : "a ") + type.displayName();
  }

  /** An argument that must be a string. */
  static String string(String function, int position, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(function, position, value, "a String");
  }

  /** An argument that must be an integer. */
  static long integer(String function, int position, @Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw wrongType(function, position, value, "an Integer");
  }

  /** An argument that must be a number, as a float. */
  static double number(String function, int position, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrongType(function, position, value, "a number");
  }

  /** An argument that must be a list. */
  static List<?> list(String function, int position, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(function, position, value, "a List");
  }

  /** An argument that must be a map. */
  static Map<?, ?> map(String function, int position, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrongType(function, position, value, "a Map");
  }
}
