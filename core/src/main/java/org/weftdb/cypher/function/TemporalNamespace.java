package org.weftdb.cypher.function;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalArithmetic;
import org.weftdb.value.temporal.TemporalComponents;
import org.weftdb.value.temporal.TemporalParser;
import org.weftdb.value.temporal.TemporalType;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.TruncationUnit;
import org.weftdb.value.temporal.Zone;

/** The functions of the namespace {@code temporal}, and {@code format}. */
final class TemporalNamespace {
  private static final String TEMPORAL =
      "DATE | LOCAL TIME | ZONED TIME | LOCAL DATETIME | ZONED DATETIME";

  private static final List<String> DATE_FIELDS =
      List.of("year", "quarter", "month", "week", "day", "dayOfWeek", "ordinalDay");
  private static final List<String> TIME_FIELDS = List.of("hour", "minute", "second", "nanosecond");

  private TemporalNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.TEMPORAL);
    addNow(library);
    addText(library);
    addFields(library);
    addArithmetic(library);
    library.category(FunctionCategory.DURATION);
    library.alias("temporal.between", "duration.between");
    library.alias("temporal.in_days", "duration.inDays");
  }

  private static void addNow(Library library) {
    library.add(
        "temporal.now() :: ZONED DATETIME",
        "The date and time of the statement, in UTC.",
        (a, context) ->
            TemporalType.DATE_TIME.at(context.timestampMillis(), Zone.UTC, context.zoneRules()));
    library.add(
        "temporal.today() :: DATE",
        "The date of the statement, in UTC.",
        (a, context) ->
            TemporalType.DATE.at(context.timestampMillis(), Zone.UTC, context.zoneRules()));
    library.alias("temporal.timestamp", "timestamp");
    library.define(
        "temporal.timezone(input :: ZONED DATETIME | ZONED TIME) :: STRING",
        "The time zone of a value.",
        a -> TemporalComponents.of((TemporalValue) a[0], "timezone"));
    library.defineInContext(
        "temporal.convert(input :: ZONED DATETIME | LOCAL DATETIME, timezone :: STRING)"
            + " :: ZONED DATETIME",
        "The same moment in a time zone; a local time is taken as one of UTC.",
        (a, context) -> {
          Zone zone = TemporalParser.zone((String) a[1]);
          TemporalValue value = (TemporalValue) a[0];
          DateTimeValue moment =
              value instanceof DateTimeValue zoned
                  ? zoned
                  : DateTimeValue.ofLocal(
                      value.epochDay(), value.nanoOfDay(), Zone.UTC, context.zoneRules());
          return DateTimeValue.ofInstant(
              moment.epochSecond(), moment.nanosecond(), zone, context.zoneRules());
        });
  }

  private static void addText(Library library) {
    library.define(
        "format(input :: " + TEMPORAL + " | DURATION, pattern = ISO 8601 :: STRING) :: STRING",
        "A temporal value by a pattern of Java's DateTimeFormatter, with English names; a duration"
            + " takes no pattern.",
        a ->
            a.length == 1
                ? a[0].toString()
                : TemporalPattern.of("format", a[1]).format(temporal("format", a[0])));
    library.alias("temporal.format", "format");
    library.defineInContext(
        "temporal.parse(text :: STRING, type = 'ZONED DATETIME' :: STRING,"
            + " pattern = ISO 8601 :: STRING) :: "
            + TEMPORAL,
        "The value of a type, such as 'DATE', in a text, of ISO 8601 or by a pattern.",
        (a, context) -> {
          TemporalType type = type(a.length > 1 ? (String) a[1] : "ZONED DATETIME");
          return a.length < 3
              ? type.parse((String) a[0], context.zoneRules())
              : TemporalPattern.of("temporal.parse", a[2]).parse((String) a[0], type, context);
        });
    library.defineInContext(
        "temporal.reformat(text :: STRING, from :: STRING, to :: STRING) :: STRING",
        "A date, a time or both in a text of one pattern, by another pattern.",
        (a, context) -> {
          TemporalPattern from = TemporalPattern.of("temporal.reformat", a[1]);
          TemporalPattern to = TemporalPattern.of("temporal.reformat", a[2]);
          return to.format(from.parse((String) a[0], from.naturalType(), context));
        });
  }

  private static TemporalType type(String name) {
    String upper = LetterCase.upperAscii(name);
    for (TemporalType type : TemporalType.values()) {
      String display = TemporalFunctions.resultType(type).typeName();
      if (display.equals(upper)) {
        return type;
      }
    }
    throw Arguments.wrongType("temporal.parse", 2, name, "a temporal type such as 'DATE'");
  }

  private static TemporalValue temporal(String function, @Nullable Object value) {
    if (value instanceof TemporalValue temporal) {
      return temporal;
    }
    throw Arguments.wrongType(function, 1, value, "a temporal value");
  }

  private static void addFields(Library library) {
    library.define(
        "temporal.get(input :: " + TEMPORAL + " | DURATION, field :: STRING) :: INTEGER | STRING",
        "A component of a value, as input.field.",
        a ->
            a[0] instanceof DurationValue duration
                ? TemporalComponents.of(duration, (String) a[1])
                : TemporalComponents.of((TemporalValue) a[0], (String) a[1]));
    library.define(
        "temporal.fields(input :: " + TEMPORAL + ") :: MAP",
        "The components of a value.",
        a -> {
          TemporalValue value = (TemporalValue) a[0];
          Map<String, @Nullable Object> fields = new LinkedHashMap<>();
          for (String name : value.hasDate() ? DATE_FIELDS : List.<String>of()) {
            fields.put(name, TemporalComponents.of(value, name));
          }
          for (String name : value.hasTime() ? TIME_FIELDS : List.<String>of()) {
            fields.put(name, TemporalComponents.of(value, name));
          }
          if (value.zone() != null) {
            fields.put("timezone", TemporalComponents.of(value, "timezone"));
          }
          return Collections.unmodifiableMap(fields);
        });
  }

  private static void addArithmetic(Library library) {
    library.defineInContext(
        "temporal.add(input :: " + TEMPORAL + ", duration :: DURATION) :: " + TEMPORAL,
        "A temporal value and a duration, as +.",
        (a, context) ->
            TemporalArithmetic.plus(
                (TemporalValue) a[0], (DurationValue) a[1], context.zoneRules()));
    library.defineInContext(
        "temporal.truncate(input :: " + TEMPORAL + ", unit :: STRING) :: " + TEMPORAL,
        "The beginning of a unit of time such as 'month', as a value of the same type.",
        (a, context) -> {
          TruncationUnit unit = TruncationUnit.find((String) a[1]);
          if (unit == null) {
            throw Arguments.wrongType("temporal.truncate", 2, a[1], "a unit such as 'month'");
          }
          TemporalValue value = (TemporalValue) a[0];
          return unit.truncate(
              TemporalFunctions.typeOf(value), value, Map.of(), context.zoneRules());
        });
  }
}
