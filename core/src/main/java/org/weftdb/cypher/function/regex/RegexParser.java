package org.weftdb.cypher.function.regex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.regex.RegexNode.At;
import org.weftdb.cypher.function.regex.RegexNode.Choice;
import org.weftdb.cypher.function.regex.RegexNode.Group;
import org.weftdb.cypher.function.regex.RegexNode.Literal;
import org.weftdb.cypher.function.regex.RegexNode.OneOf;
import org.weftdb.cypher.function.regex.RegexNode.Place;
import org.weftdb.cypher.function.regex.RegexNode.Repeat;
import org.weftdb.cypher.function.regex.RegexNode.Sequence;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** Reads a pattern; one use. */
final class RegexParser {
  private static final int IGNORE_CASE = 1;
  private static final int DOT_ALL = 1 << 1;
  private static final int MULTI_LINE = 1 << 2;
  private static final int UNIX_LINES = 1 << 3;
  private static final int UNICODE_CASE = 1 << 4;
  private static final int COMMENTS = 1 << 5;

  /** Groups and classes in each other; deeper ones could exhaust the stack. */
  private static final int MAX_NESTING = 200;

  private final String pattern;
  private int at;
  private int flags;
  private int nesting;
  private int groups;

  RegexParser(String pattern) {
    this.pattern = pattern;
  }

  RegexNode parse() {
    RegexNode node = choice();
    if (at < pattern.length()) {
      throw error("a ')' without its '('");
    }
    return node;
  }

  /** How many groups that capture were read. */
  int groups() {
    return groups;
  }

