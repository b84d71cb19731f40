package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.TemporalComponents;
import org.weftdb.value.temporal.TemporalFromMap;
import org.weftdb.value.temporal.TemporalType;
import org.weftdb.value.temporal.TemporalValue;

/**
 * A pattern for temporal values, with the letters of Java's DateTimeFormatter that follow, and
 * English names.
 *
 * <pre>
 * y u   year; yy its last two digits      H  hour 0 to 23      S  so many digits of a second
 * Q     quarter                           h  hour 1 to 12      n  nanosecond
 * M L   month; MMM Jan, MMMM January      a  AM or PM          X  Z, +01; XX +0100; XXX +01:00
 * d D   day of the month, of the year     m  minute            x  the same without Z
 * w Y   week, week-based year             s  second            VV the zone's name
 * E     Mon; EEEE Monday                  '' a quote; text in quotes is itself
 * </pre>
 */
final class TemporalPattern {
  private static final String LETTERS = "yuQMLdDwYEHhamsSnXxV";
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  /** A letter with its number of repetitions, or text when the letter is a quote. */
  private record Part(char letter, int count, String text) {}

  private final String function;
  private final List<Part> parts = new ArrayList<>();

  private TemporalPattern(String function, String pattern) {
    this.function = function;
    for (int at = 0; at < pattern.length(); ) {
      char c = pattern.charAt(at);
      int end = at + 1;
      if (c == '\'') {
        end = quoted(pattern, at);
      } else if ((c | 32) >= 'a' && (c | 32) <= 'z') {
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        if (LETTERS.indexOf(c) < 0 || end - at > 9) {
          throw invalid("the pattern's '" + pattern.substring(at, end) + "' stands for nothing");
        }
        parts.add(new Part(c, end - at, ""));
      } else {
        parts.add(new Part('\'', 0, pattern.substring(at, end)));
      }
      at = end;
    }
  }

  static TemporalPattern of(String function, Object pattern) {
    return new TemporalPattern(function, (String) pattern);
  }

