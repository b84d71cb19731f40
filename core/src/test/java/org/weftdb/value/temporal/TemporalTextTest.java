package org.weftdb.value.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Texts are printed as java.time prints them, and read back. */
final class TemporalTextTest {
  private static final long SEED = 1818;
  private static final String ALPHABET = "0123456789+-:.,TWQZPYMDHS[]/Eu";

  static long randomNano(Prng random) {
    long nano = Math.floorMod(random.nextLong(), Limits.NANOS_OF_DAY);
    long unit = new long[] {1, 1000, 1_000_000, Limits.NANOS, 60 * Limits.NANOS}[random(random, 5)];
    return nano - nano % unit;
  }

  static int random(Prng random, int bound) {
    return (int) Math.floorMod(random.nextLong(), (long) bound);
  }

  static int randomOffset(Prng random) {
    int minutes = random(random, 2 * 18 * 60 + 1) - 18 * 60;
    return random(random, 10) == 0 ? random(random, 64_800) : minutes * 60;
  }

  @Test
  void partsArePrintedAsJavaPrintsThem() {
    Prng random = new Prng(SEED);
    for (int i = 0; i < 60_000; i++) {
      long day = CalendarTest.randomDay(random);
      long nano = randomNano(random);
      int offset = randomOffset(random);
      LocalDate date = LocalDate.ofEpochDay(day);
      LocalTime time = LocalTime.ofNanoOfDay(nano);
      assertEquals(date.toString(), new DateValue(day).toString());
      assertEquals(time.toString(), new LocalTimeValue(nano).toString());
      assertEquals(date.atTime(time).toString(), new LocalDateTimeValue(day, nano).toString());
      assertEquals(
          OffsetTime.of(time, ZoneOffset.ofTotalSeconds(offset)).toString(),
          new TimeValue(nano, offset).toString());
    }
  }

  @Test
  void everyTextIsReadBack() {
    Prng random = new Prng(SEED + 1);
    for (int i = 0; i < 40_000; i++) {
      long day = CalendarTest.randomDay(random);
      long nano = randomNano(random);
      int offset = randomOffset(random);
      DateValue date = new DateValue(day);
      LocalTimeValue localTime = new LocalTimeValue(nano);
      TimeValue time = new TimeValue(nano, offset);
      LocalDateTimeValue local = new LocalDateTimeValue(day, nano);
      DateTimeValue moment =
          DateTimeValue.ofLocal(day, nano, Zone.ofOffset(offset), ZoneRules.NONE);
      assertEquals(date, TemporalParser.date(date.toString()));
      assertEquals(localTime, TemporalParser.localTime(localTime.toString()));
      assertEquals(time, TemporalParser.time(time.toString()));
      assertEquals(local, TemporalParser.localDateTime(local.toString()));
      assertEquals(moment, TemporalParser.canonicalDateTime(moment.toString()));
      assertEquals(moment, TemporalParser.dateTime(moment.toString(), Zone.UTC, ZoneRules.NONE));
    }
  }

  @Test
  void aTextThatIsNoneIsAnErrorOfTheArgument() {
    for (String text :
        new String[] {
          "",
          "2015-",
          "2015-13-01",
          "2015-02-29",
          "15-02-01",
          "2015-W54",
          "2015-366",
          "2015W301x",
          "2015-7-1",
          "+2015W30",
          "99999",
          "1000000000-01-01",
          "2015-Q5",
          "2015-Q2-92",
          "2015-Wx"
        }) {
      assertRefused(text, () -> TemporalParser.date(text));
    }
    for (String text :
        new String[] {"", "24:00", "12:60", "1", "12:3", "12:30:61", "12:30:10.", "Z"}) {
      assertRefused(text, () -> TemporalParser.localTime(text));
    }
    for (String text :
        new String[] {"12:00+19", "12:00+18:01", "12:00+1", "12:00[Europe/Berlin]"}) {
      assertRefused(text, () -> TemporalParser.time(text));
    }
    for (String text : new String[] {"", "+", "Europe Berlin", "+25:00", "[x]", "é"}) {
      assertRefused(text, () -> TemporalParser.zone(text));
    }
  }

  @Test
  void noTextMakesTheParsersFailInAnotherWay() {
    Prng random = new Prng(SEED + 2);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "" : i % 4 == 1 ? "2015" : "P");
      for (int length = random(random, 12); length > 0; length--) {
        text.append(ALPHABET.charAt(random(random, ALPHABET.length())));
      }
      tryAll(text.toString());
    }
  }

  private static void tryAll(String text) {
    ZoneRules utc = (zone, epochSecond) -> 0;
    Runnable[] readers = {
      () -> TemporalParser.date(text),
      () -> TemporalParser.localTime(text),
      () -> TemporalParser.time(text),
      () -> TemporalParser.localDateTime(text),
      () -> TemporalParser.dateTime(text, Zone.UTC, utc),
      () -> TemporalParser.zone(text),
      () -> DurationParser.parse(text)
    };
    for (Runnable reader : readers) {
      try {
        reader.run();
      } catch (WeftException refused) {
        boolean known =
            refused.code() == ErrorCode.INVALID_ARGUMENT_VALUE
                || refused.code() == ErrorCode.INTEGER_OVERFLOW;
        assertEquals(true, known, text);
      }
    }
  }

  private static void assertRefused(String text, Runnable reader) {
    WeftException refused = assertThrows(WeftException.class, reader::run, text);
    assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, refused.code());
  }
}
