package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;
import org.weftdb.value.ValueCodec;

/**
 * Reads JSON (RFC 8259) strictly. A number without a point and an exponent is an integer when it
 * fits 64 bits, else a float; of equal keys the last counts.
 */
final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value of a text.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT} when it is no JSON, {@link
   *     ErrorCode#VALUE_TOO_LARGE} when it is nested too deep
   */
  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.expected("the end");
    }
    return value;
  }

  private WeftException expected(String what) {
    String found =
        at == text.length()
            ? "the end"
            : "'" + text.substring(at, at + Character.charCount(text.codePointAt(at))) + "'";
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT,
        "json.decode() expected " + what + " at character " + (at + 1) + ", not " + found);
  }

  private void skipBlanks() {
    while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char c) {
    skipBlanks();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw expected("'" + c + "'");
    }
  }

  private @Nullable Object value(int depth) {
    if (depth > ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "json.decode() of what is nested deeper than " + ValueCodec.MAX_NESTING);
    }
    skipBlanks();
    if (at == text.length()) {
      throw expected("a value");
    }
    switch (text.charAt(at)) {
      case '{' -> {
        return map(depth);
      }
      case '[' -> {
        return list(depth);
      }
      case '"' -> {
        return string();
      }
      case 't' -> {
        return word("true", true);
      }
      case 'f' -> {
        return word("false", false);
      }
      case 'n' -> {
        return word("null", null);
      }
      default -> {
        return number();
      }
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return value;
  }

  private Object map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    expect('{');
    if (!accept('}')) {
      do {
        skipBlanks();
        String key = string();
        expect(':');
        map.put(key, value(depth + 1));
      } while (accept(','));
      if (!accept('}')) {
        throw expected("',' or '}'");
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private Object list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    expect('[');
    if (!accept(']')) {
      do {
        list.add(value(depth + 1));
      } while (accept(','));
      if (!accept(']')) {
        throw expected("',' or ']'");
      }
    }
    return Collections.unmodifiableList(list);
  }

  private Object number() {
    int start = at;
    at += at < text.length() && text.charAt(at) == '-' ? 1 : 0;
    int first = at;
    digits();
    if (at > first + 1 && text.charAt(first) == '0') {
      at = first + 1;
      throw expected("no digit behind a leading 0");
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      whole = false;
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) | 32) == 'e') {
      whole = false;
      at++;
      at += at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
      digits();
    }
    String digits = text.substring(start, at);
    Long integer = whole ? Numbers.tryParseLong(digits) : null;
    if (integer != null) {
      return integer;
    }
    Double number = Numbers.tryParseDouble(digits);
    if (number == null) {
      throw expected("a number");
    }
    return number;
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw expected(
          start > 0 && "-+.eE".indexOf(text.charAt(start - 1)) >= 0 ? "a digit" : "a value");
    }
  }

  private String string() {
    if (at == text.length() || text.charAt(at) != '"') {
      throw expected("a string");
    }
    at++;
    StringBuilder string = new StringBuilder();
    while (true) {
      if (at == text.length() || text.charAt(at) < 0x20) {
        throw expected("the end of a string");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at) : ' ';
    int code = "nrtbf\"\\/".indexOf(c);
    if (code >= 0) {
      at++;
      return "\n\r\t\b\f\"\\/".charAt(code);
    }
    int unit = 0;
    boolean valid = c == 'u' && at + 4 < text.length();
    for (int i = 1; i <= 4 && valid; i++) {
      int digit = Character.digit(text.charAt(at + i), 16);
      valid = digit >= 0 && text.charAt(at + i) < 128;
      unit = unit << 4 | digit;
    }
    if (!valid) {
      throw expected("an escape");
    }
    at += 5;
    return (char) unit;
  }
}
