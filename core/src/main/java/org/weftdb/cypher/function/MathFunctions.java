package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
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
    library.addUnary("abs", CypherType.NUMBER, CypherType.NUMBER, (x, context) -> abs(x));
    library.addUnary("sign", CypherType.NUMBER, CypherType.INTEGER, (x, context) -> sign(x));
    library.addUnary(
        "isNaN",
        CypherType.NUMBER,
        CypherType.BOOLEAN,
        (x, context) -> Double.isNaN(Arguments.number("isNaN", 1, x)));
    library.addStrict(
        "round",
        FunctionSignature.scalar(
            1, 3, CypherType.FLOAT, CypherType.NUMBER, CypherType.INTEGER, CypherType.STRING),
        (arguments, context) -> round(arguments));
    library.addFloat("ceil", Math::ceil);
    library.addFloat("floor", Math::floor);
    library.addFloat("sqrt", Math::sqrt);
    library.addFloat("exp", Math::exp);
    library.addFloat("log", Math::log);
    library.addFloat("log10", MathFunctions::log10);
    library.addFloat("sin", Math::sin);
    library.addFloat("cos", Math::cos);
    library.addFloat("tan", Math::tan);
    library.addFloat("cot", x -> 1 / Math.tan(x));
    library.addFloat("asin", Math::asin);
    library.addFloat("acos", Math::acos);
    library.addFloat("atan", Math::atan);
    library.addFloat("degrees", x -> x * DEGREES_PER_RADIAN);
    library.addFloat("radians", x -> x * RADIANS_PER_DEGREE);
    library.addFloat("haversin", x -> (1 - Math.cos(x)) / 2);
    library.addStrict(
        "atan2",
        FunctionSignature.scalar(2, 2, CypherType.FLOAT, CypherType.NUMBER, CypherType.NUMBER),
        (arguments, context) ->
            Math.atan2(
                Arguments.number("atan2", 1, arguments[0]),
                Arguments.number("atan2", 2, arguments[1])));
    library.addNullary("pi", CypherType.FLOAT, true, (arguments, context) -> Math.PI);
    library.addNullary("e", CypherType.FLOAT, true, (arguments, context) -> Math.E);
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
