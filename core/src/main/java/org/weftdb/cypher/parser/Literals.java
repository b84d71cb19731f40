package org.weftdb.cypher.parser;

import org.weftdb.cypher.ast.SourceText;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;
import org.weftdb.value.Texts;

/** The values of literals, from their text. */
final class Literals {
  private Literals() {}

  /**
   * Decimal, {@code 0x} hexadecimal or {@code 0o} octal, perhaps with underscores; the sign stands
   * before the literal.
   */
  static long integer(SourceText source, int start, int end, boolean negative) {
    String text = source.text();
    int radix = 10;
    int from = start;
    char second = end - start > 2 ? text.charAt(start + 1) : '0';
    if (text.charAt(start) == '0' && !isDigit(second) && second != '_') {
      radix = second == 'o' ? 8 : 16;
      from = start + 2;
    }
    long value = 0;
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long limitBeforeDigit = limit / radix;
    for (int i = from; i < end; i++) {
      if (text.charAt(i) == '_') {
        continue;
      }
      int digit = digit(text.charAt(i));
      if (value < limitBeforeDigit || value * radix < limit + digit) {
        throw source.error(
            ErrorCode.INTEGER_LITERAL_OVERFLOW,
            "Integer too large, expected -9223372036854775808 to 9223372036854775807",
            start);
      }
      value = value * radix - digit;
    }
    return negative ? value : -value;
  }

  static double floatingPoint(SourceText source, int start, int end) {
    String digits = source.text().substring(start, end).replace("_", "");
    Double value = Numbers.tryParseDecimal(digits, 0, digits.length());
    if (value == null) {
      throw new IllegalStateException("the lexer took this for a decimal: " + start + " to " + end);
    }
    if (Double.isInfinite(value)) {
      throw source.error(
          ErrorCode.FLOAT_LITERAL_OVERFLOW,
          "Float too large, expected at most 1.7976931348623157E308",
          start);
    }
    return value;
  }

  /** The value of a string literal; the span includes its quotes. */
  static String string(SourceText source, int start, int end) {
    String text = source.text();
    int at = start + 1;
    while (at < end - 1 && text.charAt(at) != '\\') {
      at++;
    }
    if (at == end - 1) {
      return text.substring(start + 1, end - 1);
    }
    StringBuilder value = new StringBuilder(end - start);
    value.append(text, start + 1, at);
    while (at < end - 1) {
      char c = text.charAt(at);
      if (c != '\\') {
        value.append(c);
        at++;
      } else {
        at = escaped(source, at, end - 1, value);
      }
    }
    return value.toString();
  }

  /** A name, in backticks or not, without its escapes. */
  static String name(String text, int start, int end) {
    boolean quoted = text.charAt(start) == '`';
    int from = quoted ? start + 1 : start;
    int to = quoted ? end - 1 : end;
    StringBuilder name = null;
    int copied = from;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int unit = c == '\\' && i + 6 <= to ? Texts.escapedUnit(text, i) : -1;
      if (unit >= 0 || c == '`') {
        name = name == null ? new StringBuilder(to - from) : name;
        name.append(text, copied, i).append(unit >= 0 ? (char) unit : c);
        i += unit >= 0 ? 5 : 1;
        copied = i + 1;
      }
    }
    return name == null ? text.substring(from, to) : name.append(text, copied, to).toString();
  }

  private static int escaped(SourceText source, int at, int end, StringBuilder value) {
    char kind = source.text().charAt(at + 1);
    switch (kind) {
      case '\\', '\'', '"', '`', '/' -> value.append(kind);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> {
        value.append((char) hex(source, at, 4, end));
        return at + 6;
      }
      case 'U' -> {
        int codePoint = hex(source, at, 8, end);
        if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
          throw badUnicode(source, at, 8);
        }
        value.appendCodePoint(codePoint);
        return at + 10;
      }
      default ->
          throw source.error(
              ErrorCode.UNEXPECTED_SYNTAX,
              "Unknown escape in a string, expected \\\\, \\', \\\", \\b, \\f, \\n"
                  + ", \\r"
                  + ", \\t, \\uXXXX or \\UXXXXXXXX",
              at);
    }
    return at + 2;
  }

  private static int hex(SourceText source, int at, int count, int end) {
    int value = 0;
    for (int i = at + 2; i < at + 2 + count; i++) {
      int digit = i < end ? digit(source.text().charAt(i)) : -1;
      if (digit < 0) {
        throw badUnicode(source, at, count);
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static WeftException badUnicode(SourceText source, int at, int count) {
    return source.error(
        ErrorCode.INVALID_UNICODE_LITERAL,
        "Not a Unicode escape, expected " + count + " hexadecimal digits of a code point",
        at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int digit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }
}
