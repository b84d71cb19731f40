package org.weftdb.cypher.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignature;
import org.weftdb.value.temporal.DurationBetween;
import org.weftdb.value.temporal.DurationFromMap;
import org.weftdb.value.temporal.DurationParser;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.ZoneRules;

/** {@code duration()} and the durations between two temporal values. */
final class DurationFunctions {
  /** One of the ways to count what is between two values. */
  @FunctionalInterface
  private interface Between {
    DurationValue of(TemporalValue from, TemporalValue to, ZoneRules rules);
  }

  private DurationFunctions() {}

  static void addTo(Library library) {
    library.addUnary(
        "duration", CypherType.ANY, CypherType.DURATION, (argument, context) -> make(argument));
    addBetween(library, "duration.between", DurationBetween::between);
    addBetween(library, "duration.inMonths", DurationBetween::inMonths);
    addBetween(library, "duration.inDays", DurationBetween::inDays);
    addBetween(library, "duration.inSeconds", DurationBetween::inSeconds);
  }

  private static @Nullable Object make(Object argument) {
    if (argument instanceof String text) {
      return DurationParser.parse(text);
    } else if (argument instanceof Map<?, ?> map) {
      return DurationFromMap.make(map);
    } else if (argument instanceof DurationValue) {
      return argument;
    }
    throw Arguments.wrongType("duration", 1, argument, "a String or a Map");
  }

  private static void addBetween(Library library, String name, Between between) {
    library.addStrict(
        name,
        FunctionSignature.scalar(2, 2, CypherType.DURATION),
        (arguments, context) ->
            between.of(
                temporal(name, 1, arguments[0]),
                temporal(name, 2, arguments[1]),
                context.zoneRules()));
  }

  private static TemporalValue temporal(String name, int position, @Nullable Object argument) {
    if (argument instanceof TemporalValue value) {
      return value;
    }
    throw Arguments.wrongType(name, position, argument, "a temporal value");
  }
}