  private RegexNode choice() {
    List<RegexNode> options = new ArrayList<>();
    options.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    return options.size() == 1 ? options.get(0) : new Choice(options);
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    for (skipComments(); at < pattern.length(); skipComments()) {
      char c = pattern.charAt(at);
      if (c == '|' || c == ')') {
        break;
      }
      if (pattern.startsWith("\\Q", at)) {
        quoted(parts);
      } else {
        RegexNode atom = atom();
        parts.add(atom);
      }
      skipComments();
      if (!parts.isEmpty()) {
        parts.add(quantified(parts.remove(parts.size() - 1)));
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
  }

  /** With the flag x, blanks and comments mean nothing. */
  private void skipComments() {
    if ((flags & COMMENTS) == 0) {
      return;
    }
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (CharSet.SPACE.contains(c)) {
        at++;
      } else if (c == '#') {
        while (at < pattern.length() && !isLineTerminator(pattern.charAt(at))) {
          at++;
        }
      } else {
        return;
      }
    }
  }

  private boolean isLineTerminator(char c) {
    return (flags & UNIX_LINES) != 0 ? c == '\n' : isAnyLineTerminator(c);
  }

  private static boolean isAnyLineTerminator(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private void quoted(List<RegexNode> parts) {
    int end = pattern.indexOf("\\E", at + 2);
    int stop = end < 0 ? pattern.length() : end;
    for (int i = at + 2; i < stop; ) {
      int c = pattern.codePointAt(i);
      parts.add(literal(c));
      i += Character.charCount(c);
    }
    at = end < 0 ? stop : end + 2;
  }

  private RegexNode quantified(RegexNode body) {
    if (at >= pattern.length()) {
      return body;
    }
    int minimum;
    int maximum;
    switch (pattern.charAt(at)) {
      case '*' -> {
        minimum = 0;
        maximum = Repeat.UNLIMITED;
        at++;
      }
      case '+' -> {
        minimum = 1;
        maximum = Repeat.UNLIMITED;
        at++;
      }
      case '?' -> {
        minimum = 0;
        maximum = 1;
        at++;
      }
      case '{' -> {
        at++;
        minimum = count();
        maximum = minimum;
        if (at < pattern.length() && pattern.charAt(at) == ',') {
          at++;
          maximum = at < pattern.length() && pattern.charAt(at) == '}' ? Repeat.UNLIMITED : count();
        }
        expect('}');
        if (maximum != Repeat.UNLIMITED && maximum < minimum) {
          throw error("a quantifier whose maximum is less than its minimum");
        }
      }
      default -> {
        return body;
      }
    }
    boolean lazy = false;
    if (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '?') {
        lazy = true;
        at++;
      } else if (c == '+') {
        throw notSupported("possessive quantifiers are");
      } else if (c == '*' || c == '{') {
        throw error("a quantifier behind a quantifier");
      }
    }
    return new Repeat(body, minimum, maximum, lazy);
  }

  private int count() {
    int start = at;
    long value = 0;
    while (at < pattern.length() && CharSet.DIGIT.contains(pattern.charAt(at))) {
      value = Math.min(value * 10 + (pattern.charAt(at) - '0'), Integer.MAX_VALUE);
      at++;
    }
    if (at == start) {
      throw error("'{' without a number behind it");
    }
    return (int) value;
  }

  private RegexNode atom() {
    int c = nextCodePoint();
    switch (c) {
      case '(':
        return group();
      case '[':
        return new OneOf(characterClass());
      case '.':
        return new OneOf(dot());
      case '^':
        return new At(
            (flags & MULTI_LINE) == 0
                ? Place.START
                : unix() ? Place.LINE_START_UNIX : Place.LINE_START);
      case '$':
        return new At(
            (flags & MULTI_LINE) == 0
                ? unix() ? Place.LAST_LINE_END_UNIX : Place.LAST_LINE_END
                : unix() ? Place.LINE_END_UNIX : Place.LINE_END);
      case '\\':
        return escape();
      case '*', '+', '?', '{':
        at--;
        throw error("a quantifier with nothing before it");
      default:
        return literal(c);
    }
  }

  private boolean unix() {
    return (flags & UNIX_LINES) != 0;
  }

  private CharSet dot() {
    if ((flags & DOT_ALL) != 0) {
      return c -> true;
    }
    return unix() ? c -> c != '\n' : c -> !isAnyLineTerminator(c);
  }

  private RegexNode literal(int c) {
    if ((flags & IGNORE_CASE) == 0) {
      return new Literal(c);
    }
    return new OneOf(folded(CharSet.single(c)));
  }

  private CharSet folded(CharSet set) {
    return (flags & IGNORE_CASE) == 0 ? set : set.ignoringCase((flags & UNICODE_CASE) != 0);
  }

  private RegexNode group() {
    int flagsOutside = flags;
    enter();
    boolean captures = true;
    if (at < pattern.length() && pattern.charAt(at) == '?') {
      at++;
      char kind = peek();
      captures = kind == '<';
      if (kind == ':') {
        at++;
      } else if (kind == '<' && isLetterAt(at + 1)) {
        groupName();
      } else if (kind == '=' || kind == '!' || kind == '<') {
        throw notSupported("looking ahead and behind is");
      } else if (kind == '>') {
        throw notSupported("atomic groups are");
      } else if (changeFlags()) {
        // Up to the end of the group around; nothing to match here.
        nesting--;
        return new Sequence(List.of());
      }
    }
    int number = captures ? ++groups : 0;
    RegexNode body = choice();
    expect(')');
    nesting--;
    flags = flagsOutside;
    return captures ? new Group(body, number) : body;
  }

  private boolean isLetterAt(int index) {
    return index < pattern.length() && CharSet.ALPHA.contains(pattern.charAt(index));
  }

  private void groupName() {
    at++;
    while (at < pattern.length() && CharSet.ALPHA.or(CharSet.DIGIT).contains(pattern.charAt(at))) {
      at++;
    }
    expect('>');
  }

  /** Reads {@code i-s)} or {@code i-s:}; true for the first. */
  private boolean changeFlags() {
    boolean on = true;
    while (true) {
      char c = peek();
      at++;
      if (c == ')') {
        return true;
      } else if (c == ':') {
        return false;
      } else if (c == '-' && on) {
        on = false;
      } else {
        int flag =
            switch (c) {
              case 'i' -> IGNORE_CASE;
              case 's' -> DOT_ALL;
              case 'm' -> MULTI_LINE;
              case 'd' -> UNIX_LINES;
              case 'u' -> UNICODE_CASE;
              case 'x' -> COMMENTS;
              case 'U' -> throw notSupported("the flag U is");
              default -> throw error("an unknown flag '" + c + "'");
            };
        flags = on ? flags | flag : flags & ~flag;
      }
    }
  }

  private void enter() {
    if (++nesting > MAX_NESTING) {
      throw error("nesting deeper than " + MAX_NESTING);
    }
  }

  // ---- Escapes --------------------------------------------------------------------------------

  private RegexNode escape() {
    char c = peek();
    Place place =
        switch (c) {
          case 'A' -> Place.START;
          case 'G' -> Place.SEARCH_START;
          case 'z' -> Place.END;
          case 'Z' -> unix() ? Place.LAST_LINE_END_UNIX : Place.LAST_LINE_END;
          case 'b' -> Place.WORD_BOUNDARY;
          case 'B' -> Place.NO_WORD_BOUNDARY;
          default -> null;
        };
    if (place != null) {
      at++;
      return new At(place);
    }
    if (c == 'R') {
      at++;
      return new Choice(
          List.of(
              new Sequence(List.of(new Literal('\r'), new Literal('\n'))),
              new OneOf(CharSet.VERTICAL_SPACE)));
    }
    if (c == 'k' || (c >= '1' && c <= '9')) {
      throw notSupported("references to groups are");
    }
    if (c == 'X' || c == 'N') {
      throw notSupported("\\" + c + " is");
    }
    CharSet set = setEscape();
    return set != null ? new OneOf(set) : literal(characterEscape());
  }

  /** Behind a backslash: the set of an escape such as {@code d}, or null when it is none. */
  private @Nullable CharSet setEscape() {
    char c = peek();
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
      at++;
    } else if (c == 'p' || c == 'P') {
      at++;
      set = property();
      return c == 'P' ? set.not() : set;
    }
    return set;
  }

