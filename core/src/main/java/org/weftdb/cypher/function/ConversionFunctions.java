package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;
import org.weftdb.value.Texts;
import org.weftdb.value.VectorValue;

/**
 * Conversions between types.
 *
 * <p>Text that does not stand for a value of the type gives null. A value of a type that cannot be
 * converted is an error; with {@code …OrNull} and inside {@code …List} it gives null.
 */
final class ConversionFunctions {
  /** A conversion that answers {@link #NOT_CONVERTIBLE} for types it cannot convert. */
  @FunctionalInterface
  private interface Conversion {
    @Nullable Object convert(Object value);
  }

  private static final Object NOT_CONVERTIBLE = new Object();

  /** A float that no 64-bit integer is near to. */
  private static final Object OUT_OF_RANGE = new Object();

  private ConversionFunctions() {}

  static void addTo(Library library) {
    addFamily(
        library,
        "toInteger",
        "INTEGER",
        "a number, a Boolean or a String",
        ConversionFunctions::toInteger);
    addFamily(library, "toFloat", "FLOAT", "a number or a String", ConversionFunctions::toFloat);
    addFamily(
        library,
        "toString",
        "STRING",
        "a number, a Boolean, a String, a temporal value, a Point or a Vector",
        ConversionFunctions::toText);
    addFamily(
        library,
        "toBoolean",
        "BOOLEAN",
        "a Boolean, an Integer or a String",
        ConversionFunctions::toBoolean);
  }

  private static void addFamily(
      Library library, String name, String result, String expected, Conversion conversion) {
    boolean toText = result.equals("STRING");
    library.category(toText ? FunctionCategory.STRING : FunctionCategory.SCALAR);
    library.addUnary(
        name + "(input :: ANY) :: " + result,
        "A"
            + expected.substring(1)
            + " as "
            + result
            + (toText ? "." : "; null of a string that is none."),
        (x, context) -> {
          Object converted = conversion.convert(x);
          if (converted == NOT_CONVERTIBLE) {
            throw Arguments.wrongType(name, 1, x, expected);
          } else if (converted == OUT_OF_RANGE) {
            throw new WeftException(
                ErrorCode.INTEGER_OVERFLOW,
                name + "() of a number that does not fit a 64-bit integer");
          }
          return converted;
        });
    library.addUnary(
        name + "OrNull(input :: ANY) :: " + result,
        "A value as " + result + "; null when it cannot be converted.",
        (x, context) -> orNull(conversion.convert(x)));
    String listName = name + "List";
    boolean ofVectors = result.equals("INTEGER") || result.equals("FLOAT");
    library.category(FunctionCategory.LIST);
    library.addUnary(
        listName
            + (ofVectors
                ? "(input :: LIST<ANY> | VECTOR) :: LIST<"
                : "(input :: LIST<ANY>) :: LIST<")
            + result
            + ">",
        "The elements as " + result + "; null for those that cannot be converted.",
        (x, context) -> {
          List<?> list =
              ofVectors && x instanceof VectorValue vector
                  ? vector.coordinates()
                  : Arguments.list(listName, 1, x);
          return elements(list, conversion);
        });
  }

  private static List<@Nullable Object> elements(List<?> list, Conversion conversion) {
    List<@Nullable Object> converted = new ArrayList<>(list.size());
    for (Object element : list) {
      converted.add(element == null ? null : orNull(conversion.convert(element)));
    }
    return Collections.unmodifiableList(converted);
  }

  /** What {@code toIntegerList} makes of a list. */
  static List<@Nullable Object> integers(List<?> list) {
    return elements(list, ConversionFunctions::toInteger);
  }

  /** What {@code toFloatList} makes of a list. */
  static List<@Nullable Object> floats(List<?> list) {
    return elements(list, ConversionFunctions::toFloat);
  }

  private static @Nullable Object orNull(@Nullable Object converted) {
    return converted == NOT_CONVERTIBLE || converted == OUT_OF_RANGE ? null : converted;
  }

  private static @Nullable Object toInteger(Object value) {
    if (value instanceof Long) {
      return value;
    } else if (value instanceof Double number) {
      return truncated(number);
    } else if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    } else if (value instanceof String text) {
      Long whole = Numbers.tryParseLong(text);
      if (whole != null) {
        return whole;
      }
      Double number = Numbers.tryParseDouble(text);
      return number == null ? null : truncated(number);
    }
    return NOT_CONVERTIBLE;
  }

  private static @Nullable Object truncated(double number) {
    if (number != number) {
      return null;
    }
    return number >= -0x1p63 && number < 0x1p63 ? (Object) (long) number : OUT_OF_RANGE;
  }

  private static @Nullable Object toFloat(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    } else if (value instanceof String text) {
      return Numbers.tryParseDouble(text);
    }
    return NOT_CONVERTIBLE;
  }

  private static Object toText(Object value) {
    String text = Texts.ofValue(value);
    return text == null ? NOT_CONVERTIBLE : text;
  }

  private static @Nullable Object toBoolean(Object value) {
    if (value instanceof Boolean) {
      return value;
    } else if (value instanceof Long number) {
      return number != 0;
    } else if (value instanceof String text) {
      String word = Texts.lowerAscii(text.trim());
      return word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : null;
    }
    return NOT_CONVERTIBLE;
  }

  /** An element of a list as a string, as {@code toString} makes it. */
  static String text(String function, Object value) {
    String text = Texts.ofValue(value);
    if (text != null) {
      return text;
    }
    throw Arguments.wrongType(
        function, 1, value, "a List of numbers, Booleans, Strings or temporal values");
  }
}
