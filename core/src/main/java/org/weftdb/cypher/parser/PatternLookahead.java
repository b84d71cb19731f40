package org.weftdb.cypher.parser;

/**
 * Tells by looking ahead whether brackets hold a pattern. Brackets are jumped over, so that each
 * look costs no more than the chain is long.
 */
final class PatternLookahead {
  static final int NONE = -1;

  private final Tokens tokens;

  PatternLookahead(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The index of the token after a path with at least one relationship, or NONE. */
  int pathEnd(int index) {
    int end = quantifiedEnd(index);
    int at = end == NONE ? nodeEnd(index) : end;
    while (at != NONE) {
      int quantified = quantifiedEnd(at);
      if (quantified != NONE) {
        int node = quantifiedEnd(quantified) == NONE ? nodeEnd(quantified) : NONE;
        at = node == NONE ? quantified : node;
      } else if (at == end && tokens.kind(at) == TokenKind.OPEN_PARENTHESIS) {
        at = nodeEnd(at);
      } else {
        at = relationshipEnd(at);
        at = at == NONE ? NONE : nodeEnd(at);
      }
      end = at == NONE ? end : at;
    }
    return end;
  }

  /** The index of the token after {@code ((...)...){1,3}} that begins at a token, or NONE. */
  int quantifiedEnd(int index) {
    if (tokens.kind(index) != TokenKind.OPEN_PARENTHESIS
        || tokens.kind(index + 1) != TokenKind.OPEN_PARENTHESIS) {
      return NONE;
    }
    int close = tokens.match(index);
    if (close < 0 || !isQuantifier(close + 1)) {
      return NONE;
    }
    int node = nodeEnd(index + 1);
    // A repetition inside is an error, but one of a path.
    boolean path =
        node != NONE
            && (relationshipEnd(node) != NONE
                || tokens.kind(node) == TokenKind.OPEN_PARENTHESIS
                    && tokens.kind(node + 1) == TokenKind.OPEN_PARENTHESIS);
    return path ? quantifierEnd(close + 1) : NONE;
  }

  /** Whether a number of repetitions begins at a token. */
  boolean isQuantifier(int index) {
    return switch (tokens.kind(index)) {
      case PLUS, STAR -> true;
      case OPEN_BRACE ->
          tokens.kind(index + 1) == TokenKind.INTEGER || tokens.kind(index + 1) == TokenKind.COMMA;
      default -> false;
    };
  }

  private int quantifierEnd(int index) {
    return tokens.kind(index) == TokenKind.OPEN_BRACE
        ? Math.max(index, tokens.match(index)) + 1
        : index + 1;
  }

  private int nodeEnd(int index) {
    if (tokens.kind(index) != TokenKind.OPEN_PARENTHESIS) {
      return NONE;
    }
    int close = tokens.match(index);
    int at = index + 1;
    if (isName(tokens.kind(at)) && !isReserved(at)) {
      at++;
    }
    boolean labels =
        tokens.kind(at) == TokenKind.COLON
            || tokens.keyword(at) == Keyword.IS && isName(tokens.kind(at + 1)) && !isTest(at + 1);
    if (labels || tokens.keyword(at) == Keyword.WHERE) {
      return close < 0 ? NONE : close + 1;
    }
    if (tokens.kind(at) == TokenKind.OPEN_BRACE) {
      at = tokens.match(at) + 1;
    } else if (tokens.kind(at) == TokenKind.DOLLAR) {
      at += 2;
    }
    boolean condition = tokens.keyword(at) == Keyword.WHERE && at > 0;
    return close >= 0 && (at == close || condition) ? close + 1 : NONE;
  }

  /** Whether a word stands there that is no variable, such as WHERE or NULL. */
  private boolean isReserved(int index) {
    Keyword keyword = tokens.keyword(index);
    return keyword == Keyword.WHERE || keyword != null && keyword.reserved;
  }

  /** Whether what follows IS tests a value, such as NULL. */
  private boolean isTest(int index) {
    Keyword keyword = tokens.keyword(index);
    return keyword == Keyword.NULL || keyword == Keyword.NOT;
  }

  private int relationshipEnd(int index) {
    int at = index;
    if (tokens.kind(at) == TokenKind.LESS) {
      at++;
    }
    if (tokens.kind(at) != TokenKind.MINUS) {
      return NONE;
    }
    at++;
    if (tokens.kind(at) == TokenKind.OPEN_BRACKET) {
      if (tokens.match(at) < 0) {
        return NONE;
      }
      at = tokens.match(at) + 1;
    }
    if (tokens.kind(at) != TokenKind.MINUS) {
      return NONE;
    }
    at++;
    if (tokens.kind(at) == TokenKind.GREATER) {
      at++;
    }
    return isQuantifier(at) ? quantifierEnd(at) : at;
  }

  private static boolean isName(TokenKind kind) {
    return kind == TokenKind.NAME || kind == TokenKind.ESCAPED_NAME;
  }
}
