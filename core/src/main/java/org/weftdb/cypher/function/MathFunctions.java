package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.Numbers;

/**
 * Mathematical functions.
 *
 * <p>{@code exp}, {@code log} and the trigonometric functions, and {@code ^}, are those of the
 * platform, which may differ from each other in the last bit; everything else is exactly the same
 * everywhere. {@code log10} is computed from the platform's natural logarithm and is exact for
 * powers of ten.
 */
final class MathFunctions {
  private static final double LOG10_E = 4.34294481903251816668e-01;
  private static final double LOG10_2_HIGH = 3.01029995663611771306e-01;
  private static final double LOG10_2_LOW = 3.69423907715893078616e-13;
  private static final double DEGREES_PER_RADIAN = 57.29577951308232;
  private static final double RADIANS_PER_DEGREE = 0.017453292519943295;

  /** No float has a digit that far behind its point. */
  private static final int MAX_PLACES = 1100;

  private MathFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.NUMERIC);
    library.addUnary(
        "abs(input :: INTEGER | FLOAT) :: INTEGER | FLOAT",
        "The absolute value.",
        (x, context) -> abs(x));
    library.addUnary(
        "sign(input :: INTEGER | FLOAT) :: INTEGER",
        "-1 of a negative number, 1 of a positive one, else 0.",
        (x, context) -> sign(x));
    library.addUnary(
        "isNaN(input :: INTEGER | FLOAT) :: BOOLEAN",
        "Whether a float is not a number.",
        (x, context) -> Double.isNaN(Arguments.number("isNaN", 1, x)));
    library.addStrict(
        "round(value :: INTEGER | FLOAT, precision = 0 :: INTEGER, mode = 'HALF_UP' :: STRING)"
            + " :: FLOAT",
        "The nearest number with so many places behind the point; the mode decides on halves.",
        (arguments, context) -> round(arguments));
    library.addFloat("ceil", "The smallest whole number that is not below a number.", Math::ceil);
    library.addFloat("floor", "The greatest whole number that is not above a number.", Math::floor);
    library.category(FunctionCategory.LOGARITHMIC);
    library.addFloat("sqrt", "The square root.", Math::sqrt);
    library.addFloat("exp", "e to the power of a number.", Math::exp);
    library.addFloat("log", "The natural logarithm.", Math::log);
    library.addFloat("log10", "The logarithm to the base 10.", MathFunctions::log10);
    library.add(
        "e() :: FLOAT", "The base of the natural logarithm.", (arguments, context) -> Math.E);
    library.category(FunctionCategory.TRIGONOMETRIC);
    library.addFloat("sin", "The sine of an angle in radians.", Math::sin);
    library.addFloat("cos", "The cosine of an angle in radians.", Math::cos);
    library.addFloat("tan", "The tangent of an angle in radians.", Math::tan);
    library.addFloat("cot", "The cotangent of an angle in radians.", x -> 1 / Math.tan(x));
    library.addFloat("asin", "The arcsine, in radians.", Math::asin);
    library.addFloat("acos", "The arccosine, in radians.", Math::acos);
    library.addFloat("atan", "The arctangent, in radians.", Math::atan);
    library.addFloat("sinh", "The hyperbolic sine.", Hyperbolic::sinh);
    library.addFloat("cosh", "The hyperbolic cosine.", Hyperbolic::cosh);
    library.addFloat("tanh", "The hyperbolic tangent.", Hyperbolic::tanh);
    library.addFloat(
        "coth",
        "The hyperbolic cotangent; NaN at 0.",
        x -> x == 0 ? Double.NaN : 1 / Hyperbolic.tanh(x));
    library.addFloat("degrees", "An angle in radians as degrees.", x -> x * DEGREES_PER_RADIAN);
    library.addFloat("radians", "An angle in degrees as radians.", x -> x * RADIANS_PER_DEGREE);
    library.addFloat(
        "haversin", "Half the versed sine of an angle in radians.", x -> (1 - Math.cos(x)) / 2);
    library.addStrict(
        "atan2(y :: INTEGER | FLOAT, x :: INTEGER | FLOAT) :: FLOAT",
        "The angle of the point (x, y), in radians.",
        (arguments, context) ->
            Math.atan2(
                Arguments.number("atan2", 1, arguments[0]),
                Arguments.number("atan2", 2, arguments[1])));
    library.add(
        "pi() :: FLOAT",
        "The ratio of a circle's circumference to its diameter.",
        (arguments, context) -> Math.PI);
  }

  private static Object abs(Object value) {
    if (value instanceof Long number) {
      return number < 0 ? Arithmetic.negate(number.longValue()) : number;
    }
    return Math.abs(Arguments.number("abs", 1, value));
  }

  private static Object sign(Object value) {
    double number = Arguments.number("sign", 1, value);
    return number > 0 ? 1L : number < 0 ? -1L : 0L;
  }

  /**
   * By the formula of fdlibm: the exponent's part with the logarithm of 2 in two pieces, so that
   * powers of ten come out whole.
   */
  static double log10(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      return Math.log(value);
    }
    // A subnormal number is first made a normal one.
    boolean subnormal = value < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? value * 0x1p54 : value);
    int exponent = (int) (bits >>> 52) - 1023 - (subnormal ? 54 : 0);
    // Below 1 the other part is taken from 0.5 to 1, so that both parts have the same sign.
    int raised = exponent < 0 ? exponent + 1 : exponent;
    long fractionExponent = exponent < 0 ? 1022 : 1023;
    double fraction = Double.longBitsToDouble(bits & 0x000FFFFFFFFFFFFFL | fractionExponent << 52);
    return raised * LOG10_2_LOW + LOG10_E * Math.log(fraction) + raised * LOG10_2_HIGH;
  }

  private static Object round(@Nullable Object[] arguments) {
    double value = Arguments.number("round", 1, arguments[0]);
    long places = arguments.length > 1 ? Arguments.integer("round", 2, arguments[1]) : 0;
    if (places < 0) {
      throw new WeftException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          "round() needs 0 or more places as argument 2, not " + places);
    }
    if (arguments.length > 2) {
      String mode = Arguments.string("round", 3, arguments[2]);
      return Numbers.round(value, (int) Math.min(places, MAX_PLACES), rounding(mode));
    }
    return places == 0
        ? Numbers.round(value)
        : Numbers.round(value, (int) Math.min(places, MAX_PLACES), Numbers.Rounding.HALF_UP);
  }

  private static Numbers.Rounding rounding(String mode) {
    String name = LetterCase.upperAscii(mode);
    for (Numbers.Rounding rounding : Numbers.Rounding.values()) {
      if (rounding.name().equals(name)) {
        return rounding;
      }
    }
    throw new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        "round() knows the modes UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN, not '"
            + mode
            + "'");
  }
}
