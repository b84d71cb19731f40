package org.weftdb.cypher.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    library.category(FunctionCategory.DURATION);
    library.addUnary(
        "duration(input :: ANY) :: DURATION",
        "A DURATION from a string or a map.",
        (argument, context) -> make(argument));
    addBetween(
        library, "duration.between", "in months, days and seconds", DurationBetween::between);
    addBetween(library, "duration.inMonths", "in whole months", DurationBetween::inMonths);
    addBetween(library, "duration.inDays", "in whole days", DurationBetween::inDays);
    addBetween(library, "duration.inSeconds", "in seconds", DurationBetween::inSeconds);
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

  private static void addBetween(Library library, String name, String unit, Between between) {
    library.addStrict(
        name + "(from :: ANY, to :: ANY) :: DURATION",
        "What is between two temporal values, " + unit + ".",
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
