package org.weftdb.cypher.function.regex;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.function.regex.RegexNode.At;
import org.weftdb.cypher.function.regex.RegexNode.Choice;
import org.weftdb.cypher.function.regex.RegexNode.Group;
import org.weftdb.cypher.function.regex.RegexNode.Literal;
import org.weftdb.cypher.function.regex.RegexNode.OneOf;
import org.weftdb.cypher.function.regex.RegexNode.Place;
import org.weftdb.cypher.function.regex.RegexNode.Repeat;
import org.weftdb.cypher.function.regex.RegexNode.Sequence;

/** Reads a pattern; one use. */
final class RegexParser {
  private final RegexReader in;
  private final RegexEscapes escapes;
  private final RegexClasses classes;
  private int groups;

  RegexParser(String pattern) {
    in = new RegexReader(pattern);
    escapes = new RegexEscapes(in);
    classes = new RegexClasses(in, escapes);
  }

  RegexNode parse() {
    RegexNode node = choice();
    if (!in.atEnd()) {
      throw in.error("a ')' without its '('");
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
    while (in.accept('|')) {
      options.add(sequence());
    }
    return options.size() == 1 ? options.get(0) : new Choice(options);
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    for (in.skipComments(); !in.atEnd() && !in.is('|') && !in.is(')'); in.skipComments()) {
      if (in.startsWith("\\Q")) {
        quoted(parts);
      } else {
        parts.add(atom());
      }
      in.skipComments();
      if (!parts.isEmpty()) {
        parts.add(quantified(parts.remove(parts.size() - 1)));
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
  }

  private void quoted(List<RegexNode> parts) {
    in.skip(2);
    String quoted = in.upTo("\\E");
    String text = quoted == null ? in.rest() : quoted;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      parts.add(literal(c));
      i += Character.charCount(c);
    }
  }

  private RegexNode quantified(RegexNode body) {
    int minimum = 0;
    int maximum = Repeat.UNLIMITED;
    if (in.accept('+')) {
      minimum = 1;
    } else if (in.accept('?')) {
      maximum = 1;
    } else if (in.accept('{')) {
      minimum = count();
      maximum = minimum;
      if (in.accept(',')) {
        maximum = in.is('}') ? Repeat.UNLIMITED : count();
      }
      in.expect('}');
      if (maximum != Repeat.UNLIMITED && maximum < minimum) {
        throw in.error("a quantifier whose maximum is less than its minimum");
      }
    } else if (!in.accept('*')) {
      return body;
    }
    boolean lazy = in.accept('?');
    if (!lazy && in.is('+')) {
      throw in.notSupported("possessive quantifiers are");
    } else if (!lazy && (in.is('*') || in.is('{'))) {
      throw in.error("a quantifier behind a quantifier");
    }
    return new Repeat(body, minimum, maximum, lazy);
  }

  private int count() {
    if (!in.isIn(CharSet.DIGIT)) {
      throw in.error("'{' without a number behind it");
    }
    long value = 0;
    while (in.isIn(CharSet.DIGIT)) {
      value = Math.min(value * 10 + (in.peek() - '0'), Integer.MAX_VALUE);
      in.skip(1);
    }
    return (int) value;
  }

  private RegexNode atom() {
    int c = in.nextCodePoint();
    switch (c) {
      case '(':
        return group();
      case '[':
        return new OneOf(classes.parse());
      case '.':
        return new OneOf(dot());
      case '^':
        return new At(
            !in.has(RegexReader.MULTI_LINE)
                ? Place.START
                : unix() ? Place.LINE_START_UNIX : Place.LINE_START);
      case '$':
        return new At(
            !in.has(RegexReader.MULTI_LINE)
                ? unix() ? Place.LAST_LINE_END_UNIX : Place.LAST_LINE_END
                : unix() ? Place.LINE_END_UNIX : Place.LINE_END);
      case '\\':
        return escape();
      case '*', '+', '?', '{':
        in.skip(-1);
        throw in.error("a quantifier with nothing before it");
      default:
        return literal(c);
    }
  }

  private boolean unix() {
    return in.has(RegexReader.UNIX_LINES);
  }

  private CharSet dot() {
    if (in.has(RegexReader.DOT_ALL)) {
      return c -> true;
    }
    return unix() ? c -> c != '\n' : c -> !RegexReader.isAnyLineTerminator(c);
  }

  private RegexNode literal(int c) {
    return in.has(RegexReader.IGNORE_CASE)
        ? new OneOf(in.folded(CharSet.single(c)))
        : new Literal(c);
  }

  private RegexNode group() {
    int flagsOutside = in.flags();
    in.enter();
    boolean captures = true;
    if (in.accept('?')) {
      char kind = in.peek();
      captures = kind == '<';
      if (kind == ':') {
        in.skip(1);
      } else if (kind == '<' && CharSet.ALPHA.contains(in.ahead(1))) {
        groupName();
      } else if (kind == '=' || kind == '!' || kind == '<') {
        throw in.notSupported("looking ahead and behind is");
      } else if (kind == '>') {
        throw in.notSupported("atomic groups are");
      } else if (changeFlags()) {
        // Up to the end of the group around; nothing to match here.
        in.leave();
        return new Sequence(List.of());
      }
    }
    int number = captures ? ++groups : 0;
    RegexNode body = choice();
    in.expect(')');
    in.leave();
    in.setFlags(flagsOutside);
    return captures ? new Group(body, number) : body;
  }

  private void groupName() {
    in.skip(1);
    while (in.isIn(CharSet.ALPHA) || in.isIn(CharSet.DIGIT)) {
      in.skip(1);
    }
    in.expect('>');
  }

  /** Reads {@code i-s)} or {@code i-s:}; true for the first. */
  private boolean changeFlags() {
    boolean on = true;
    while (true) {
      char c = in.peek();
      in.skip(1);
      if (c == ')') {
        return true;
      } else if (c == ':') {
        return false;
      } else if (c == '-' && on) {
        on = false;
      } else {
        int flag =
            switch (c) {
              case 'i' -> RegexReader.IGNORE_CASE;
              case 's' -> RegexReader.DOT_ALL;
              case 'm' -> RegexReader.MULTI_LINE;
              case 'd' -> RegexReader.UNIX_LINES;
              case 'u' -> RegexReader.UNICODE_CASE;
              case 'x' -> RegexReader.COMMENTS;
              case 'U' -> throw in.notSupported("the flag U is");
              default -> throw in.error("an unknown flag '" + c + "'");
            };
        in.setFlags(on ? in.flags() | flag : in.flags() & ~flag);
      }
    }
  }

  private RegexNode escape() {
    char c = in.peek();
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
      in.skip(1);
      return new At(place);
    }
    if (c == 'R') {
      in.skip(1);
      return new Choice(
          List.of(
              new Sequence(List.of(new Literal('\r'), new Literal('\n'))),
              new OneOf(CharSet.VERTICAL_SPACE)));
    }
    if (c == 'k' || (c >= '1' && c <= '9')) {
      throw in.notSupported("references to groups are");
    }
    if (c == 'X' || c == 'N') {
      throw in.notSupported("\\" + c + " is");
    }
    CharSet set = escapes.set();
    return set != null ? new OneOf(set) : literal(escapes.codePoint());
  }
}
