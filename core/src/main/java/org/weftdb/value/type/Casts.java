package org.weftdb.value.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.Numbers;
import org.weftdb.value.Point;
import org.weftdb.value.PointFromMap;
import org.weftdb.value.PointParser;
import org.weftdb.value.Texts;
import org.weftdb.value.ValueCodec;
import org.weftdb.value.ValueType;
import org.weftdb.value.VectorBuilder;
import org.weftdb.value.VectorParser;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DurationParser;
import org.weftdb.value.temporal.TemporalType;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.ZoneRules;

/**
 * Casts: {@code CAST(value AS type)}.
 *
 * <p>A value that is of the type stays as it is. Otherwise the alternatives of the type are tried
 * in their order. Nothing is lost by a cast but the precision of a number that becomes a float:
 *
 * <pre>
 * to        from
 * BOOLEAN   'true' and 'false' in any case, 0, 1
 * INTEGER   whole floats of 64 bits, text of a whole number, booleans as 0 and 1
 * FLOAT     integers, text of a number
 * STRING    booleans, numbers, temporal values, durations, points, vectors, bytes of UTF-8
 * BYTES     text, in UTF-8; lists of integers from 0 to 255
 * temporal  text; a temporal value that has all the parts of the type and no others
 * DURATION  text
 * POINT     maps of which point() makes a point, text as a cast of a point makes it
 * VECTOR    lists of numbers, text such as '[1.5, 2]', vectors; with integers as coordinates, of
 *           whole numbers only. Without a type of coordinates they are FLOAT, or INTEGER when all numbers are integers
 * LIST      lists of what can be cast, element by element; vectors as lists of their coordinates,
 *           bytes as lists of integers from 0 to 255
 * </pre>
 *
 * <p>NULL and NOTHING, nodes, relationships, paths and maps are made of nothing else.
 */
public final class Casts {
  /** What {@link #convert} answers for a value that cannot be cast. */
  private static final Object IMPOSSIBLE = new Object();

  private static final int SHOWN_CHARACTERS = 60;

  private Casts() {}

  /**
   * The value as one of the type.
   *
   * @throws WeftException {@link ErrorCode#INVALID_CAST}, naming the value and the type
   */
  public static @Nullable Object cast(
      @Nullable Object value, TypeExpression type, ZoneRules rules) {
    Object cast = convert(value, type, rules, 0);
    if (cast == IMPOSSIBLE) {
      throw new WeftException(
          ErrorCode.INVALID_CAST, "cannot cast " + described(value) + " to " + type.text());
    }
    return cast;
  }

  /** The value as one of the type, or null when it cannot be cast. */
  public static @Nullable Object tryCast(
      @Nullable Object value, TypeExpression type, ZoneRules rules) {
    Object cast = convert(value, type, rules, 0);
    return cast == IMPOSSIBLE ? null : cast;
  }

  private static @Nullable Object convert(
      @Nullable Object value, TypeExpression type, ZoneRules rules, int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    if (type.matches(value)) {
      return value;
    } else if (value == null) {
      return IMPOSSIBLE;
    }
    for (TypeExpression.Alternative alternative : type.alternatives()) {
      Object converted = convert(value, alternative, rules, depth);
      if (converted != IMPOSSIBLE) {
        return converted;
      }
    }
    return IMPOSSIBLE;
  }

  private static Object convert(
      Object value, TypeExpression.Alternative to, ZoneRules rules, int depth) {
    return switch (to.kind()) {
      case BOOLEAN -> toBoolean(value);
      case INTEGER -> toInteger(value);
      case FLOAT -> toFloat(value);
      case STRING -> toText(value);
      case DATE -> toTemporal(value, TemporalType.DATE, rules);
      case LOCAL_TIME -> toTemporal(value, TemporalType.LOCAL_TIME, rules);
      case ZONED_TIME -> toTemporal(value, TemporalType.TIME, rules);
      case LOCAL_DATETIME -> toTemporal(value, TemporalType.LOCAL_DATE_TIME, rules);
      case ZONED_DATETIME -> toTemporal(value, TemporalType.DATE_TIME, rules);
      case DURATION -> toDuration(value);
      case BYTES -> toBytes(value);
      case VECTOR -> toVector(value, to.shape());
      case LIST -> toList(value, to.element(), rules, depth + 1);
      case POINT -> toPoint(value);
      case NODE, RELATIONSHIP, MAP, PATH, PROPERTY_VALUE, ANY -> IMPOSSIBLE;
    };
  }

  private static Object toBoolean(Object value) {
    if (value instanceof Long number) {
      return number == 0 ? Boolean.FALSE : number == 1 ? Boolean.TRUE : IMPOSSIBLE;
    } else if (value instanceof String text) {
      String word = text.trim();
      return word.equalsIgnoreCase("true")
          ? Boolean.TRUE
          : word.equalsIgnoreCase("false") ? Boolean.FALSE : IMPOSSIBLE;
    }
    return IMPOSSIBLE;
  }

