package org.weftdb.cypher.function.regex;

import org.weftdb.cypher.function.regex.RegexNode.Place;

/** What is asked of places between characters. */
final class RegexPlaces {
  private RegexPlaces() {}

  /** Whether a place of a text, searched from another one on, is so. */
  static boolean is(Place place, String text, int from, int at) {
    int length = text.length();
    return switch (place) {
      case START -> at == 0;
      case SEARCH_START -> at == from;
      case END -> at == length;
      case LAST_LINE_END ->
          at == length
              || (isLineEnd(text, at)
                  && (at == length - 1
                      || (at == length - 2
                          && text.charAt(at) == '\r'
                          && text.charAt(at + 1) == '\n')));
      case LAST_LINE_END_UNIX -> at == length || (at == length - 1 && text.charAt(at) == '\n');
      case LINE_START ->
          at != length
              && (at == 0
                  || (isTerminator(text.charAt(at - 1))
                      && !(text.charAt(at - 1) == '\r' && text.charAt(at) == '\n')));
      case LINE_START_UNIX -> at != length && (at == 0 || text.charAt(at - 1) == '\n');
      case LINE_END -> at == length || isLineEnd(text, at);
      case LINE_END_UNIX -> at == length || text.charAt(at) == '\n';
      case WORD_BOUNDARY -> isWordAt(text, at - 1) != isWordAt(text, at);
      case NO_WORD_BOUNDARY -> isWordAt(text, at - 1) == isWordAt(text, at);
    };
  }

  /** Whether a line terminator starts here; there is none inside of {@code \r\n}. */
  private static boolean isLineEnd(String text, int at) {
    char c = text.charAt(at);
    return isTerminator(c) && !(c == '\n' && at > 0 && text.charAt(at - 1) == '\r');
  }

  private static boolean isTerminator(char c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static boolean isWordAt(String text, int at) {
    return at >= 0 && at < text.length() && CharSet.WORD.contains(text.charAt(at));
  }
}
