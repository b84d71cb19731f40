package org.weftdb.value.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.jvm.JdkZoneRules;

/** Zones, arithmetic and what lies between two values, against java.time. */
final class MovedInTimeTest {
  private static final long SEED = 2017_10_29;
  private static final ZoneRules RULES = new JdkZoneRules();
  private static final String[] ZONES = {
    "Europe/Stockholm",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "Africa/Casablanca"
  };

  private final Prng random = new Prng(SEED);

  private LocalDateTime randomLocal() {
    // From 1870 to 2100 there are all kinds of transitions; some are met to the second.
    long second = Math.floorMod(random.nextLong(), 7_258_118_400L) - 3_155_760_000L;
    return LocalDateTime.ofEpochSecond(second, random(2) * 123_456_789, ZoneOffset.UTC);
  }

  private int random(int bound) {
    return TemporalTextTest.random(random, bound);
  }

  /** A local time within two hours of a transition of the zone, when there is one afterwards. */
  private LocalDateTime nearTransition(ZoneId zone) {
    LocalDateTime local = randomLocal();
    var next = zone.getRules().nextTransition(local.toInstant(ZoneOffset.UTC));
    return next == null
        ? local
        : next.getDateTimeBefore().plusSeconds(random(14_400) - 7200).plusNanos(random(3));
  }

  private static DateTimeValue value(ZonedDateTime time) {
    String name = time.getZone() instanceof ZoneOffset ? null : time.getZone().getId();
    return new DateTimeValue(
        time.toEpochSecond(), time.getNano(), new Zone(name, time.getOffset().getTotalSeconds()));
  }

  private static LocalDateTimeValue value(LocalDateTime time) {
    return new LocalDateTimeValue(
        time.toLocalDate().toEpochDay(), time.toLocalTime().toNanoOfDay());
  }

  @Test
  void aLocalTimeInAZoneIsTheMomentThatJavaTakes() {
    for (int i = 0; i < 60_000; i++) {
      ZoneId zone = ZoneId.of(ZONES[random(ZONES.length)]);
      LocalDateTime local = i % 2 == 0 ? nearTransition(zone) : randomLocal();
      LocalDateTimeValue parts = value(local);
      assertEquals(
          value(ZonedDateTime.of(local, zone)),
          DateTimeValue.ofLocal(
              parts.epochDay(), parts.nanoOfDay(), Zone.named(zone.getId()), RULES),
          "seed " + SEED + ", " + local + " in " + zone);
    }
  }

  @Test
  void durationsAreAddedAsJavaAddsThem() {
    for (int i = 0; i < 40_000; i++) {
      ZoneId zone = ZoneId.of(ZONES[random(ZONES.length)]);
      ZonedDateTime start = ZonedDateTime.of(nearTransition(zone), zone);
      DurationValue duration =
          DurationValue.of(
              random(30) - 15, random(80) - 40, random(400_000) - 200_000, random(2_000_000_000));
      ZonedDateTime moved =
          start
              .plusMonths(duration.months())
              .toLocalDateTime()
              .plusDays(duration.days())
              .atZone(zone);
      if (i % 2 == 0) {
        duration = DurationValue.of(0, 0, duration.seconds(), duration.nanoseconds());
        moved = start;
      } else if (duration.months() != 0 || duration.days() != 0) {
        LocalDateTime local =
            start.toLocalDateTime().plusMonths(duration.months()).plusDays(duration.days());
        moved = ZonedDateTime.ofLocal(local, zone, start.getOffset());
      }
      moved = moved.plusSeconds(duration.seconds()).plusNanos(duration.nanoseconds());
      String where = "seed " + SEED + ", " + start + " + " + duration;
      assertEquals(value(moved), TemporalArithmetic.plus(value(start), duration, RULES), where);
      LocalDateTime local = start.toLocalDateTime();
      LocalDateTime movedLocal =
          local
              .plusMonths(duration.months())
              .plusDays(duration.days())
              .plusSeconds(duration.seconds())
              .plusNanos(duration.nanoseconds());
      assertEquals(
          value(movedLocal), TemporalArithmetic.plus(value(local), duration, RULES), where);
      LocalTime time = local.toLocalTime();
      assertEquals(
          new LocalTimeValue(
              time.plusSeconds(duration.seconds()).plusNanos(duration.nanoseconds()).toNanoOfDay()),
          TemporalArithmetic.plus(new LocalTimeValue(time.toNanoOfDay()), duration, RULES),
          where);
    }
  }

  @Test
  void betweenTwoTimesIsWhatJavaCounts() {
    for (int i = 0; i < 40_000; i++) {
      ZoneId zone = ZoneId.of(ZONES[random(ZONES.length)]);
      ZonedDateTime a = ZonedDateTime.of(nearTransition(zone), zone);
      ZonedDateTime b = ZonedDateTime.of(randomLocal(), ZoneId.of(ZONES[random(ZONES.length)]));
      String where = "seed " + SEED + ", " + a + " to " + b;
      assertEquals(
          a.until(b, ChronoUnit.MONTHS),
          DurationBetween.inMonths(value(a), value(b), RULES).months(),
          where);
      assertEquals(
          a.until(b, ChronoUnit.DAYS),
          DurationBetween.inDays(value(a), value(b), RULES).days(),
          where);
      Duration between = Duration.between(a, b);
      assertEquals(
          new DurationValue(0, 0, between.getSeconds(), between.getNano()),
          DurationBetween.inSeconds(value(a), value(b), RULES),
          where);
      LocalDateTimeValue localA = value(a.toLocalDateTime());
      LocalDateTimeValue localB = value(b.toLocalDateTime());
      DurationValue parts = DurationBetween.between(localA, localB, RULES);
      assertEquals(
          a.toLocalDateTime().until(b.toLocalDateTime(), ChronoUnit.MONTHS), parts.months(), where);
      assertEquals(localB, TemporalArithmetic.plus(localA, parts, RULES), where);
    }
  }

  @Test
  void valuesOfOneTypeAreInOneOrder() {
    for (int i = 0; i < 50_000; i++) {
      DateTimeValue a = value(ZonedDateTime.of(randomLocal(), ZoneId.of(ZONES[random(3)])));
      DateTimeValue b =
          i % 2 == 0
              ? a.at(Zone.named(ZONES[random(3)]), RULES)
              : value(ZonedDateTime.of(randomLocal(), ZoneId.of(ZONES[random(3)])));
      int order = TemporalValue.compare(a, b);
      assertEquals(Integer.signum(order), -Integer.signum(TemporalValue.compare(b, a)));
      assertEquals(a.equals(b), order == 0);
      if (a.epochSecond() != b.epochSecond()) {
        assertEquals(Long.compare(a.epochSecond(), b.epochSecond()), order);
      }
    }
  }
}
