package org.weftdb.cypher.parser;

/** Parses hints of how a pattern is to be found. */
final class HintParser {
  private final TokenStream in;

  HintParser(TokenStream in) {
    this.in = in;
  }

  /**
   * {@code USING [kind] INDEX [SEEK] n:Label(property)}, {@code USING SCAN n:Label}, {@code USING
   * JOIN ON n}: a hint of how to find what is the same however it is found. The planner decides by
   * what the store has, and does without.
   */
  void hint() {
    in.skip();
    if (in.acceptWord("JOIN")) {
      in.expect(Keyword.ON);
      do {
        in.variable();
      } while (in.accept(TokenKind.COMMA));
      return;
    }
    boolean scan = in.acceptWord("SCAN");
    if (!scan) {
      boolean kind = in.accept(Keyword.RANGE) || in.accept(Keyword.TEXT);
      if (!kind) {
        in.accept(Keyword.POINT);
      }
      if (!in.accept(Keyword.INDEX)) {
        throw in.unexpected("INDEX, SCAN or JOIN ON");
      }
      if (in.isWord("SEEK", 0) && in.kind(1) != TokenKind.COLON) {
        in.skip();
      }
    }
    in.variable();
    in.expect(TokenKind.COLON);
    in.name("a label or relationship type");
    if (!scan) {
      in.expect(TokenKind.OPEN_PARENTHESIS);
      do {
        in.name("a property key");
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
  }
}
