package org.weftdb;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TimeValue;
import org.weftdb.value.temporal.Zone;

/**
 * Temporal values of Cypher as those of {@code java.time} and back; both have the same range and
 * precision. A duration of Cypher has months, days and seconds, for which {@code java.time} has no
 * one class: take the parts of {@link org.weftdb.value.temporal.DurationValue}.
 */
public final class JavaTime {
  private JavaTime() {}

  public static LocalDate toLocalDate(DateValue value) {
    return LocalDate.ofEpochDay(value.epochDay());
  }

  public static LocalTime toLocalTime(LocalTimeValue value) {
    return LocalTime.ofNanoOfDay(value.nanoOfDay());
  }

  public static OffsetTime toOffsetTime(TimeValue value) {
    return OffsetTime.of(
        LocalTime.ofNanoOfDay(value.nanoOfDay()), ZoneOffset.ofTotalSeconds(value.offsetSeconds()));
  }

  public static LocalDateTime toLocalDateTime(LocalDateTimeValue value) {
    return LocalDateTime.of(
        LocalDate.ofEpochDay(value.epochDay()), LocalTime.ofNanoOfDay(value.nanoOfDay()));
  }

  /**
   * The same local time at the same offset; in a named zone for which this JDK has other rules, the
   * same moment at the offset of these.
   *
   * @throws java.time.DateTimeException when this JDK does not know the zone
   */
  public static ZonedDateTime toZonedDateTime(DateTimeValue value) {
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(value.zone().offsetSeconds());
    LocalDateTime local =
        LocalDateTime.of(
            LocalDate.ofEpochDay(value.epochDay()), LocalTime.ofNanoOfDay(value.nanoOfDay()));
    String name = value.zone().name();
    return ZonedDateTime.ofInstant(local, offset, name == null ? offset : ZoneId.of(name));
  }

  public static DateValue of(LocalDate value) {
    return new DateValue(value.toEpochDay());
  }

  public static LocalTimeValue of(LocalTime value) {
    return new LocalTimeValue(value.toNanoOfDay());
  }

  public static TimeValue of(OffsetTime value) {
    return new TimeValue(value.toLocalTime().toNanoOfDay(), value.getOffset().getTotalSeconds());
  }

  public static LocalDateTimeValue of(LocalDateTime value) {
    return new LocalDateTimeValue(
        value.toLocalDate().toEpochDay(), value.toLocalTime().toNanoOfDay());
  }

  public static DateTimeValue of(OffsetDateTime value) {
    return of(value.toZonedDateTime());
  }

  public static DateTimeValue of(ZonedDateTime value) {
    String name = value.getZone() instanceof ZoneOffset ? null : value.getZone().getId();
    return new DateTimeValue(
        value.toEpochSecond(),
        value.getNano(),
        new Zone(name, value.getOffset().getTotalSeconds()));
  }
}
