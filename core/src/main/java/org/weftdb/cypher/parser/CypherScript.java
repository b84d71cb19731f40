package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.error.WeftException;

/**
 * A text of several statements with semicolons between them. Semicolons in strings, quoted names
 * and comments separate nothing; statements without anything in them do not count. Places in errors
 * are those in the whole text.
 */
public final class CypherScript {
  private final SourceText source;
  private final Tokens tokens;
  private final List<Integer> starts = new ArrayList<>();

  private CypherScript(SourceText source, Tokens tokens) {
    this.source = source;
    this.tokens = tokens;
    boolean before = true;
    for (int i = 0; i < tokens.count() - 1; i++) {
      boolean separator = tokens.kind(i) == TokenKind.SEMICOLON;
      if (before && !separator) {
        starts.add(i);
      }
      before = separator;
    }
  }

  /**
   * Finds the statements of a text; they are not parsed yet.
   *
   * @throws WeftException when the text is too long
   */
  public static CypherScript of(String text) {
    SourceText source = CypherParser.source(text);
    return new CypherScript(source, Lexer.tokensOf(text));
  }

  /** How many statements there are. */
  public int size() {
    return starts.size();
  }

  /** The text as a whole. */
  SourceText source() {
    return source;
  }

  Tokens tokens() {
    return tokens;
  }

  /** The first token of a statement. */
  int firstToken(int index) {
    return starts.get(index);
  }

  /** The token behind the last of a statement: a semicolon or the end of the text. */
  int endToken(int index) {
    int at = starts.get(index);
    while (tokens.kind(at) != TokenKind.SEMICOLON && at < tokens.count() - 1) {
      at++;
    }
    return at;
  }

  /**
   * Parses a statement.
   *
   * @param index from 0
   * @throws WeftException with a code of the category SYNTAX or RESOURCE
   */
  public ParsedQuery parse(int index) {
    return parser(firstToken(index)).clauses().parseStatement();
  }

  /** A parser that begins at a token. */
  ExpressionParser parser(int token) {
    return new ExpressionParser(source, new TokenStream(source, tokens, token));
  }
}
