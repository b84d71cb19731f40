package org.weftdb.value.temporal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a temporal value is truncated to: everything smaller becomes the first that there is. */
public enum TruncationUnit {
  MILLENNIUM("millennium"),
  CENTURY("century"),
  DECADE("decade"),
  YEAR("year"),
  WEEK_YEAR("weekYear"),
  QUARTER("quarter"),
  MONTH("month"),
  WEEK("week"),
  DAY("day"),
  HOUR("hour"),
  MINUTE("minute"),
  SECOND("second"),
  MILLISECOND("millisecond"),
  MICROSECOND("microsecond");

  private final String unitName;

  TruncationUnit(String unitName) {
    this.unitName = unitName;
  }

  /** The unit of a name, in any case, or null. */
  public static @Nullable TruncationUnit find(String name) {
    for (TruncationUnit unit : values()) {
      if (unit.unitName.equalsIgnoreCase(name)) {
        return unit;
      }
    }
    return null;
  }

  String unitName() {
    return unitName;
  }

  /** Whether it is a part of a day. */
  boolean isTime() {
    return ordinal() > DAY.ordinal();
  }

  long truncateDay(long epochDay) {
    Calendar date = Calendar.of(epochDay);
    return switch (this) {
      case MILLENNIUM -> firstOf(date.year, 1000);
      case CENTURY -> firstOf(date.year, 100);
      case DECADE -> firstOf(date.year, 10);
      case YEAR -> Calendar.epochDay(date.year, 1, 1);
      case WEEK_YEAR -> Calendar.firstMonday(Calendar.weekYear(epochDay));
      case QUARTER -> Calendar.epochDay(date.year, date.quarter() * 3 - 2, 1);
      case MONTH -> Calendar.epochDay(date.year, date.month, 1);
      case WEEK -> epochDay + 1 - Calendar.dayOfWeek(epochDay);
      default -> epochDay;
    };
  }

  private static long firstOf(long year, long length) {
    return Calendar.epochDay(Math.floorDiv(year, length) * length, 1, 1);
  }

  long truncateTime(long nanoOfDay) {
    long length =
        switch (this) {
          case HOUR -> 3600 * Limits.NANOS;
          case MINUTE -> 60 * Limits.NANOS;
          case SECOND -> Limits.NANOS;
          case MILLISECOND -> 1_000_000;
          case MICROSECOND -> 1000;
          default -> Limits.NANOS_OF_DAY;
        };
    return nanoOfDay - nanoOfDay % length;
  }

  /**
   * Truncates a value to this unit and then sets the fields of a map in what is left.
   *
   * @param type the type of the result
   * @param fields as in the constructors; {@code timezone} says in which zone the local time is
   */
  public TemporalValue truncate(
      TemporalType type, TemporalValue value, Map<?, ?> fields, ZoneRules rules) {
    boolean fits =
        (!type.hasDate || value.hasDate())
            && (type.hasDate || value.hasTime() && ordinal() >= DAY.ordinal())
            && (!isTime() || type.hasTime && value.hasTime());
    if (!fits) {
      throw Limits.invalid(
          type.functionName() + ".truncate() cannot truncate " + value + " to the " + unitName);
    }
    Fields set = new Fields(fields, type.functionName() + ".truncate");
    set.check(type.hasDate, type.hasTime, type.hasZone, false, false);
    long day = type.hasDate ? DateFields.resolve(set, truncateDay(value.epochDay())) : 0;
    long nano =
        type.hasTime ? TimeFields.resolveTruncated(set, truncateTime(value.nanoOfDay())) : 0;
    Zone zone = set.zone();
    if (zone == null) {
      zone = TemporalType.zoneOf(value);
    } else if (type == TemporalType.TIME && zone.name() != null) {
      throw Limits.invalid("time.truncate() needs an offset as timezone, not a named zone");
    }
    return type.value(day, nano, zone, rules);
  }
}
