package org.weftdb.value.temporal;

import org.jspecify.annotations.Nullable;

/**
 * A date, a time or both, with or without a zone.
 *
 * <p>{@code equals} is what Cypher's {@code =} asks: the same in every part, the zone included.
 * {@code toString} is the canonical ISO 8601 form, which the constructor of the type reads back.
 * Values of one type are ordered in time; see {@link #compare}.
 */
public sealed interface TemporalValue
    permits DateValue, LocalTimeValue, TimeValue, LocalDateTimeValue, DateTimeValue {
  /** Whether there is a date in it. */
  boolean hasDate();

  /** Whether there is a time in it. */
  boolean hasTime();

  /** The local date as days since 1970-01-01; 0 when there is none. */
  long epochDay();

  /** The local time as nanoseconds since midnight; 0 when there is none. */
  long nanoOfDay();

  /** The zone, or null when there is none. */
  @Nullable Zone zone();

  /**
   * Orders two values of the same type: those with a zone by the moment, then by the offset, then
   * by the zone's name, where an offset alone comes first.
   *
   * @throws ClassCastException when they are of different types
   */
  static int compare(TemporalValue a, TemporalValue b) {
    return switch (a) {
      case DateValue date -> Long.compare(date.epochDay(), ((DateValue) b).epochDay());
      case LocalTimeValue time -> Long.compare(time.nanoOfDay(), ((LocalTimeValue) b).nanoOfDay());
      case TimeValue time -> time.compareTo((TimeValue) b);
      case LocalDateTimeValue dateTime -> dateTime.compareTo((LocalDateTimeValue) b);
      case DateTimeValue dateTime -> dateTime.compareTo((DateTimeValue) b);
    };
  }
}
