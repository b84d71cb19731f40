package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.value.temporal.TemporalFromMap;
import org.weftdb.value.temporal.TemporalParser;
import org.weftdb.value.temporal.TemporalType;
import org.weftdb.value.temporal.TemporalValue;
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
    for (TemporalType type : TemporalType.values()) {
      String name = type.functionName();
      library.add(
          name,
          FunctionSignature.scalar(0, 1, CypherType.TEMPORAL),
          (arguments, context) -> make(type, arguments, context));
      addClock(library, type, "statement", true, FunctionContext::timestampMillis);
      addClock(library, type, "transaction", true, FunctionContext::transactionMillis);
      addClock(library, type, "realtime", false, FunctionContext::realtimeMillis);
      library.add(
          name + ".truncate",
          FunctionSignature.scalar(1, 3, CypherType.TEMPORAL),
          (arguments, context) -> truncate(type, arguments, context));
    }
    library.addStrict(
        "datetime.fromEpoch",
        FunctionSignature.scalar(2, 2, CypherType.TEMPORAL),
        (arguments, context) ->
            TemporalFromMap.make(
                TemporalType.DATE_TIME,
                Map.of(
                    "epochSeconds", Arguments.integer("datetime.fromEpoch", 1, arguments[0]),
                    "nanosecond", Arguments.integer("datetime.fromEpoch", 2, arguments[1])),
                context.zoneRules(),
                0));
    library.addUnary(
        "datetime.fromEpochMillis",
        CypherType.ANY,
        CypherType.TEMPORAL,
        (argument, context) ->
            TemporalType.DATE_TIME.at(
                Arguments.integer("datetime.fromEpochMillis", 1, argument),
                Zone.UTC,
                context.zoneRules()));
  }

  private static void addClock(
      Library library, TemporalType type, String clock, boolean deterministic, ClockOf reader) {
    String name = type.functionName() + "." + clock;
    library.add(
        name,
        new FunctionSignature(0, 1, false, deterministic, List.of(), CypherType.TEMPORAL),
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
        });
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
