package org.weftdb.cypher.parser;

import org.weftdb.error.WeftException;
import org.weftdb.value.type.TypeExpression;

/** Types that stand in a text of their own, as functions take them. */
public final class TypeText {
  private TypeText() {}

  /**
   * The type of a text such as {@code LIST<INTEGER NOT NULL> | STRING}, in any case.
   *
   * @throws WeftException with a code of the category SYNTAX or RESOURCE, and a place in the text,
   *     when it is none
   */
  public static TypeExpression parse(String text) {
    TokenStream tokens = new TokenStream(CypherParser.source(text), Lexer.tokensOf(text), 0);
    TypeExpression type = new TypeParser(tokens).type(true);
    if (!tokens.is(TokenKind.END_OF_TEXT)) {
      throw tokens.unexpected("the end of the type");
    }
    return type;
  }
}
