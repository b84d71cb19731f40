package org.weftdb.cypher.function.regex;

import java.util.ArrayList;
import java.util.List;

/** Reads classes, such as {@code [a-z&&[^x]]}. */
final class RegexClasses {
  private final RegexReader in;
  private final RegexEscapes escapes;

  RegexClasses(RegexReader in, RegexEscapes escapes) {
    this.in = in;
    this.escapes = escapes;
  }

  /** Behind the opening bracket; reads the closing one. */
  CharSet parse() {
    in.enter();
    boolean negated = in.accept('^');
    List<CharSet> factors = new ArrayList<>();
    List<CharSet> union = new ArrayList<>();
    boolean first = true;
    while (true) {
      in.skipComments();
      in.peek();
      if (!first && in.accept(']')) {
        break;
      }
      first = false;
      if (in.startsWith("&&")) {
        in.skip(2);
        if (!union.isEmpty()) {
          factors.add(CharSet.anyOf(union));
          union = new ArrayList<>();
        }
      } else {
        union.add(classElement());
      }
    }
    in.leave();
    if (!union.isEmpty()) {
      factors.add(CharSet.anyOf(union));
    }
    if (factors.isEmpty()) {
      throw in.error("an empty class");
    }
    CharSet result = CharSet.allOf(factors);
    return negated ? result.not() : result;
  }

  private CharSet classElement() {
    if (in.accept('[')) {
      return parse();
    }
    if (in.startsWith("\\Q")) {
      return quoted();
    }
    int from;
    if (in.accept('\\')) {
      CharSet set = escapes.set();
      if (set != null) {
        return set;
      }
      from = escapes.codePoint();
    } else {
      from = in.nextCodePoint();
    }
    in.skipComments();
    if (in.is('-')) {
      char behind = in.ahead(1);
      if (behind != 0 && behind != ']' && behind != '[') {
        in.skip(1);
        int to = rangeEnd();
        if (to < from) {
          throw in.error("a range whose end is before its start");
        }
        return in.folded(CharSet.range(from, to));
      }
    }
    return in.folded(CharSet.single(from));
  }

  private int rangeEnd() {
    in.skipComments();
    return in.accept('\\') ? escapes.codePoint() : in.nextCodePoint();
  }

  private CharSet quoted() {
    in.skip(2);
    String text = in.upTo("\\E");
    if (text == null) {
      throw in.error("a class without its ']'");
    }
    List<CharSet> characters = new ArrayList<>();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      characters.add(in.folded(CharSet.single(c)));
      i += Character.charCount(c);
    }
    return CharSet.anyOf(characters);
  }
}