  private static Object toInteger(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    } else if (value instanceof Double number) {
      return whole(number);
    } else if (value instanceof String text) {
      Long whole = Numbers.tryParseLong(text);
      if (whole != null) {
        return whole;
      }
      Double number = Numbers.tryParseDouble(text);
      // Text with more digits than a float keeps would come out as another number.
      return number == null || Math.abs(number) > 0x1p53 ? IMPOSSIBLE : whole(number);
    }
    return IMPOSSIBLE;
  }

  private static Object whole(double number) {
    boolean fits = number >= -0x1p63 && number < 0x1p63;
    return fits && (double) (long) number == number ? (Object) (long) number : IMPOSSIBLE;
  }

  private static Object toFloat(Object value) {
    if (value instanceof Long number) {
      return (double) number;
    } else if (value instanceof String text) {
      Double number = Numbers.tryParseDouble(text);
      return number == null ? IMPOSSIBLE : number;
    }
    return IMPOSSIBLE;
  }

  private static Object toText(Object value) {
    if (value instanceof ByteString bytes) {
      try {
        return Utf8.decode(bytes.toByteArray());
      } catch (WeftException e) {
        return IMPOSSIBLE;
      }
    }
    String text = Texts.ofValue(value);
    return text == null ? IMPOSSIBLE : text;
  }

  private static Object toTemporal(Object value, TemporalType type, ZoneRules rules) {
    try {
      if (value instanceof String text) {
        return type.parse(text, rules);
      }
      boolean takes =
          value instanceof TemporalValue temporal
              && (temporal.hasDate() || type != TemporalType.DATE)
              && temporal.hasTime();
      return takes ? type.of((TemporalValue) value, rules) : IMPOSSIBLE;
    } catch (WeftException e) {
      return IMPOSSIBLE;
    }
  }

  private static Object toDuration(Object value) {
    try {
      return value instanceof String text ? DurationParser.parse(text) : IMPOSSIBLE;
    } catch (WeftException e) {
      return IMPOSSIBLE;
    }
  }

  private static Object toPoint(Object value) {
    try {
      Point point =
          value instanceof Map<?, ?> map
              ? PointFromMap.of(map)
              : value instanceof String text ? PointParser.tryParse(text) : null;
      return point == null ? IMPOSSIBLE : point;
    } catch (WeftException e) {
      return IMPOSSIBLE;
    }
  }

  private static Object toBytes(Object value) {
    if (value instanceof String text) {
      return ByteString.owning(Utf8.encode(text));
    } else if (!(value instanceof List<?> list)) {
      return IMPOSSIBLE;
    } else {
      byte[] bytes = new byte[list.size()];
      for (int i = 0; i < bytes.length; i++) {
        if (!(list.get(i) instanceof Long number) || number < 0 || number > 0xFF) {
          return IMPOSSIBLE;
        }
        bytes[i] = (byte) number.longValue();
      }
      return ByteString.owning(bytes);
    }
  }

  private static Object toVector(Object value, @Nullable VectorShape shape) {
    try {
      List<?> numbers =
          switch (value) {
            case VectorValue vector -> vector.coordinates();
            case List<?> list -> list;
            case String text -> VectorParser.numbers(text);
            default -> null;
          };
      if (numbers == null
          || shape == null
          || numbers.size() > VectorValue.MAX_DIMENSION
          || shape.dimension() > 0 && shape.dimension() != numbers.size()) {
        return IMPOSSIBLE;
      }
      CoordinateType type = shape.coordinates();
      if (type == null) {
        type = value instanceof VectorValue vector ? vector.coordinateType() : commonType(numbers);
      }
      VectorBuilder builder = new VectorBuilder(type, numbers.size());
      for (int i = 0; i < numbers.size() && !type.isFloat(); i++) {
        if (numbers.get(i) instanceof Double number && whole(number) == IMPOSSIBLE) {
          return IMPOSSIBLE;
        }
      }
      builder.addAll(numbers);
      return builder.build();
    } catch (WeftException e) {
      return IMPOSSIBLE;
    }
  }

  private static CoordinateType commonType(List<?> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      if (!(numbers.get(i) instanceof Long)) {
        return CoordinateType.FLOAT64;
      }
    }
    return CoordinateType.INTEGER64;
  }

  private static Object toList(
      Object value, @Nullable TypeExpression element, ZoneRules rules, int depth) {
    List<?> list =
        switch (value) {
          case List<?> given -> given;
          case VectorValue vector -> vector.coordinates();
          case ByteString bytes -> integers(bytes);
          default -> null;
        };
    if (list == null || element == null) {
      return IMPOSSIBLE;
    }
    List<@Nullable Object> cast = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      Object converted = convert(list.get(i), element, rules, depth);
      if (converted == IMPOSSIBLE) {
        return IMPOSSIBLE;
      }
      cast.add(converted);
    }
    return Collections.unmodifiableList(cast);
  }

  private static List<Long> integers(ByteString bytes) {
    List<Long> integers = new ArrayList<>(bytes.size());
    for (int i = 0; i < bytes.size(); i++) {
      integers.add((long) bytes.at(i));
    }
    return integers;
  }

  private static String described(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    ValueType type = ValueType.of(value);
    return switch (type) {
      case STRING -> "the String '" + shortened((String) value) + "'";
      case BOOLEAN, INTEGER, FLOAT -> "the " + type.displayName() + " " + toText(value);
      case ZONED_DATETIME, LOCAL_DATETIME, DATE, ZONED_TIME, LOCAL_TIME, DURATION, POINT ->
          "the " + type.displayName() + " " + value;
      default -> "a " + type.displayName();
    };
  }

  private static String shortened(String text) {
    if (text.length() <= SHOWN_CHARACTERS) {
      return text;
    }
    int end = SHOWN_CHARACTERS - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
