package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.ByteString;
import org.weftdb.value.VectorValue;

/** Functions on lists, and those that work on lists and strings alike. */
final class ListFunctions {
  private ListFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.SCALAR);
    library.addUnary(
        "size(input :: LIST<ANY> | STRING | VECTOR | BYTES) :: INTEGER",
        "How many elements a list, characters a string, coordinates a vector or bytes a byte string"
            + " has.",
        ListFunctions::size);
    library.addUnary(
        "head(list :: LIST<ANY>) :: ANY",
        "The first element of a list; null of an empty one.",
        (x, context) -> {
          List<?> list = Arguments.list("head", 1, x);
          return list.isEmpty() ? null : list.get(0);
        });
    library.addUnary(
        "last(list :: LIST<ANY>) :: ANY",
        "The last element of a list; null of an empty one.",
        (x, context) -> {
          List<?> list = Arguments.list("last", 1, x);
          return list.isEmpty() ? null : list.get(list.size() - 1);
        });
    library.category(FunctionCategory.PREDICATE);
    library.addUnary(
        "isEmpty(input :: LIST<ANY> | STRING | MAP) :: BOOLEAN",
        "Whether a list, string or map has nothing in it.",
        ListFunctions::isEmpty);
    library.category(FunctionCategory.LIST);
    library.addUnary(
        "tail(list :: LIST<ANY>) :: LIST<ANY>",
        "All elements but the first.",
        (x, context) -> {
          List<?> list = Arguments.list("tail", 1, x);
          return copy(list, Math.min(1, list.size()), list.size());
        });
    library.addUnary(
        "reverse(input :: LIST<ANY> | STRING) :: LIST<ANY> | STRING",
        "The elements of a list, or the characters of a string, in the other order.",
        ListFunctions::reverse);
    library.addStrict(
        "range(start :: ANY, end :: ANY, step = 1 :: ANY) :: LIST<INTEGER>",
        "The integers from a start to an end, both included, by steps.",
        (arguments, context) -> range(arguments));
  }

  private static Object size(Object value, FunctionContext context) {
    if (value instanceof List<?> list) {
      return (long) list.size();
    } else if (value instanceof String text) {
      return (long) text.codePointCount(0, text.length());
    } else if (value instanceof VectorValue vector) {
      return (long) vector.dimension();
    } else if (value instanceof ByteString bytes) {
      return (long) bytes.size();
    }
    throw Arguments.wrongType("size", 1, value, "a List, a String, a Vector or a Byte String");
  }

  private static Object isEmpty(Object value, FunctionContext context) {
    if (value instanceof List<?> list) {
      return list.isEmpty();
    } else if (value instanceof String text) {
      return text.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return map.isEmpty();
    }
    throw Arguments.wrongType("isEmpty", 1, value, "a List, a Map or a String");
  }

  private static Object reverse(Object value, FunctionContext context) {
    if (value instanceof String text) {
      return TextFunctions.reversed(text);
    }
    if (!(value instanceof List<?> list)) {
      throw Arguments.wrongType("reverse", 1, value, "a List or a String");
    }
    int size = checkedSize(list.size());
    List<@Nullable Object> reversed = new ArrayList<>(size);
    for (int i = size - 1; i >= 0; i--) {
      reversed.add(list.get(i));
    }
    return Collections.unmodifiableList(reversed);
  }

  private static List<@Nullable Object> copy(List<?> list, int from, int to) {
    List<@Nullable Object> copy = new ArrayList<>(checkedSize(to - from));
    for (int i = from; i < to; i++) {
      copy.add(list.get(i));
    }
    return Collections.unmodifiableList(copy);
  }

  private static int checkedSize(int size) {
    if (size > Arithmetic.MAX_LIST_SIZE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "a list longer than " + Arithmetic.MAX_LIST_SIZE + " elements");
    }
    return size;
  }

  private static Object range(@Nullable Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (!(arguments[i] instanceof Long)) {
        throw new WeftException(
            ErrorCode.INVALID_ARGUMENT,
            Arguments.wrongTypeMessage("range", i + 1, arguments[i], "an Integer"));
      }
    }
    long step = arguments.length > 2 ? Arguments.integer("range", 3, arguments[2]) : 1;
    if (step == 0) {
      throw new WeftException(ErrorCode.NUMBER_OUT_OF_RANGE, "range() needs a step that is not 0");
    }
    long first = Arguments.integer("range", 1, arguments[0]);
    long last = Arguments.integer("range", 2, arguments[1]);
    return IntegerRange.of(first, last, step);
  }
}
