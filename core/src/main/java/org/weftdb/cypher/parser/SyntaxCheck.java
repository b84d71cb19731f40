package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/**
 * Parses on behind an error, so that an editor can show all of them: where the next clause begins.
 * What it does is linear in the length of the text, for it stops after {@link #MAX_ERRORS} errors.
 */
public final class SyntaxCheck {
  /** The most errors of a text. */
  public static final int MAX_ERRORS = 100;

  private final CypherScript script;
  private final Tokens tokens;

  public SyntaxCheck(CypherScript script) {
    this.script = script;
    this.tokens = script.tokens();
  }

  /** The errors of a statement against the grammar, at most so many. */
  public List<Diagnostic> errors(int statement, int limit) {
    List<Diagnostic> errors = new ArrayList<>();
    int end = script.endToken(statement);
    int begin = script.firstToken(statement);
    boolean whole = true;
    while (errors.size() < limit) {
      ClauseParser parser = script.parser(begin).clauses();
      try {
        if (whole) {
          parser.parseStatement();
        } else {
          parser.parseRest();
        }
        return errors;
      } catch (WeftException failure) {
        errors.add(diagnostic(failure));
        int next = nextClause(Math.max(parser.position(), begin + 1), begin, end);
        if (next < 0) {
          return errors;
        }
        begin = next;
        whole = false;
      }
    }
    return errors;
  }

  /** An error with the length of the word that it stands at. */
  public Diagnostic diagnostic(WeftException failure) {
    Position position = failure.position();
    int length = 0;
    if (position != null) {
      int token = tokenAt(position.offset());
      length = token < 0 ? 0 : tokens.end(token) - position.offset();
    }
    return Diagnostic.of(failure, length);
  }

  private int tokenAt(int offset) {
    int low = 0;
    int high = tokens.count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (tokens.end(middle) <= offset) {
        low = middle + 1;
      } else if (tokens.start(middle) > offset) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  /**
   * The next token from one on that begins a clause outside of brackets, or -1.
   *
   * @param outside a token before it that is outside of brackets
   */
  private int nextClause(int from, int outside, int end) {
    for (int i = outside; i < end; i++) {
      int close = tokens.match(i);
      if (close > i) {
        i = close;
      } else if (i >= from && beginsClause(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last token that begins a clause outside of brackets, or the first token. */
  private int lastClause(int outside, int end) {
    int last = outside;
    int next = nextClause(outside + 1, outside, end);
    while (next >= 0) {
      last = next;
      next = nextClause(next + 1, next, end);
    }
    return last;
  }

  private boolean beginsClause(int index) {
    Keyword keyword = tokens.keyword(index);
    Keyword before = index == 0 ? null : tokens.keyword(index - 1);
    if (keyword == null || index > 0 && joins(tokens.kind(index - 1))) {
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

  private static boolean joins(TokenKind kind) {
    return switch (kind) {
      case DOT, COLON, DOLLAR, BAR, AMPERSAND, EXCLAMATION_MARK -> true;
      default -> false;
    };
  }

  /**
   * What may stand at the end of a text.
   *
   * @param text up to the place, without the beginning of a word that stands there
   * @return null where nothing can be offered: in a string, a comment or a number
   */
  public static @Nullable Expectations expectations(String text) {
    CypherScript script = CypherScript.of(text);
    Tokens tokens = script.tokens();
    Expectations expectations = new Expectations();
    int last = tokens.count() - 1;
    if (last > 0 && tokens.kind(last - 1) == TokenKind.UNTERMINATED) {
      return null;
    }
    int begin = last;
    while (begin > 0 && tokens.kind(begin - 1) != TokenKind.SEMICOLON) {
      begin--;
    }
    boolean whole = true;
    int errors = 0;
    while (true) {
      ClauseParser parser = script.parser(begin).clauses();
      parser.gather(expectations);
      try {
        if (whole) {
          parser.parseStatement();
        } else {
          parser.parseRest();
        }
        return expectations;
      } catch (WeftException failure) {
        errors++;
        SyntaxCheck check = new SyntaxCheck(script);
        int next = -1;
        if (parser.position() < last && errors < MAX_ERRORS) {
          next = check.nextClause(Math.max(parser.position(), begin + 1), begin, last);
        } else if (parser.position() < last && errors == MAX_ERRORS) {
          next = check.lastClause(begin, last);
        }
        if (next <= begin) {
          return expectations;
        }
        begin = next;
        whole = false;
      }
    }
  }
}
