package org.weftdb.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a value as the kit writes it: {@code null}, booleans, integers, floats with {@code NaN} and
 * {@code Inf}, strings in single quotes, {@code [1, 2]}, {@code {a: 1}}, nodes {@code (:A:B {x:
 * 1})}, relationships {@code [:T {x: 1}]} and paths {@code <(:A)-[:T]->(:B)<-[:U]-(:C)>}.
 */
final class TckValueParser {
  private final String text;
  private int position;

  private TckValueParser(String text) {
    this.text = text;
  }

  /**
   * The value that a whole cell holds.
   *
   * @throws IllegalArgumentException with the place, when it is none
   */
  static TckValue parse(String text) {
    TckValueParser parser = new TckValueParser(text);
    TckValue value = parser.value();
    parser.skipSpace();
    if (parser.position < text.length()) {
      throw parser.error("the end");
    }
    return value;
  }

  private TckValue value() {
    skipSpace();
    return switch (peek()) {
      case '\'' -> new TckValue.Str(string());
      case '(' -> node();
      case '<' -> path();
      case '{' -> map();
      case '[' -> isRelationship() ? relationship() : list();
      default -> word();
    };
  }

  private boolean isRelationship() {
    int at = position + 1;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() && text.charAt(at) == ':';
  }

  private TckValue.Elements list() {
    expect('[');
    List<TckValue> elements = new ArrayList<>();
    while (!tryTake(']')) {
      elements.add(value());
      if (!tryTake(',') && !isNext(']')) {
        throw error("',' or ']'");
      }
    }
    return new TckValue.Elements(elements);
  }

  private TckValue.Entries map() {
    expect('{');
    Map<String, TckValue> entries = new TreeMap<>();
    while (!tryTake('}')) {
      String key = name();
      expect(':');
      entries.put(key, value());
      if (!tryTake(',') && !isNext('}')) {
        throw error("',' or '}'");
      }
    }
    return new TckValue.Entries(entries);
  }

  private TckValue.Node node() {
    expect('(');
    Set<String> labels = new TreeSet<>();
    while (tryTake(':')) {
      labels.add(name());
    }
    TckValue.Entries properties = properties();
    expect(')');
    return new TckValue.Node(labels, properties);
  }

  private TckValue.Relationship relationship() {
    expect('[');
    expect(':');
    String type = name();
    TckValue.Entries properties = properties();
    expect(']');
    return new TckValue.Relationship(type, properties);
  }

  private TckValue.Entries properties() {
    return isNext('{') ? map() : new TckValue.Entries(Map.of());
  }

  private TckValue.Path path() {
    expect('<');
    TckValue.Node start = node();
    List<TckValue.Hop> hops = new ArrayList<>();
    while (!tryTake('>')) {
      boolean backward = tryTake('<');
      expect('-');
      TckValue.Relationship relationship = relationship();
      expect('-');
      boolean forward = tryTake('>');
      if (forward == backward) {
        throw error("a relationship with one direction");
      }
      hops.add(new TckValue.Hop(relationship, forward, node()));
    }
    return new TckValue.Path(start, hops);
  }

  private String string() {
    expect('\'');
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '\'') {
        return value.toString();
      }
      if (c == '\\' && position < text.length() && "\\'".indexOf(text.charAt(position)) >= 0) {
        c = text.charAt(position++);
      }
      value.append(c);
    }
    throw error("the end of the string");
  }

  private String name() {
    skipSpace();
    if (isNext('`')) {
      int end = text.indexOf('`', position + 1);
      String quoted = text.substring(position + 1, end);
      position = end + 1;
      return quoted;
    }
    int start = position;
    while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw error("a name");
    }
    return text.substring(start, position);
  }

  private TckValue word() {
    int start = position;
    while (position < text.length() && " ,]})>".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String word = text.substring(start, position);
    return switch (word) {
      case "null" -> new TckValue.Null();
      case "true" -> new TckValue.Bool(true);
      case "false" -> new TckValue.Bool(false);
      case "NaN" -> new TckValue.Real(Double.NaN);
      case "Inf", "+Inf" -> new TckValue.Real(Double.POSITIVE_INFINITY);
      case "-Inf" -> new TckValue.Real(Double.NEGATIVE_INFINITY);
      default -> number(word, start);
    };
  }

  private TckValue number(String word, int start) {
    try {
      return word.matches("[+-]?[0-9]+")
          ? new TckValue.Int(Long.parseLong(word))
          : new TckValue.Real(Double.parseDouble(word));
    } catch (NumberFormatException e) {
      position = start;
      throw error("a value");
    }
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw error("a value");
    }
    return text.charAt(position);
  }

  private boolean isNext(char c) {
    skipSpace();
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean tryTake(char c) {
    if (isNext(c)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!tryTake(c)) {
      throw error("'" + c + "'");
    }
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at " + position + " of the value " + text);
  }
}
