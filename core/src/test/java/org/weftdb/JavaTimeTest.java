package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.value.temporal.DateTimeValue;

final class JavaTimeTest {
  @Test
  void everyValueOfJavaComesBackAsItWas() {
    for (LocalDate date : new LocalDate[] {LocalDate.MIN, LocalDate.EPOCH, LocalDate.MAX}) {
      assertEquals(date, JavaTime.toLocalDate(JavaTime.of(date)));
    }
    for (LocalTime time : new LocalTime[] {LocalTime.MIN, LocalTime.NOON, LocalTime.MAX}) {
      assertEquals(time, JavaTime.toLocalTime(JavaTime.of(time)));
    }
    for (OffsetTime time : new OffsetTime[] {OffsetTime.MIN, OffsetTime.MAX}) {
      assertEquals(time, JavaTime.toOffsetTime(JavaTime.of(time)));
    }
    for (LocalDateTime time : new LocalDateTime[] {LocalDateTime.MIN, LocalDateTime.MAX}) {
      assertEquals(time, JavaTime.toLocalDateTime(JavaTime.of(time)));
    }
    for (OffsetDateTime time : new OffsetDateTime[] {OffsetDateTime.MIN, OffsetDateTime.MAX}) {
      assertEquals(
          time, JavaTime.toZonedDateTime(JavaTime.of(time)).toOffsetDateTime(), time.toString());
    }
    for (String text :
        new String[] {
          "2017-10-29T02:30+02:00[Europe/Stockholm]",
          "2017-10-29T02:30+01:00[Europe/Stockholm]",
          "1818-07-21T21:40:32.142+00:53:28[Europe/Berlin]"
        }) {
      ZonedDateTime time = ZonedDateTime.parse(text);
      assertEquals(time, JavaTime.toZonedDateTime(JavaTime.of(time)));
      assertEquals(text, JavaTime.of(time).toString());
    }
  }

  @Test
  void aValueGoesThroughAQuery() {
    ZonedDateTime start = ZonedDateTime.parse("2017-10-28T12:00+02:00[Europe/Stockholm]");
    try (Database database = Database.inMemory()) {
      Object next =
          database
              .execute("RETURN $t + duration('P1D') AS n", Map.of("t", JavaTime.of(start)))
              .next()
              .get("n");
      assertEquals(start.plusDays(1), JavaTime.toZonedDateTime((DateTimeValue) next));
    }
  }
}
