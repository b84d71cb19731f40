package org.weftdb.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.DurationValue;

/**
 * The operators {@code + - * / % ^} on any values.
 *
 * <p>Null in, null out. Two integers give an integer: a result outside 64 bits is {@link
 * ErrorCode#INTEGER_OVERFLOW}, division by zero {@link ErrorCode#DIVISION_BY_ZERO}; division cuts
 * towards zero and the remainder has the sign of the dividend. With a float both are floats and
 * IEEE 754 holds, so that division by zero gives an infinity or NaN. {@code ^} always gives a
 * float. {@code +} also joins a string with a string or a number, and a list with a list or an
 * element before or behind it. Durations are added, subtracted, multiplied and divided by numbers;
 * a temporal value and a duration are the matter of {@link
 * org.weftdb.value.temporal.TemporalArithmetic}. Other operands are {@link
 * ErrorCode#TYPE_MISMATCH}.
 */
public final class Arithmetic {
  /** No list that an operator or a function makes is longer. */
  public static final int MAX_LIST_SIZE = 100_000_000;

  /** No string that an operator or a function makes is longer, in UTF-16 code units. */
  public static final int MAX_STRING_LENGTH = 100_000_000;

  private Arithmetic() {}

  public static @Nullable Object add(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long longA && b instanceof Long longB) {
      return add(longA.longValue(), longB.longValue());
    }
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return numberA.doubleValue() + numberB.doubleValue();
    }
    if (a instanceof List<?> listA) {
      return b instanceof List<?> listB
          ? concatenate(listA, listB)
          : b == null ? null : append(listA, b);
    }
    if (a == null || b == null) {
      return null;
    }
    if (b instanceof List<?> listB) {
      return prepend(a, listB);
    }
    if (a instanceof String textA && (b instanceof String || b instanceof Number)) {
      return concatenate(textA, b instanceof String textB ? textB : Numbers.toText((Number) b));
    }
    if (a instanceof Number numberA && b instanceof String textB) {
      return concatenate(Numbers.toText(numberA), textB);
    }
    if (a instanceof DurationValue durationA && b instanceof DurationValue durationB) {
      return durationA.plus(durationB);
    }
    throw mismatch("add", a, b);
  }

  public static @Nullable Object subtract(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long longA && b instanceof Long longB) {
      return subtract(longA.longValue(), longB.longValue());
    }
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return numberA.doubleValue() - numberB.doubleValue();
    }
    if (a instanceof DurationValue durationA && b instanceof DurationValue durationB) {
      return durationA.plus(durationB.negated());
    }
    return nullOrMismatch("subtract", a, b);
  }

  public static @Nullable Object multiply(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long longA && b instanceof Long longB) {
      return multiply(longA.longValue(), longB.longValue());
    }
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return numberA.doubleValue() * numberB.doubleValue();
    }
    if (a instanceof DurationValue duration && b instanceof Number factor) {
      return times(duration, factor);
    }
    if (a instanceof Number factor && b instanceof DurationValue duration) {
      return times(duration, factor);
    }
    return nullOrMismatch("multiply", a, b);
  }

  public static @Nullable Object divide(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long longA && b instanceof Long longB) {
      return divide(longA.longValue(), longB.longValue());
    }
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return numberA.doubleValue() / numberB.doubleValue();
    }
    if (a instanceof DurationValue duration && b instanceof Number divisor) {
      if (divisor.doubleValue() == 0) {
        throw new WeftException(
            ErrorCode.DIVISION_BY_ZERO, "division by zero: " + duration + " / 0");
      }
      return duration.dividedBy(divisor.doubleValue());
    }
    return nullOrMismatch("divide", a, b);
  }

  public static @Nullable Object modulo(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Long longA && b instanceof Long longB) {
      return modulo(longA.longValue(), longB.longValue());
    }
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return Numbers.remainder(numberA.doubleValue(), numberB.doubleValue());
    }
    return nullOrMismatch("take the remainder of", a, b);
  }

  public static @Nullable Object power(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number numberA && b instanceof Number numberB) {
      return Math.pow(numberA.doubleValue(), numberB.doubleValue());
    }
    if (a == null || b == null) {
      return null;
    }
    throw new WeftException(
        ErrorCode.TYPE_MISMATCH, "cannot raise " + describe(a) + " to the power of " + describe(b));
  }

  /** Unary minus. */
  public static @Nullable Object negate(@Nullable Object a) {
    if (a == null) {
      return null;
    } else if (a instanceof Long number) {
      return negate(number.longValue());
    } else if (a instanceof Double number) {
      return -number;
    } else if (a instanceof DurationValue duration) {
      return duration.negated();
    }
    throw new WeftException(ErrorCode.TYPE_MISMATCH, "cannot negate " + describe(a));
  }

  /** Unary plus. */
  public static @Nullable Object plus(@Nullable Object a) {
    if (a == null || a instanceof Number || a instanceof DurationValue) {
      return a;
    }
    throw new WeftException(ErrorCode.TYPE_MISMATCH, "cannot put a plus before " + describe(a));
  }

  private static DurationValue times(DurationValue duration, Number factor) {
    return factor instanceof Long whole
        ? duration.times(whole.longValue())
        : duration.times(factor.doubleValue());
  }

  public static long add(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow(a, "+", b);
    }
    return sum;
  }

  public static long subtract(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw overflow(a, "-", b);
    }
    return difference;
  }

  public static long multiply(long a, long b) {
    long product = a * b;
    long magnitudes = Math.abs(a) | Math.abs(b);
    if (magnitudes >>> 31 != 0) {
      // The smallest integer divided by -1 would trap in WebAssembly.
      boolean overflows =
          a == Long.MIN_VALUE
              ? b != 0 && b != 1
              : a == -1 ? b == Long.MIN_VALUE : a != 0 && product / a != b;
      if (overflows) {
        throw overflow(a, "*", b);
      }
    }
    return product;
  }

  public static long divide(long a, long b) {
    if (b == 0) {
      throw new WeftException(ErrorCode.DIVISION_BY_ZERO, "division by zero: " + a + " / 0");
    }
    if (b != -1) {
      return a / b;
    }
    if (a == Long.MIN_VALUE) {
      throw overflow(a, "/", b);
    }
    return -a;
  }

  public static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw new WeftException(
          ErrorCode.INTEGER_OVERFLOW, "the negative of " + a + " does not fit a 64-bit integer");
    }
    return -a;
  }

  public static long modulo(long a, long b) {
    if (b == 0) {
      throw new WeftException(ErrorCode.DIVISION_BY_ZERO, "division by zero: " + a + " % 0");
    }
    return b == -1 ? 0 : a % b;
  }

  private static WeftException overflow(long a, String operator, long b) {
    return new WeftException(
        ErrorCode.INTEGER_OVERFLOW,
        "the result of " + a + " " + operator + " " + b + " does not fit a 64-bit integer");
  }

  private static @Nullable Object nullOrMismatch(
      String verb, @Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    }
    throw mismatch(verb, a, b);
  }

  private static WeftException mismatch(String verb, @Nullable Object a, @Nullable Object b) {
    return new WeftException(
        ErrorCode.TYPE_MISMATCH, "cannot " + verb + " " + describe(a) + " and " + describe(b));
  }

  private static String describe(@Nullable Object value) {
    ValueType type = ValueType.of(value);
    return (type == ValueType.INTEGER ? "an " : "a ") + type.displayName();
  }

  /** {@code a || b}: of two strings, two byte strings or two lists; null with null. */
  public static @Nullable Object concatenate(@Nullable Object a, @Nullable Object b) {
    if (a instanceof String textA && b instanceof String textB) {
      return concatenate(textA, textB);
    } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
      return concatenate(listA, listB);
    } else if (a instanceof ByteString bytesA && b instanceof ByteString bytesB) {
      return bytesA.concatenate(bytesB);
    }
    if ((a == null || b == null) && isJoinable(a) && isJoinable(b)) {
      return null;
    }
    throw mismatch("concatenate", a, b);
  }

  private static boolean isJoinable(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof List<?>
        || value instanceof ByteString;
  }

  private static String concatenate(String a, String b) {
    if (a.length() + (long) b.length() > MAX_STRING_LENGTH) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a string longer than " + MAX_STRING_LENGTH + " characters");
    }
    return a + b;
  }

  private static List<@Nullable Object> concatenate(List<?> a, List<?> b) {
    List<@Nullable Object> result = listFor(a.size() + (long) b.size());
    result.addAll(a);
    result.addAll(b);
    return Collections.unmodifiableList(result);
  }

  private static List<@Nullable Object> append(List<?> list, Object element) {
    List<@Nullable Object> result = listFor(list.size() + 1L);
    result.addAll(list);
    result.add(element);
    return Collections.unmodifiableList(result);
  }

  private static List<@Nullable Object> prepend(Object element, List<?> list) {
    List<@Nullable Object> result = listFor(list.size() + 1L);
    result.add(element);
    result.addAll(list);
    return Collections.unmodifiableList(result);
  }

  private static List<@Nullable Object> listFor(long size) {
    if (size > MAX_LIST_SIZE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a list longer than " + MAX_LIST_SIZE + " elements");
    }
    return new ArrayList<>((int) size);
  }
}