  private CharSet property() {
    String name;
    if (peek() == '{') {
      int end = pattern.indexOf('}', at);
      if (end < 0) {
        throw error("'{' without its '}'");
      }
      name = pattern.substring(at + 1, end);
      at = end + 1;
    } else {
      name = pattern.substring(at, at + 1);
      at++;
    }
    CharSet set = CharSet.named(name);
    if (set == null) {
      throw notSupported("the property '" + name + "' is");
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
    if (letterCase && (flags & IGNORE_CASE) != 0) {
      CharSet anyCase = CharSet.named("LC");
      return name.equals("Lower") || name.equals("Upper") || anyCase == null
          ? CharSet.ALPHA
          : anyCase;
    }
    return set;
  }

  /** Behind a backslash: the code point that the escape stands for. */
  private int characterEscape() {
    int c = nextCodePoint();
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
      case 'c' -> nextCodePoint() ^ 64;
      default -> {
        if (CharSet.ALPHA.or(CharSet.DIGIT).contains(c)) {
          throw error("the unknown escape '\\" + (char) c + "'");
        }
        yield c;
      }
    };
  }

  private int octal() {
    int value = 0;
    int digits = 0;
    while (digits < 3 && at < pattern.length()) {
      int digit = pattern.charAt(at) - '0';
      if (digit < 0 || digit > 7 || value * 8 + digit > 255) {
        break;
      }
      value = value * 8 + digit;
      digits++;
      at++;
    }
    if (digits == 0) {
      throw error("'\\0' without octal digits");
    }
    return value;
  }

