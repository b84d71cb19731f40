package org.weftdb.cypher.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.Numbers;
import org.weftdb.value.Texts;
import org.weftdb.value.ValueOrder;

/** The functions of the namespaces {@code math}, {@code number} and {@code bits}. */
final class NumberNamespace {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN_LETTERS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };

  /** The body of a predicate on a number. */
  @FunctionalInterface
  private interface Predicate {
    boolean test(Number number);
  }

  /** The body of a function of two integers. */
  @FunctionalInterface
  private interface OfTwoIntegers {
    long call(long left, long right);
  }

  private NumberNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.NUMERIC);
    addMath(library);
    addPredicates(library);
    addText(library);
    library.category(FunctionCategory.BITS);
    addBits(library);
    for (String name : List.of("round", "ceil", "floor", "abs", "sign")) {
      library.category(FunctionCategory.NUMERIC);
      library.alias("math." + name, name);
    }
    library.alias("math.random", "rand");
    library.category(FunctionCategory.LOGARITHMIC);
    for (String name : List.of("sqrt", "log", "log10", "exp", "e")) {
      library.alias("math." + name, name);
    }
    library.alias("math.ln", "log");
    library.category(FunctionCategory.TRIGONOMETRIC);
    for (String name :
        List.of(
            "sin", "cos", "tan", "cot", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
            "coth", "degrees", "radians", "pi")) {
      library.alias("math." + name, name);
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static void addMath(Library library) {
    library.define(
        "math.min(input :: INTEGER | FLOAT, others :: INTEGER | FLOAT...) :: INTEGER | FLOAT",
        "The least of some numbers.",
        a -> extreme(a, -1));
    library.define(
        "math.max(input :: INTEGER | FLOAT, others :: INTEGER | FLOAT...) :: INTEGER | FLOAT",
        "The greatest of some numbers.",
        a -> extreme(a, 1));
    library.define(
        "math.trunc(input :: INTEGER | FLOAT) :: FLOAT",
        "The number without what is behind its point.",
        a -> number(a[0]) < 0 ? Math.ceil(number(a[0])) : Math.floor(number(a[0])));
    library.define(
        "math.sigmoid(input :: INTEGER | FLOAT) :: FLOAT",
        "The logistic function, 1 / (1 + exp(-input)).",
        a -> 1 / (1 + Math.exp(-number(a[0]))));
    library.define(
        "math.pow(base :: INTEGER | FLOAT, exponent :: INTEGER | FLOAT) :: FLOAT",
        "A number to the power of another, as ^.",
        a -> Arithmetic.power(a[0], a[1]));
    library.define(
        "math.hypot(x :: INTEGER | FLOAT, y :: INTEGER | FLOAT) :: FLOAT",
        "The length of the vector (x, y).",
        a -> hypotenuse(Math.abs(number(a[0])), Math.abs(number(a[1]))));
    library.define(
        "math.log_base(input :: INTEGER | FLOAT, base :: INTEGER | FLOAT) :: FLOAT",
        "The logarithm to a base.",
        a ->
            number(a[1]) == 10
                ? MathFunctions.log10(number(a[0]))
                : Math.log(number(a[0])) / Math.log(number(a[1])));
    library.define(
        "math.gcd(left :: INTEGER, right :: INTEGER) :: INTEGER",
        "The greatest common divisor, not below 0.",
        a -> gcd((Long) a[0], (Long) a[1]));
    library.define(
        "math.lcm(left :: INTEGER, right :: INTEGER) :: INTEGER",
        "The least common multiple, not below 0.",
        a -> {
          long left = (Long) a[0];
          long right = (Long) a[1];
          if (left == 0 || right == 0) {
            return 0L;
          }
          long multiple = Arithmetic.multiply(left / gcd(left, right), right);
          return multiple < 0 ? Arithmetic.negate(multiple) : multiple;
        });
    library.define(
        "math.clamp(input :: INTEGER | FLOAT, low :: INTEGER | FLOAT, high :: INTEGER | FLOAT)"
            + " :: INTEGER | FLOAT",
        "The number, or the bound that it is beyond.",
        a -> {
          if (compare(a[1], a[2]) > 0) {
            throw Sizes.outOfRange("math.clamp", 3, "no less than argument 2", a[2]);
          }
          return compare(a[0], a[1]) < 0 ? a[1] : compare(a[0], a[2]) > 0 ? a[2] : a[0];
        });
    library.define(
        "math.lerp(from :: INTEGER | FLOAT, to :: INTEGER | FLOAT, share :: INTEGER | FLOAT)"
            + " :: FLOAT",
        "The number at a share of the way from one to another.",
        a -> number(a[0]) * (1 - number(a[2])) + number(a[1]) * number(a[2]));
  }

  private static double hypotenuse(double x, double y) {
    double larger = Math.max(x, y);
    double smaller = Math.min(x, y);
    if (larger == 0 || Double.isInfinite(larger)) {
      return larger;
    }
    // Squares of the sides themselves could leave the range of floats.
    double ratio = smaller / larger;
    return larger * Math.sqrt(1 + ratio * ratio);
  }

  private static int compare(Object left, Object right) {
    return ValueOrder.compare(left, right);
  }

  private static Object extreme(Object[] numbers, int sign) {
    Object best = numbers[0];
    for (Object number : numbers) {
      if (compare(number, best) * sign > 0) {
        best = number;
      }
    }
    return best;
  }

  private static long gcd(long left, long right) {
    long a = left;
    long b = right;
    while (b != 0) {
      // The remainder by -1 is 0, and of the smallest integer a trap on some platforms.
      long rest = b == -1 ? 0 : a % b;
      a = b;
      b = rest;
    }
    return a < 0 ? Arithmetic.negate(a) : a;
  }

  private static void addPredicates(Library library) {
    addPredicate(
        library,
        "integer",
        "whole, of either type",
        x -> number(x) == Math.floor(number(x)) && isFinite(x));
    addPredicate(library, "even", "whole and even", x -> isFinite(x) && rest(x) == 0);
    addPredicate(library, "odd", "whole and odd", x -> isFinite(x) && rest(x) == 1);
    addPredicate(library, "positive", "above 0", x -> number(x) > 0);
    addPredicate(library, "negative", "below 0", x -> number(x) < 0);
    addPredicate(library, "zero", "0", x -> number(x) == 0);
    addPredicate(library, "nan", "not a number (NaN)", x -> number(x) != number(x));
    addPredicate(library, "finite", "neither infinite nor NaN", NumberNamespace::isFinite);
    addPredicate(library, "infinite", "infinite", x -> Double.isInfinite(number(x)));
  }

  private static void addPredicate(Library library, String name, String what, Predicate predicate) {
    library.define(
        "number.is_" + name + "(input :: INTEGER | FLOAT) :: BOOLEAN",
        "Whether a number is " + what + ".",
        a -> predicate.test((Number) a[0]));
  }

  private static boolean isFinite(Number number) {
    double value = number.doubleValue();
    return value == value && !Double.isInfinite(value);
  }

  /** What is left by division by 2, not below 0; neither 0 nor 1 of a number that is not whole. */
  private static double rest(Number number) {
    return number instanceof Long whole
        ? whole & 1
        : number.doubleValue() - 2 * Math.floor(number.doubleValue() / 2);
  }

  private static void addText(Library library) {
    library.define(
        "number.format(input :: INTEGER | FLOAT, places = as needed :: INTEGER,"
            + " grouping = ',' :: STRING, point = '.' :: STRING) :: STRING",
        "A number with so many places behind the point, its digits before it in groups of three.",
        NumberNamespace::format);
    library.define(
        "number.to_base(input :: INTEGER, base :: INTEGER) :: STRING",
        "The digits of an integer to a base from 2 to 36.",
        a -> toBase((Long) a[0], base("number.to_base", a[1])));
    library.define(
        "number.from_base(input :: STRING, base :: INTEGER) :: INTEGER",
        "The integer of digits to a base from 2 to 36; null when they are none.",
        a -> fromBase((String) a[0], base("number.from_base", a[1])));
    library.define(
        "number.to_roman(input :: INTEGER) :: STRING",
        "A number from 1 to 3999 in Roman numerals.",
        a -> {
          long number = (Long) a[0];
          if (number < 1 || number > 3999) {
            throw Sizes.outOfRange("number.to_roman", 1, "1 to 3999", number);
          }
          return roman(number);
        });
    library.define(
        "number.from_roman(input :: STRING) :: INTEGER",
        "The number of Roman numerals; null when they are none.",
        a -> {
          String text = LetterCase.upperAscii((String) a[0]);
          long number = 0;
          int at = 0;
          for (int i = 0; i < ROMAN_VALUES.length; i++) {
            for (int times = 0; times < 3 && text.startsWith(ROMAN_LETTERS[i], at); times++) {
              number += ROMAN_VALUES[i];
              at += ROMAN_LETTERS[i].length();
            }
          }
          boolean valid = at == text.length() && number > 0 && roman(number).equals(text);
          return valid ? (Object) number : null;
        });
  }

  private static String roman(long number) {
    StringBuilder text = new StringBuilder();
    long left = number;
    for (int i = 0; i < ROMAN_VALUES.length; i++) {
      for (; left >= ROMAN_VALUES[i]; left -= ROMAN_VALUES[i]) {
        text.append(ROMAN_LETTERS[i]);
      }
    }
    return text.toString();
  }

  private static Object format(Object[] a) {
    boolean rounded = a.length > 1;
    long places = rounded ? Sizes.count("number.format", 2, a[1]) : 0;
    if (places > 100) {
      throw Sizes.outOfRange("number.format", 2, "100 or less", places);
    }
    String grouping = a.length > 2 ? (String) a[2] : ",";
    String point = a.length > 3 ? (String) a[3] : ".";
    Object value = a[0];
    if (!isFinite((Number) value)) {
      return Numbers.toText((Number) value);
    }
    if (rounded && value instanceof Double number) {
      value = Numbers.round(number, (int) places, Numbers.Rounding.HALF_UP);
    }
    String text = PlainDecimal.of(Numbers.toText((Number) value));
    int from = text.startsWith("-") ? 1 : 0;
    int dot = text.indexOf('.');
    int end = dot < 0 ? text.length() : dot;
    StringBuilder out = new StringBuilder(text.substring(0, from));
    for (int i = from; i < end; i++) {
      out.append(i > from && (end - i) % 3 == 0 ? grouping : "").append(text.charAt(i));
    }
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    while (!rounded && fraction.endsWith("0")) {
      fraction = fraction.substring(0, fraction.length() - 1);
    }
    StringBuilder digits = new StringBuilder(fraction);
    if (rounded) {
      digits.setLength((int) Math.min(places, fraction.length()));
      while (digits.length() < places) {
        digits.append('0');
      }
    }
    return out.append(digits.length() == 0 ? "" : point).append(digits).toString();
  }

  private static int base(String function, Object value) {
    long base = (Long) value;
    if (base < 2 || base > DIGITS.length()) {
      throw Sizes.outOfRange(function, 2, "2 to 36", base);
    }
    return (int) base;
  }

  private static String toBase(long number, int base) {
    StringBuilder digits = new StringBuilder();
    // Below zero, where every integer has its counterpart.
    long left = number > 0 ? -number : number;
    do {
      digits.insert(0, DIGITS.charAt((int) -(left % base)));
      left /= base;
    } while (left != 0);
    return number < 0 ? digits.insert(0, '-').toString() : digits.toString();
  }

  private static @Nullable Object fromBase(String text, int base) {
    boolean negative = text.startsWith("-");
    String digits = Texts.lowerAscii(negative ? text.substring(1) : text);
    long number = 0;
    boolean valid = !digits.isEmpty();
    for (int i = 0; i < digits.length() && valid; i++) {
      int digit = DIGITS.indexOf(digits.charAt(i));
      valid = digit >= 0 && digit < base;
      number = valid ? Arithmetic.subtract(Arithmetic.multiply(number, base), digit) : number;
    }
    return valid ? (Object) (negative ? number : Arithmetic.negate(number)) : null;
  }

  private static void addBits(Library library) {
    addBits(library, "bits.and", "The bits that both integers have.", (x, y) -> x & y);
    addBits(library, "bits.or", "The bits that either integer has.", (x, y) -> x | y);
    addBits(library, "bits.xor", "The bits that one integer has only.", (x, y) -> x ^ y);
    library.define(
        "bits.not(input :: INTEGER) :: INTEGER",
        "The bits that an integer does not have.",
        a -> ~(Long) a[0]);
    library.define(
        "bits.shift_left(input :: INTEGER, count :: INTEGER) :: INTEGER",
        "The 64 bits of an integer moved to the left; those that leave are lost.",
        a -> {
          long count = Sizes.count("bits.shift_left", 2, a[1]);
          return count > 63 ? 0L : (Long) a[0] << count;
        });
    library.define(
        "bits.shift_right(input :: INTEGER, count :: INTEGER) :: INTEGER",
        "The 64 bits of an integer moved to the right; the sign stays.",
        a -> (Long) a[0] >> Math.min(63, Sizes.count("bits.shift_right", 2, a[1])));
    library.category(FunctionCategory.NUMERIC);
    library.define(
        "number.bitop(left :: INTEGER, operator :: STRING, right :: INTEGER) :: INTEGER",
        "An operation on bits: 'and', 'or', 'xor', 'shift_left' or 'shift_right',"
            + " also written &, |, ^, << and >>.",
        a -> {
          long left = (Long) a[0];
          long right = (Long) a[2];
          return switch ((String) a[1]) {
            case "and", "&" -> (Object) (left & right);
            case "or", "|" -> left | right;
            case "xor", "^" -> left ^ right;
            case "shift_left", "<<" ->
                Sizes.count("number.bitop", 3, a[2]) > 63 ? 0L : left << right;
            case "shift_right", ">>" -> left >> Math.min(63, Sizes.count("number.bitop", 3, a[2]));
            default ->
                throw new WeftException(
                    ErrorCode.INVALID_ARGUMENT,
                    "number.bitop() knows 'and', 'or', 'xor', 'shift_left' and 'shift_right', not '"
                        + a[1]
                        + "'");
          };
        });
  }

  private static void addBits(
      Library library, String name, String description, OfTwoIntegers function) {
    library.define(
        name + "(left :: INTEGER, right :: INTEGER) :: INTEGER",
        description,
        a -> function.call((Long) a[0], (Long) a[1]));
  }
}
