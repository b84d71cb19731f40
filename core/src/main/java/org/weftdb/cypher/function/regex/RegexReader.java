package org.weftdb.cypher.function.regex;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/** A pattern, how far it is read, and the flags that hold there. */
final class RegexReader {
  static final int IGNORE_CASE = 1;
  static final int DOT_ALL = 1 << 1;
  static final int MULTI_LINE = 1 << 2;
  static final int UNIX_LINES = 1 << 3;
  static final int UNICODE_CASE = 1 << 4;
  static final int COMMENTS = 1 << 5;

  /** Groups and classes in each other; deeper ones could exhaust the stack. */
  private static final int MAX_NESTING = 200;

  private final String pattern;
  private int at;
  private int flags;
  private int nesting;

  RegexReader(String pattern) {
    this.pattern = pattern;
  }

  int flags() {
    return flags;
  }

  void setFlags(int flags) {
    this.flags = flags;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** A set as it is where letter case may not count. */
  CharSet folded(CharSet set) {
    return has(IGNORE_CASE) ? set.ignoringCase(has(UNICODE_CASE)) : set;
  }

  /** Begins a group or class. */
  void enter() {
    if (++nesting > MAX_NESTING) {
      throw error("nesting deeper than " + MAX_NESTING);
    }
  }

  /** Ends a group or class. */
  void leave() {
    nesting--;
  }

  boolean atEnd() {
    return at >= pattern.length();
  }

  /** The next character; there must be one. */
  char peek() {
    if (atEnd()) {
      throw error("an unexpected end");
    }
    return pattern.charAt(at);
  }

  /** Whether this is the next character. */
  boolean is(char c) {
    return !atEnd() && pattern.charAt(at) == c;
  }

  /** Whether the next character is in a set. */
  boolean isIn(CharSet set) {
    return !atEnd() && set.contains(pattern.charAt(at));
  }

  boolean startsWith(String text) {
    return pattern.startsWith(text, at);
  }

  /** The character so far behind the next one, or a NUL when there is none. */
  char ahead(int distance) {
    return at + distance < pattern.length() ? pattern.charAt(at + distance) : 0;
  }

  void skip(int characters) {
    at += characters;
  }

  /** Reads the character if it is the next one. */
  boolean accept(char c) {
    boolean there = is(c);
    at += there ? 1 : 0;
    return there;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw error("a '" + c + "' is missing");
    }
  }

  int nextCodePoint() {
    peek();
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** Reads what stands in front of a text, and the text; null when it does not come. */
  @Nullable String upTo(String end) {
    int stop = pattern.indexOf(end, at);
    if (stop < 0) {
      return null;
    }
    String text = pattern.substring(at, stop);
    at = stop + end.length();
    return text;
  }

  /** Reads all that is left. */
  String rest() {
    String text = pattern.substring(at);
    at = pattern.length();
    return text;
  }

  /** With the flag x, blanks and comments mean nothing. */
  void skipComments() {
    if (!has(COMMENTS)) {
      return;
    }
    while (!atEnd()) {
      char c = pattern.charAt(at);
      if (CharSet.SPACE.contains(c)) {
        at++;
      } else if (c == '#') {
        while (!atEnd() && !isLineTerminator(pattern.charAt(at))) {
          at++;
        }
      } else {
        return;
      }
    }
  }

  /** Whether a code point ends a line under the flags that hold here. */
  private boolean isLineTerminator(int c) {
    return has(UNIX_LINES) ? c == '\n' : isAnyLineTerminator(c);
  }

  static boolean isAnyLineTerminator(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  WeftException notSupported(String what) {
    return error(what + " not supported");
  }

  WeftException error(String problem) {
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
