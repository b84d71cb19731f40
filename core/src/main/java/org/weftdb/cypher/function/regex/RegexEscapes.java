package org.weftdb.cypher.function.regex;

import org.jspecify.annotations.Nullable;

/** Reads escapes, from behind the backslash on: those that mean sets and those of one character. */
final class RegexEscapes {
  private final RegexReader in;

  RegexEscapes(RegexReader in) {
    this.in = in;
  }

  /** The set of an escape such as {@code d}, or null when it is none. */
  @Nullable CharSet set() {
    char c = in.peek();
    CharSet set =
        switch (c) {
          case 'd' -> CharSet.DIGIT;
          case 'D' -> CharSet.DIGIT.not();
          case 'w' -> CharSet.WORD;
          case 'W' -> CharSet.WORD.not();
          case 's' -> CharSet.SPACE;
          case 'S' -> CharSet.SPACE.not();
          case 'h' -> CharSet.HORIZONTAL_SPACE;
          case 'H' -> CharSet.HORIZONTAL_SPACE.not();
          case 'v' -> CharSet.VERTICAL_SPACE;
          case 'V' -> CharSet.VERTICAL_SPACE.not();
          default -> null;
        };
    if (set != null) {
      in.skip(1);
    } else if (c == 'p' || c == 'P') {
      in.skip(1);
      set = property();
      return c == 'P' ? set.not() : set;
    }
    return set;
  }

  private CharSet property() {
    String name = String.valueOf(in.peek());
    in.skip(1);
    if (name.equals("{")) {
      name = in.upTo("}");
      if (name == null) {
        throw in.error("'{' without its '}'");
      }
    }
    CharSet set = CharSet.named(name);
    if (set == null) {
      throw in.notSupported("the property '" + name + "' is");
    }
    boolean letterCase =
        switch (name) {
          case "Lower",
              "Upper",
              "Lu",
              "Ll",
              "Lt",
              "IsLu",
              "IsLl",
              "IsLt",
              "javaLowerCase",
              "javaUpperCase",
              "javaTitleCase",
              "IsLowercase",
              "IsUppercase",
              "IsTitlecase" ->
              true;
          default -> false;
        };
    if (letterCase && in.has(RegexReader.IGNORE_CASE)) {
      CharSet anyCase = CharSet.named("LC");
      return name.equals("Lower") || name.equals("Upper") || anyCase == null
          ? CharSet.ALPHA
          : anyCase;
    }
    return set;
  }

  /** The code point that the escape stands for. */
  int codePoint() {
    int c = in.nextCodePoint();
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> 0x07;
      case 'e' -> 0x1B;
      case '0' -> octal();
      case 'x' -> hexadecimal();
      case 'u' -> unicode();
      case 'c' -> in.nextCodePoint() ^ 64;
      default -> {
        if (CharSet.ALPHA.or(CharSet.DIGIT).contains(c)) {
          throw in.error("the unknown escape '\\" + (char) c + "'");
        }
        yield c;
      }
    };
  }

  private int octal() {
    int value = 0;
    int digits = 0;
    while (digits < 3 && !in.atEnd()) {
      int digit = in.peek() - '0';
      if (digit < 0 || digit > 7 || value * 8 + digit > 255) {
        break;
      }
      value = value * 8 + digit;
      digits++;
      in.skip(1);
    }
    if (digits == 0) {
      throw in.error("'\\0' without octal digits");
    }
    return value;
  }

  private int hexadecimal() {
    if (in.accept('{')) {
      String digits = in.upTo("}");
      if (digits == null || digits.isEmpty() || digits.length() > 8) {
        throw in.error("'\\x{' without a code point");
      }
      int value = 0;
      for (int i = 0; i < digits.length(); i++) {
        value = value << 4 | hexDigit(digits.charAt(i));
      }
      if (value < 0 || value > Character.MAX_CODE_POINT) {
        throw in.error("a code point above 10FFFF");
      }
      return value;
    }
    return hexDigits(2);
  }

  /** Two escapes of surrogates in a row are one code point. */
  private int unicode() {
    int unit = hexDigits(4);
    if (Character.isHighSurrogate((char) unit) && in.startsWith("\\u")) {
      in.skip(2);
      int low = hexDigits(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) unit, (char) low);
      }
      in.skip(-6);
    }
    return unit;
  }

  private int hexDigits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 4 | hexDigit(in.peek());
      in.skip(1);
    }
    return value;
  }

  private int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      return (c | 0x20) - 'a' + 10;
    }
    throw in.error("a hexadecimal digit is missing");
  }
}
