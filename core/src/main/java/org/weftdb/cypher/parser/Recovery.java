package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/**
 * Finds where parsing goes on behind an error, and keeps the errors: at the next clause; at the
 * next element or the end of brackets; at the next branch of CASE; at the next item between commas.
 *
 * <p>An error that is not there is worse than one that is missing. Inside a clause parsing goes on
 * only when every bracket of the clause up to the place has its match, for otherwise nobody knows
 * what belongs together; and an error that does not stand behind the one before follows from it.
 *
 * <p>Each error costs one look at the tokens behind it, and there is a bound of errors, so that the
 * time is linear in the length of the text.
 */
final class Recovery {
  static final int NONE = -1;

  private final Tokens tokens;
  private final List<WeftException> errors = new ArrayList<>();

  /** For each token how many brackets without a match stand before it. */
  private final int[] unmatched;

  private int maxErrors;
  private int lastOffset = -1;
  private int attempts;

  Recovery(Tokens tokens) {
    this.tokens = tokens;
    unmatched = new int[tokens.count() + 1];
    for (int i = 0; i < tokens.count(); i++) {
      boolean without = isBracket(tokens.kind(i)) && tokens.match(i) < 0;
      unmatched[i + 1] = unmatched[i] + (without ? 1 : 0);
    }
  }

  /** Forgets the errors, for another statement of the same text. */
  void begin(int maxErrorsOfStatement) {
    errors.clear();
    attempts = 0;
    lastOffset = -1;
    maxErrors = maxErrorsOfStatement;
  }

  private static boolean isBracket(TokenKind kind) {
    return switch (kind) {
      case OPEN_PARENTHESIS,
          OPEN_BRACKET,
          OPEN_BRACE,
          CLOSE_PARENTHESIS,
          CLOSE_BRACKET,
          CLOSE_BRACE ->
          true;
      default -> false;
    };
  }

  // Errors.

  List<WeftException> errors() {
    return errors;
  }

  boolean isFull() {
    return errors.size() >= maxErrors || attempts >= 2 * maxErrors;
  }

  /** Keeps an error, unless it follows from the one before or there are as many as there may be. */
  void add(WeftException failure) {
    attempts++;
    Position position = failure.position();
    int offset = position == null ? lastOffset : position.offset();
    boolean kept = !errors.isEmpty() && errors.get(errors.size() - 1) == failure;
    if (!kept && errors.size() < maxErrors && (errors.isEmpty() || offset > lastOffset)) {
      errors.add(failure);
      lastOffset = Math.max(lastOffset, offset);
    }
  }

  /** Whether parsing may go on behind an error that was found at a token. */
  boolean isPossible(WeftException failure, int token) {
    TokenKind kind = tokens.kind(token);
    return !isFull()
        && failure.code() != ErrorCode.NESTING_TOO_DEEP
        && kind != TokenKind.END_OF_TEXT
        && kind != TokenKind.SEMICOLON;
  }

  // Places. Each method answers a token from one on, or NONE.

  /** Whether brackets have an end that can be relied on. */
  private boolean isReliable(int open, int clause) {
    int close = tokens.match(open);
    return close > open && areMatched(clause, close);
  }

  private boolean areMatched(int clause, int end) {
    return unmatched[end] == unmatched[Math.min(clause, end)];
  }

  /** The token behind brackets. */
  int behindBrackets(int open, int clause, int from) {
    return isReliable(open, clause) && tokens.match(open) >= from ? tokens.match(open) + 1 : NONE;
  }

  /**
   * The comma behind an element between brackets, or what closes them.
   *
   * @param start where the element starts
   */
  int behindElement(int open, int start, int clause, int from) {
    if (!isReliable(open, clause) || tokens.match(open) < from) {
      return NONE;
    }
    int close = tokens.match(open);
    int comma = comma(start, close, from);
    return comma < 0 ? close : comma;
  }

  /** The comma behind an item of a clause, or the keyword of a further part of the clause. */
  int behindItem(int start, int clause, int from) {
    int end = start;
    while (end < tokens.count() - 1 && !endsClause(end, start)) {
      if (end >= from && beginsPart(end)) {
        break;
      }
      end = Math.max(end, tokens.match(end)) + 1;
    }
    int comma = comma(start, end, from);
    int found = comma < 0 && end >= from && beginsPart(end) ? end : comma;
    return found >= 0 && areMatched(clause, found) ? found : NONE;
  }

