package org.weftdb.cypher.parser;

import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses queries; see the package for what it promises. */
public final class CypherParser {
  /**
   * How deep brackets, prefix operators and subqueries may nest, and how high a tree may be.
   *
   * <p>WebAssembly engines give about 1 MB of stack and a compiled module cannot catch its
   * overflow. Without a bound, in Node 24 the stack ended at 1,400 nested parentheses, 2,000 levels
   * of {@code 1 + (} and 580 nested EXISTS, which take two levels each; the passes after the parser
   * recurse with larger frames. The bound leaves them three quarters of the stack.
   */
  public static final int MAX_NESTING = 300;

  /** The longest text, in UTF-16 code units. */
  public static final int MAX_LENGTH = 16 * 1024 * 1024;

  private CypherParser() {}

  /**
   * Parses one statement; a semicolon may follow it.
   *
   * @throws WeftException with a code of the category SYNTAX or RESOURCE when the text does not
   *     follow the grammar, nests too deep or is too long
   */
  public static ParsedQuery parse(String text) {
    SourceText source = source(text);
    TokenStream tokens = new TokenStream(source, Lexer.tokensOf(text), 0);
    return new ExpressionParser(source, tokens).clauses().parseText();
  }

  /** A text that is not too long. */
  static SourceText source(String text) {
    SourceText source = new SourceText(text);
    if (text.length() > MAX_LENGTH) {
      throw source.error(
          ErrorCode.QUERY_TOO_LARGE,
          "The query has " + text.length() + " characters, expected at most " + MAX_LENGTH,
          MAX_LENGTH);
    }
    return source;
  }
}
