package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/** The types of values with a date or a time. */
public enum TemporalType {
  DATE("date", true, false, false),
  LOCAL_TIME("localtime", false, true, false),
  TIME("time", false, true, true),
  LOCAL_DATE_TIME("localdatetime", true, true, false),
  DATE_TIME("datetime", true, true, true);

  private final String functionName;
  final boolean hasDate;
  final boolean hasTime;
  final boolean hasZone;

  TemporalType(String functionName, boolean hasDate, boolean hasTime, boolean hasZone) {
    this.functionName = functionName;
    this.hasDate = hasDate;
    this.hasTime = hasTime;
    this.hasZone = hasZone;
  }

  /** The function that makes values of the type. */
  public String functionName() {
    return functionName;
  }

  /** A value from its parts; those that the type does not have are ignored. */
  TemporalValue value(long epochDay, long nanoOfDay, Zone zone, ZoneRules rules) {
    return switch (this) {
      case DATE -> new DateValue(epochDay);
      case LOCAL_TIME -> new LocalTimeValue(nanoOfDay);
      case TIME -> new TimeValue(nanoOfDay, zone.offsetSeconds());
      case LOCAL_DATE_TIME -> new LocalDateTimeValue(epochDay, nanoOfDay);
      case DATE_TIME -> DateTimeValue.ofLocal(epochDay, nanoOfDay, zone, rules);
    };
  }

  /** What a value of this type takes from another one; the zone is UTC when that has none. */
  public TemporalValue of(TemporalValue other, ZoneRules rules) {
    requireParts(other);
    Zone zone = zoneOf(other);
    return other instanceof DateTimeValue && this == DATE_TIME
        ? other
        : value(other.epochDay(), other.nanoOfDay(), zone, rules);
  }

  /** Fails when the other value has neither the date nor the time that this type needs. */
  private void requireParts(TemporalValue other) {
    if (hasDate && !other.hasDate()) {
      throw Limits.invalid(functionName + "() of a value without a date: " + other);
    }
    if (!hasDate && !other.hasTime()) {
      throw Limits.invalid(functionName + "() of a value without a time: " + other);
    }
  }

  static Zone zoneOf(@Nullable TemporalValue value) {
    Zone zone = value == null ? null : value.zone();
    return zone == null ? Zone.UTC : zone;
  }

  /** The value that a text stands for; in UTC when it names no zone. */
  public TemporalValue parse(String text, ZoneRules rules) {
    return switch (this) {
      case DATE -> TemporalParser.date(text);
      case LOCAL_TIME -> TemporalParser.localTime(text);
      case TIME -> TemporalParser.time(text);
      case LOCAL_DATE_TIME -> TemporalParser.localDateTime(text);
      case DATE_TIME -> TemporalParser.dateTime(text, Zone.UTC, rules);
    };
  }

  /** A moment as it is in a zone. */
  public TemporalValue at(long epochMillis, Zone zone, ZoneRules rules) {
    DateTimeValue moment =
        DateTimeValue.ofInstant(
            Math.floorDiv(epochMillis, 1000L),
            (int) Math.floorMod(epochMillis, 1000L) * 1_000_000,
            zone,
            rules);
    return of(moment, rules);
  }
}