  /** A comma outside of further brackets and of CASE that something follows. */
  private int comma(int start, int end, int from) {
    int cases = 0;
    for (int i = start; i < end; i++) {
      Keyword keyword = joined(i) ? null : tokens.keyword(i);
      if (keyword == Keyword.CASE) {
        cases++;
      } else if (keyword == Keyword.END) {
        cases--;
      } else if (i >= from && tokens.kind(i) == TokenKind.COMMA) {
        return cases == 0 && !beginsClause(i + 1) ? i : NONE;
      }
      i = Math.max(i, tokens.match(i));
    }
    return NONE;
  }

  /** WHEN, ELSE or END behind a part of CASE. */
  int behindBranch(int start, int clause, int from) {
    int found = NONE;
    int cases = 0;
    for (int i = start; i < tokens.count() - 1 && !endsClause(i, start); i++) {
      Keyword keyword = joined(i) ? null : tokens.keyword(i);
      boolean between = keyword == Keyword.WHEN || keyword == Keyword.ELSE;
      if (keyword == Keyword.CASE) {
        cases++;
      } else if (cases == 0 && i >= from && found < 0 && (between || keyword == Keyword.END)) {
        found = i;
      }
      if (keyword == Keyword.END && cases-- == 0) {
        // There is an end of this CASE, so that what was found belongs to it.
        return found >= 0 && areMatched(clause, i) ? found : NONE;
      }
      i = Math.max(i, tokens.match(i));
    }
    return NONE;
  }

  /**
   * The next clause or UNION behind the beginning of a clause, or what ends the query.
   *
   * @param start a token outside of the brackets inside the clause
   */
  int behindClause(int start, int from) {
    int i = start;
    while (i < tokens.count() - 1 && tokens.kind(i) != TokenKind.SEMICOLON) {
      boolean union = tokens.keyword(i) == Keyword.UNION && !joined(i);
      if (closesOuter(i, start) || i >= from && (union || beginsClause(i))) {
        return i;
      }
      i = Math.max(i, tokens.match(i)) + 1;
    }
    return i;
  }

  /** The next clause from a token on, when it is in no brackets that were open before, or NONE. */
  int behindStray(int start) {
    int next = behindClause(start, start);
    return beginsClause(next) ? next : NONE;
  }

  /** The last token before an end that begins a clause outside of brackets, or the first token. */
  int lastClause(int start, int end) {
    int last = start;
    for (int i = start; i < end; i++) {
      if (beginsClause(i)) {
        last = i;
      }
      i = Math.max(i, tokens.match(i));
    }
    return last;
  }

  // What tokens are.

  private boolean closesOuter(int token, int start) {
    int open = tokens.match(token);
    return open >= 0 && open < start && open < token;
  }

  private boolean endsClause(int token, int start) {
    return tokens.kind(token) == TokenKind.SEMICOLON
        || closesOuter(token, start)
        || token > start && beginsClause(token)
        || tokens.keyword(token) == Keyword.UNION && !joined(token);
  }

  /** Whether a keyword is a name here, as in {@code n.end} and, though in vain, {@code AS end}. */
  private boolean joined(int index) {
    return index > 0 && (joins(tokens.kind(index - 1)) || tokens.keyword(index - 1) == Keyword.AS);
  }

  private static boolean joins(TokenKind kind) {
    return switch (kind) {
      case DOT, COLON, DOLLAR, BAR, AMPERSAND, EXCLAMATION_MARK -> true;
      default -> false;
    };
  }

  /** Whether a token begins a part of a clause that follows items between commas. */
  private boolean beginsPart(int index) {
    Keyword keyword = joined(index) ? null : tokens.keyword(index);
    return keyword == Keyword.WHERE || keyword == Keyword.ORDER || keyword == Keyword.LIMIT;
  }

  private boolean beginsClause(int index) {
    Keyword keyword = tokens.keyword(index);
    Keyword before = index == 0 ? null : tokens.keyword(index - 1);
    if (keyword == null || joined(index)) {
      return false;
    }
    return switch (keyword) {
      case MATCH, CREATE, MERGE -> before != Keyword.ON && before != Keyword.OPTIONAL;
      case WITH -> before != Keyword.STARTS && before != Keyword.ENDS && before != Keyword.CSV;
      case SET -> !isAction(index, before);
      case DELETE -> before != Keyword.DETACH;
      case OPTIONAL, UNWIND, RETURN, REMOVE, DETACH, CALL, FOREACH, LOAD, LET, FILTER, FINISH ->
          true;
      default -> false;
    };
  }

  private boolean isAction(int index, @Nullable Keyword before) {
    return index > 1
        && (before == Keyword.CREATE || before == Keyword.MATCH)
        && tokens.keyword(index - 2) == Keyword.ON;
  }
}