  private WeftException invalid(String what) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT, function + "(): " + what);
  }

  private int quoted(String pattern, int start) {
    StringBuilder text = new StringBuilder();
    int at = start + 1;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c != '\'') {
        text.append(c);
      } else if (at < pattern.length() && pattern.charAt(at) == '\'') {
        text.append(c);
        at++;
      } else {
        parts.add(new Part('\'', 0, at == start + 2 ? "'" : text.toString()));
        return at;
      }
    }
    throw invalid("the pattern has a quote without an end");
  }

  String format(TemporalValue value) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      switch (part.letter()) {
        case '\'' -> out.append(part.text());
        case 'M', 'L' -> name(out, part, MONTHS, number(value, "month"));
        case 'E' ->
            name(
                out,
                new Part('E', Math.max(3, part.count()), ""),
                DAYS,
                number(value, "dayOfWeek"));
        case 'a' -> out.append(number(value, "hour") < 12 ? "AM" : "PM");
        case 'h' -> pad(out, (number(value, "hour") + 11) % 12 + 1, part.count());
        case 'S' -> {
          StringBuilder digits = new StringBuilder();
          pad(digits, number(value, "nanosecond"), 9);
          out.append(digits, 0, part.count());
        }
        case 'X', 'x' -> offset(out, part, number(value, "offsetSeconds"));
        case 'V' -> out.append(TemporalComponents.of(value, "timezone"));
        case 'y', 'u', 'Y' -> {
          long year = number(value, field(part.letter()));
          pad(out, part.count() == 2 ? Math.floorMod(year, 100L) : year, part.count());
        }
        default -> pad(out, number(value, field(part.letter())), part.count());
      }
    }
    return out.toString();
  }

  private static long number(TemporalValue value, String field) {
    return (Long) TemporalComponents.of(value, field);
  }

  private static String field(char letter) {
    return switch (letter) {
      case 'y', 'u' -> "year";
      case 'Y' -> "weekYear";
      case 'Q' -> "quarter";
      case 'M', 'L' -> "month";
      case 'd' -> "day";
      case 'D' -> "ordinalDay";
      case 'w' -> "week";
      case 'E' -> "dayOfWeek";
      case 'H', 'h' -> "hour";
      case 'm' -> "minute";
      case 's' -> "second";
      case 'S', 'n' -> "nanosecond";
      default -> "timezone";
    };
  }

  private static void pad(StringBuilder out, long number, int digits) {
    String text = Long.toString(number < 0 ? -number : number);
    out.append(number < 0 ? "-" : "");
    for (int i = text.length(); i < digits; i++) {
      out.append('0');
    }
    out.append(text);
  }

  private static void name(StringBuilder out, Part part, String[] names, long number) {
    if (part.count() < 3) {
      pad(out, number, part.count());
    } else {
      String name = names[(int) number - 1];
      out.append(part.count() == 3 ? name.substring(0, 3) : name);
    }
  }

  private static void offset(StringBuilder out, Part part, long seconds) {
    if (seconds == 0 && part.letter() == 'X') {
      out.append('Z');
      return;
    }
    long minutes = Math.abs(seconds) / 60;
    out.append(seconds < 0 ? '-' : '+');
    pad(out, minutes / 60, 2);
    if (part.count() > 1 || minutes % 60 != 0) {
      out.append(part.count() == 3 ? ":" : "");
      pad(out, minutes % 60, 2);
    }
  }

  /** The type of what the pattern has. */
  TemporalType naturalType() {
    boolean date = false;
    boolean time = false;
    boolean zone = false;
    for (Part part : parts) {
      date |= "yuQMLdDwYE".indexOf(part.letter()) >= 0;
      time |= "HhamsSn".indexOf(part.letter()) >= 0;
      zone |= "XxV".indexOf(part.letter()) >= 0;
    }
    if (date) {
      return !time
          ? TemporalType.DATE
          : zone ? TemporalType.DATE_TIME : TemporalType.LOCAL_DATE_TIME;
    }
    return zone ? TemporalType.TIME : TemporalType.LOCAL_TIME;
  }

  /** The value of a text that is written by the pattern. */
  TemporalValue parse(String text, TemporalType type, FunctionContext context) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    int at = 0;
    Boolean afternoon = null;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int end;
      switch (part.letter()) {
        case '\'' -> end = text.startsWith(part.text(), at) ? at + part.text().length() : -1;
        case 'a' -> {
          String half = LetterCase.upperAscii(text.substring(at, Math.min(text.length(), at + 2)));
          afternoon = half.equals("PM");
          end = afternoon || half.equals("AM") ? at + 2 : -1;
        }
        case 'X', 'x', 'V' -> {
          end = zoneEnd(text, at, part.letter());
          fields.put("timezone", text.substring(at, Math.max(at, end)));
        }
        default -> end = number(text, at, part, isNumeric(i + 1), fields);
      }
      if (end < 0) {
        throw invalid("'" + text + "' does not have the pattern's form at character " + (at + 1));
      }
      at = end;
    }
    if (at < text.length()) {
      throw invalid("'" + text + "' goes on behind the pattern at character " + (at + 1));
    }
    if (afternoon != null && fields.get("hour") instanceof Long hour) {
      fields.put("hour", hour % 12 + (afternoon ? 12 : 0));
    }
    TemporalValue value =
        TemporalFromMap.make(type, fields, context.zoneRules(), context.timestampMillis());
    if (value == null) {
      throw invalid("the pattern has no field for the type");
    }
    return value;
  }

  private boolean isNumeric(int index) {
    return index < parts.size()
        && "'aXxVE".indexOf(parts.get(index).letter()) < 0
        && parts.get(index).count() < 3;
  }

  private static int zoneEnd(String text, int at, char letter) {
    int end = at;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean inside = c >= '0' && c <= '9' || "+-:".indexOf(c) >= 0 || Character.isLetter(c);
      if (!inside && (letter != 'V' || "/_".indexOf(c) < 0)) {
        break;
      }
      end++;
    }
    return end == at ? -1 : end;
  }

  /** Reads a number or a name into its field and gives the place behind it, or -1. */
  private static int number(
      String text, int at, Part part, boolean fixed, Map<String, @Nullable Object> fields) {
    boolean month = part.letter() == 'M' || part.letter() == 'L';
    if (part.letter() == 'E' || (month && part.count() > 2)) {
      return named(text, at, part, month ? MONTHS : DAYS, fields);
    }
    int end = at;
    int most = fixed || part.letter() == 'S' || part.count() == 2 ? part.count() : 9;
    while (end < text.length()
        && end - at < most
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '9') {
      end++;
    }
    if (end == at || (part.letter() == 'S' && end - at < most)) {
      return -1;
    }
    long number = Long.parseLong(text.substring(at, end));
    if (part.letter() == 'S') {
      for (int i = end - at; i < 9; i++) {
        number *= 10;
      }
    } else if (part.count() == 2 && (part.letter() == 'y' || part.letter() == 'u')) {
      number += 2000;
    }
    String field = field(part.letter());
    fields.put(field.equals("weekYear") ? "year" : field, number);
    return end;
  }

  private static int named(
      String text, int at, Part part, String[] names, Map<String, @Nullable Object> fields) {
    for (int i = 0; i < names.length; i++) {
      String name = part.count() > 3 ? names[i] : names[i].substring(0, 3);
      String there = text.substring(at, Math.min(text.length(), at + name.length()));
      if (LetterCase.upperAscii(there).equals(LetterCase.upperAscii(name))) {
        // The name of a day says nothing that a date does not say.
        if (names == MONTHS) {
          fields.put("month", i + 1L);
        }
        return at + name.length();
      }
    }
    return -1;
  }
}
