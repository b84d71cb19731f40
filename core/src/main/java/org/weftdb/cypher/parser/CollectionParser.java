package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.ListComprehension;
import org.weftdb.cypher.ast.Expression.ListLiteral;
import org.weftdb.cypher.ast.Expression.MapLiteral;
import org.weftdb.cypher.ast.Expression.MapProjection;
import org.weftdb.cypher.ast.Expression.PatternComprehension;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.MapEntry;
import org.weftdb.cypher.ast.MapProjectionItem;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.error.WeftException;

/** Parses lists, maps, comprehensions and map projections. */
final class CollectionParser {
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;

  CollectionParser(TokenStream in, ExpressionParser expressions, PatternParser patterns) {
    this.in = in;
    this.expressions = expressions;
    this.patterns = patterns;
  }

  MapLiteral mapLiteral() {
    int start = in.start();
    List<MapEntry> entries = new ArrayList<>();
    int outer = in.begin();
    int open = in.position();
    in.expect(TokenKind.OPEN_BRACE);
    if (!in.accept(TokenKind.CLOSE_BRACE)) {
      do {
        TokenStream.Mark mark = in.mark();
        try {
          int entryStart = in.start();
          String key = in.name("a property key");
          in.expect(TokenKind.COLON);
          Expression value = expressions.expression();
          entries.add(new MapEntry(key, value, in.spanFrom(entryStart)));
          in.expectEnd(TokenKind.CLOSE_BRACE, "an operator, ',' or '}'");
        } catch (WeftException failure) {
          in.skipElement(failure, open, mark);
        }
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_BRACE);
    }
    in.grow();
    in.end(outer);
    return new MapLiteral(entries, in.spanFrom(start));
  }

  // What square brackets start.

  /** A list or a comprehension. */
  Expression list() {
    int start = in.start();
    int outer = in.begin();
    int open = in.position();
    TokenStream.Mark mark = in.mark();
    Expression list;
    try {
      list = list(start);
    } catch (WeftException failure) {
      in.skipBrackets(failure, open, mark);
      list = in.hole();
    }
    in.grow();
    in.end(outer);
    return list;
  }

  private Expression list(int start) {
    if (in.isVariable(1) && in.keyword(2) == Keyword.IN) {
      return listComprehension(start);
    } else if (isPatternComprehension()) {
      return patternComprehension(start);
    }
    in.skip();
    return listLiteral(start);
  }

  private boolean isPatternComprehension() {
    int at = in.position() + 1;
    if (in.isVariable(1) && in.kind(2) == TokenKind.EQUAL) {
      at += 2;
    }
    int end = patterns.pathEnd(at);
    return end >= 0
        && (in.tokens().kind(end) == TokenKind.BAR || in.tokens().keyword(end) == Keyword.WHERE);
  }

  private Expression listLiteral(int start) {
    List<Expression> elements = new ArrayList<>();
    int open = in.position() - 1;
    if (!in.accept(TokenKind.CLOSE_BRACKET)) {
      do {
        TokenStream.Mark mark = in.mark();
        try {
          elements.add(expressions.expression());
          in.expectEnd(TokenKind.CLOSE_BRACKET, "an operator, ',' or ']'");
        } catch (WeftException failure) {
          in.skipElement(failure, open, mark);
        }
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_BRACKET);
    }
    return new ListLiteral(elements, in.spanFrom(start));
  }

  private Expression listComprehension(int start) {
    int bracket = in.position();
    in.skip();
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = expressions.beforeBar(bracket);
    Expression where = in.accept(Keyword.WHERE) ? expressions.beforeBar(bracket) : null;
    Expression projection = in.accept(TokenKind.BAR) ? expressions.expression() : null;
    if (!in.accept(TokenKind.CLOSE_BRACKET)) {
      throw in.unexpected(
          projection != null
              ? "an operator or ']'"
              : where != null ? "an operator, '|' or ']'" : "an operator, WHERE, '|' or ']'");
    }
    return new ListComprehension(variable, list, where, projection, in.spanFrom(start));
  }

  private Expression patternComprehension(int start) {
    int bracket = in.position();
    in.skip();
    Variable path = null;
    if (!in.is(TokenKind.OPEN_PARENTHESIS)) {
      path = in.variable();
      in.expect(TokenKind.EQUAL);
    }
    PathPattern pattern = patterns.path();
    Expression where = in.accept(Keyword.WHERE) ? expressions.beforeBar(bracket) : null;
    in.expect(TokenKind.BAR);
    Expression projection = expressions.expression();
    in.expect(TokenKind.CLOSE_BRACKET);
    return new PatternComprehension(path, pattern, where, projection, in.spanFrom(start));
  }

  /** {@code variable {.key, key: value, .*}}. */
  Expression mapProjection(int start) {
    int outer = in.begin();
    Variable subject = in.variable();
    int open = in.position();
    in.expect(TokenKind.OPEN_BRACE);
    List<MapProjectionItem> items = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_BRACE)) {
      do {
        TokenStream.Mark mark = in.mark();
        try {
          items.add(mapProjectionItem());
          in.expectEnd(TokenKind.CLOSE_BRACE, TokenKind.CLOSE_BRACE.description);
        } catch (WeftException failure) {
          in.skipElement(failure, open, mark);
        }
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_BRACE);
    }
    in.grow();
    in.end(outer);
    return new MapProjection(subject, items, in.spanFrom(start));
  }

  private MapProjectionItem mapProjectionItem() {
    int start = in.start();
    if (in.accept(TokenKind.DOT)) {
      if (in.accept(TokenKind.STAR)) {
        return new MapProjectionItem.AllProperties(in.spanFrom(start));
      }
      String key = in.name("a property key or '*'");
      return new MapProjectionItem.OneProperty(key, in.spanFrom(start));
    }
    if (in.isName(0) && in.kind(1) == TokenKind.COLON) {
      String key = in.name("a property key");
      in.skip();
      Expression value = expressions.expression();
      return new MapProjectionItem.LiteralEntry(key, value, in.spanFrom(start));
    }
    return new MapProjectionItem.VariableEntry(in.variable(), in.spanFrom(start));
  }
}
