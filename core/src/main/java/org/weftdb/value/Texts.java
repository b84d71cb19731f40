package org.weftdb.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/** What is done to strings in many places, and the strings of values. */
public final class Texts {
  private Texts() {}

  /**
   * Orders two strings by their code points, so that characters outside the basic plane come after
   * all others, as they do in UTF-8 and unlike {@link String#compareTo}.
   */
  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      int charA = a.charAt(i);
      int charB = b.charAt(i);
      if (charA != charB) {
        if (charA >= 0xD800 && charB >= 0xD800) {
          // Surrogates stand for code points above all that one char can hold.
          charA += charA < 0xE000 ? 0x10000 : 0;
          charB += charB < 0xE000 ? 0x10000 : 0;
        }
        return charA - charB;
      }
    }
    return a.length() - b.length();
  }

  /**
   * The text that {@code toString()} gives in Cypher: of a string, number, boolean, temporal value,
   * duration, point or vector; null for everything else.
   */
  public static @Nullable String ofValue(Object value) {
    return switch (value) {
      case String text -> text;
      case Number number -> Numbers.toText(number);
      case Boolean truth -> truth ? "true" : "false";
      case TemporalValue temporal -> temporal.toString();
      case DurationValue duration -> duration.toString();
      case Point point -> point.toString();
      case VectorValue vector -> vector.toString();
      default -> null;
    };
  }

  /** The words of a text, between single spaces. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == ' ') {
        words.add(text.substring(start, at));
        start = at + 1;
      }
    }
    return words;
  }

  /** A name with its ASCII letters in lower case: the case in which functions are looked up. */
  public static String lowerAscii(String name) {
    int same = 0;
    while (same < name.length() && (name.charAt(same) < 'A' || name.charAt(same) > 'Z')) {
      same++;
    }
    if (same == name.length()) {
      return name;
    }
    StringBuilder lower = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }

  /** A text as messages show it: when it is longer than 40 code units, its beginning. */
  public static String shortened(String text) {
    if (text.length() <= 40) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(36)) ? 36 : 37;
    return text.substring(0, end) + "...";
  }

  /**
   * A name in backticks, as a query may write it: a backtick in it is doubled, and a backslash that
   * would begin an escape is written as one.
   */
  public static String quotedName(String name) {
    StringBuilder quoted = new StringBuilder("`");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '`') {
        quoted.append("``");
      } else if (escapedUnit(name, i) >= 0) {
        quoted.append("\\u005c");
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('`').toString();
  }

  /** The UTF-16 code unit that an escape such as {@code \\u0041} stands for, or -1 for none. */
  public static int escapedUnit(String text, int at) {
    if (at + 6 > text.length() || text.charAt(at) != '\\' || text.charAt(at + 1) != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      char c = text.charAt(i);
      boolean hexadecimal = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
      if (!hexadecimal) {
        return -1;
      }
      unit = unit << 4 | Character.digit(c, 16);
    }
    return unit;
  }
}
