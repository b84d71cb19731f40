package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/**
 * Parses on behind an error, so that an editor can show all of them; {@link Recovery} says where.
 * What it does is linear in the length of the text, for it stops after {@link #MAX_ERRORS} errors.
 */
public final class SyntaxCheck {
  /** The most errors of a text. */
  public static final int MAX_ERRORS = 100;

  private final CypherScript script;
  private final Tokens tokens;
  private final Recovery recovery;

  public SyntaxCheck(CypherScript script) {
    this.script = script;
    this.tokens = script.tokens();
    this.recovery = new Recovery(tokens);
  }

  /** The errors of a statement against the grammar, at most so many. */
  public List<Diagnostic> errors(int statement, int limit) {
    recovery.begin(limit);
    ClauseParser parser = script.parser(script.firstToken(statement)).clauses();
    parser.recover(recovery);
    try {
      parser.parseStatement();
    } catch (WeftException failure) {
      recovery.add(failure);
    }
    List<Diagnostic> errors = new ArrayList<>();
    for (WeftException failure : recovery.errors()) {
      errors.add(diagnostic(failure));
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
    Recovery recovery = new Recovery(tokens);
    recovery.begin(MAX_ERRORS);
    ClauseParser parser = script.parser(begin).clauses();
    parser.gather(expectations);
    parser.recover(recovery);
    try {
      parser.parseStatement();
    } catch (WeftException failure) {
      if (parser.position() < last) {
        rest(script, recovery.lastClause(begin, last), expectations);
      }
    }
    return expectations;
  }

  /** What may stand at the end, behind more errors than are worth to be looked at. */
  private static void rest(CypherScript script, int begin, Expectations expectations) {
    ClauseParser parser = script.parser(begin).clauses();
    parser.gather(expectations);
    try {
      parser.parseRest();
    } catch (WeftException failure) {
      // What was told of the end before is what is wanted.
    }
  }
}