  private int hexadecimal() {
    if (at < pattern.length() && pattern.charAt(at) == '{') {
      int end = pattern.indexOf('}', at);
      if (end < 0 || end - at - 1 < 1 || end - at - 1 > 8) {
        throw error("'\\x{' without a code point");
      }
      at++;
      int value = hexDigits(end - at);
      at++;
      if (value < 0 || value > Character.MAX_CODE_POINT) {
        throw error("a code point above 10FFFF");
      }
      return value;
    }
    return hexDigits(2);
  }

  private int unicode() {
    int unit = hexDigits(4);
    if (Character.isHighSurrogate((char) unit) && pattern.startsWith("\\u", at)) {
      int before = at;
      at += 2;
      int low = hexDigits(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) unit, (char) low);
      }
      at = before;
    }
    return unit;
  }

  private int hexDigits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = peek();
      int digit;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        digit = (c | 0x20) - 'a' + 10;
      } else {
        throw error("a hexadecimal digit is missing");
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  // ---- Classes --------------------------------------------------------------------------------

  /** Behind the opening bracket; reads the closing one. */
  private CharSet characterClass() {
    enter();
    boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
    if (negated) {
      at++;
    }
    List<CharSet> factors = new ArrayList<>();
    List<CharSet> union = new ArrayList<>();
    boolean first = true;
    while (true) {
      skipComments();
      char c = peek();
      if (c == ']' && !first) {
        at++;
        break;
      }
      first = false;
      if (pattern.startsWith("&&", at)) {
        at += 2;
        if (!union.isEmpty()) {
          factors.add(CharSet.anyOf(union));
          union = new ArrayList<>();
        }
      } else {
        union.add(classElement());
      }
    }
    nesting--;
    if (!union.isEmpty()) {
      factors.add(CharSet.anyOf(union));
    }
    if (factors.isEmpty()) {
      throw error("an empty class");
    }
    CharSet result = CharSet.allOf(factors);
    return negated ? result.not() : result;
  }

  private CharSet classElement() {
    char c = peek();
    if (c == '[') {
      at++;
      return characterClass();
    }
    if (pattern.startsWith("\\Q", at)) {
      return quotedInClass();
    }
    int from;
    if (c == '\\') {
      at++;
      CharSet set = setEscape();
      if (set != null) {
        return set;
      }
      from = characterEscape();
    } else {
      from = nextCodePoint();
    }
    skipComments();
    if (at + 1 < pattern.length() && pattern.charAt(at) == '-') {
      char behind = pattern.charAt(at + 1);
      if (behind != ']' && behind != '[') {
        at++;
        int to = rangeEnd();
        if (to < from) {
          throw error("a range whose end is before its start");
        }
        return folded(CharSet.range(from, to));
      }
    }
    return folded(CharSet.single(from));
  }

  private int rangeEnd() {
    skipComments();
    if (peek() == '\\') {
      at++;
      return characterEscape();
    }
    return nextCodePoint();
  }

  private CharSet quotedInClass() {
    int end = pattern.indexOf("\\E", at + 2);
    if (end < 0) {
      throw error("a class without its ']'");
    }
    List<CharSet> characters = new ArrayList<>();
    for (int i = at + 2; i < end; ) {
      int c = pattern.codePointAt(i);
      characters.add(folded(CharSet.single(c)));
      i += Character.charCount(c);
    }
    at = end + 2;
    return CharSet.anyOf(characters);
  }

  // ---- Characters and errors ------------------------------------------------------------------

  private char peek() {
    if (at >= pattern.length()) {
      throw error("an unexpected end");
    }
    return pattern.charAt(at);
  }

  private int nextCodePoint() {
    peek();
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void expect(char c) {
    if (at >= pattern.length() || pattern.charAt(at) != c) {
      throw error("a '" + c + "' is missing");
    }
    at++;
  }

  private WeftException notSupported(String what) {
    return error(what + " not supported");
  }

  private WeftException error(String problem) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT_VALUE,
        "the regular expression '"
            + Texts.shortened(pattern)
            + "' is not valid at position "
            + at
            + ": "
            + problem);
  }
}
