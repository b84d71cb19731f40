package org.weftdb.cypher.parser;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text, in arrays, the last one being {@link TokenKind#END_OF_TEXT}. Spaces and
 * comments lie between tokens.
 */
final class Tokens {
  private static final int NO_MATCH = -1;

  private TokenKind[] kinds;
  private @Nullable Keyword[] keywords;
  private int[] starts;
  private int[] ends;
  private int[] matches;
  private int count;

  Tokens(int expectedCount) {
    int capacity = Math.max(16, expectedCount);
    kinds = new TokenKind[capacity];
    keywords = new Keyword[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
    matches = new int[capacity];
  }

  void add(TokenKind kind, @Nullable Keyword keyword, int start, int end) {
    if (count == kinds.length) {
      int capacity = count * 2;
      kinds = Arrays.copyOf(kinds, capacity);
      keywords = Arrays.copyOf(keywords, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      matches = Arrays.copyOf(matches, capacity);
    }
    kinds[count] = kind;
    keywords[count] = keyword;
    starts[count] = start;
    ends[count] = end;
    matches[count] = NO_MATCH;
    count++;
  }

  /**
   * Finds for every bracket the one that it belongs to; brackets that do not nest have none. A
   * bracket that closes belongs to the last open one of its kind, and those opened since then have
   * no match. A semicolon ends a statement, and all brackets that are open.
   */
  void matchBrackets() {
    int[] open = new int[16];
    int[] openOfKind = new int[TokenKind.values().length];
    int depth = 0;
    for (int i = 0; i < count; i++) {
      switch (kinds[i]) {
        case OPEN_PARENTHESIS, OPEN_BRACKET, OPEN_BRACE -> {
          if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
          }
          open[depth++] = i;
          openOfKind[kinds[i].ordinal()]++;
        }
        case CLOSE_PARENTHESIS, CLOSE_BRACKET, CLOSE_BRACE -> {
          int kind = kinds[i].ordinal() - 1;
          if (openOfKind[kind] > 0) {
            int last = open[--depth];
            openOfKind[kinds[last].ordinal()]--;
            while (kinds[last].ordinal() != kind) {
              last = open[--depth];
              openOfKind[kinds[last].ordinal()]--;
            }
            matches[last] = i;
            matches[i] = last;
          }
        }
        case SEMICOLON -> {
          depth = 0;
          Arrays.fill(openOfKind, 0);
        }
        default -> {}
      }
    }
  }

  int count() {
    return count;
  }

  /** The kind of a token; past the last one, the end of the text. */
  TokenKind kind(int index) {
    return kinds[Math.min(index, count - 1)];
  }

  @Nullable Keyword keyword(int index) {
    return keywords[Math.min(index, count - 1)];
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  /** The index of the bracket that closes or opens this one, or a negative number. */
  int match(int index) {
    return matches[index];
  }
}
