package org.weftdb.cypher.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueType;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TemporalFromMap;
import org.weftdb.value.temporal.TemporalParser;
import org.weftdb.value.temporal.TemporalType;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.TimeValue;
import org.weftdb.value.temporal.TruncationUnit;
import org.weftdb.value.temporal.Zone;

/**
 * The functions that make dates and times: {@code date()} and its like from nothing (the time of
 * the statement), a map, a text or another value; {@code .transaction()}, {@code .statement()} and
 * {@code .realtime()}, which read a clock; {@code .truncate()}; and date-times from an epoch.
 */
final class TemporalFunctions {
  /** Reads one of the clocks. */
  @FunctionalInterface
  private interface ClockOf {
    long millis(FunctionContext context);
  }

  private TemporalFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.TEMPORAL);
    for (TemporalType type : TemporalType.values()) {
      String name = type.functionName();
      String result = resultType(type).typeName();
      library.add(
          name + "(input = now :: ANY) :: " + result,
          "A " + result + " from a string, a map or a temporal value; without any the time now.",
          (arguments, context) -> make(type, arguments, context));
      addClock(library, type, "statement", FunctionContext::timestampMillis);
      addClock(library, type, "transaction", FunctionContext::transactionMillis);
      addClock(library, type, "realtime", FunctionContext::realtimeMillis);
      library.add(
          name + ".truncate(unit :: ANY, input = now :: ANY, fields = none :: ANY) :: " + result,
          "The beginning of a unit of time, with smaller fields set.",
          (arguments, context) -> truncate(type, arguments, context));
    }
    library.addStrict(
        "datetime.fromEpoch(seconds :: ANY, nanoseconds :: ANY) :: ZONED DATETIME",
        "The time so many seconds and nanoseconds after 1970-01-01T00:00Z.",
        (arguments, context) ->
            TemporalFromMap.make(
                TemporalType.DATE_TIME,
                Map.of(
                    "epochSeconds", Arguments.integer("datetime.fromEpoch", 1, arguments[0]),
                    "nanosecond", Arguments.integer("datetime.fromEpoch", 2, arguments[1])),
                context.zoneRules(),
                0));
    library.addUnary(
        "datetime.fromEpochMillis(milliseconds :: ANY) :: ZONED DATETIME",
        "The time so many milliseconds after 1970-01-01T00:00Z.",
        (argument, context) ->
            TemporalType.DATE_TIME.at(
                Arguments.integer("datetime.fromEpochMillis", 1, argument),
                Zone.UTC,
                context.zoneRules()));
  }

  static ValueType resultType(TemporalType type) {
    return switch (type) {
      case DATE -> ValueType.DATE;
      case LOCAL_TIME -> ValueType.LOCAL_TIME;
      case TIME -> ValueType.ZONED_TIME;
      case LOCAL_DATE_TIME -> ValueType.LOCAL_DATETIME;
      case DATE_TIME -> ValueType.ZONED_DATETIME;
    };
  }

  static TemporalType typeOf(TemporalValue value) {
    return switch (value) {
      case DateValue date -> TemporalType.DATE;
      case LocalTimeValue time -> TemporalType.LOCAL_TIME;
      case TimeValue time -> TemporalType.TIME;
      case LocalDateTimeValue dateTime -> TemporalType.LOCAL_DATE_TIME;
      case DateTimeValue dateTime -> TemporalType.DATE_TIME;
    };
  }

  private static void addClock(Library library, TemporalType type, String clock, ClockOf reader) {
    String name = type.functionName() + "." + clock;
    String signature = name + "(timezone = 'Z' :: ANY) :: " + resultType(type).typeName();
    ScalarFunction body =
        (arguments, context) -> {
          if (arguments.length == 0) {
            return type.at(reader.millis(context), Zone.UTC, context.zoneRules());
          } else if (arguments[0] == null) {
            return null;
          }
          Object argument = arguments[0];
          Object text = argument instanceof Map<?, ?> map ? map.get("timezone") : argument;
          Zone zone = TemporalParser.zone(Arguments.string(name, 1, text));
          return type.at(reader.millis(context), zone, context.zoneRules());
        };
    if (clock.equals("realtime")) {
      library.addUnsteady(signature, "The time of the call, in a time zone.", body);
    } else {
      library.add(signature, "The time at which the " + clock + " began, in a time zone.", body);
    }
  }

  private static @Nullable Object make(
      TemporalType type, @Nullable Object[] arguments, FunctionContext context) {
    if (arguments.length == 0) {
      return type.at(context.timestampMillis(), Zone.UTC, context.zoneRules());
    }
    Object argument = arguments[0];
    if (argument == null) {
      return null;
    } else if (argument instanceof String text) {
      return type.parse(text, context.zoneRules());
    } else if (argument instanceof Map<?, ?> map) {
      return TemporalFromMap.make(type, map, context.zoneRules(), context.timestampMillis());
    } else if (argument instanceof TemporalValue value) {
      return type.of(value, context.zoneRules());
    }
    throw Arguments.wrongType(
        type.functionName(), 1, argument, "a String, a Map or a temporal value");
  }

  private static @Nullable Object truncate(
      TemporalType type, @Nullable Object[] arguments, FunctionContext context) {
    for (Object argument : arguments) {
      if (argument == null) {
        return null;
      }
    }
    String name = type.functionName() + ".truncate";
    String unitName = Arguments.string(name, 1, arguments[0]);
    TruncationUnit unit = TruncationUnit.find(unitName);
    if (unit == null) {
      throw Arguments.wrongType(name, 1, unitName, "a unit such as 'month'");
    }
    Object value =
        arguments.length > 1
            ? arguments[1]
            : TemporalType.DATE_TIME.at(context.timestampMillis(), Zone.UTC, context.zoneRules());
    if (!(value instanceof TemporalValue temporal)) {
      throw Arguments.wrongType(name, 2, value, "a temporal value");
    }
    Object fields = arguments.length > 2 ? arguments[2] : Map.of();
    if (!(fields instanceof Map<?, ?> map)) {
      throw Arguments.wrongType(name, 3, fields, "a Map");
    }
    return unit.truncate(type, temporal, map, context.zoneRules());
  }
}
