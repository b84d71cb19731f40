package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Hint;
import org.weftdb.cypher.ast.Hint.Kind;

/** Parses hints of how a pattern is to be found. */
final class HintParser {
  private final TokenStream in;

  HintParser(TokenStream in) {
    this.in = in;
  }

  /**
   * {@code USING [kind] INDEX [SEEK] n:Label(property)}, {@code USING SCAN n:Label}, {@code USING
   * JOIN ON n}.
   */
  Hint hint() {
    int start = in.start();
    in.skip();
    List<Variable> variables = new ArrayList<>();
    if (in.acceptWord("JOIN")) {
      in.expect(Keyword.ON);
      do {
        variables.add(in.variable());
      } while (in.accept(TokenKind.COMMA));
      return new Hint(Kind.JOIN, variables, "", List.of(), in.spanFrom(start));
    }
    Kind kind = in.acceptWord("SCAN") ? Kind.SCAN : index();
    variables.add(in.variable());
    in.expect(TokenKind.COLON);
    String labelOrType = in.name("a label or relationship type");
    List<String> properties = new ArrayList<>();
    if (kind != Kind.SCAN) {
      in.expect(TokenKind.OPEN_PARENTHESIS);
      do {
        properties.add(in.name("a property key"));
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
    return new Hint(kind, variables, labelOrType, properties, in.spanFrom(start));
  }

  private Kind index() {
    Kind kind = Kind.INDEX;
    if (in.accept(Keyword.RANGE)) {
      kind = Kind.RANGE_INDEX;
    } else if (in.accept(Keyword.TEXT)) {
      kind = Kind.TEXT_INDEX;
    } else if (in.accept(Keyword.POINT)) {
      kind = Kind.POINT_INDEX;
    }
    if (!in.accept(Keyword.INDEX)) {
      throw in.unexpected("INDEX, SCAN or JOIN ON");
    }
    if (in.isWord("SEEK", 0) && in.kind(1) != TokenKind.COLON) {
      in.skip();
    }
    return kind;
  }
}
