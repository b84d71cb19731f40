package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Cast;
import org.weftdb.cypher.ast.Expression.CollectSubquery;
import org.weftdb.cypher.ast.Expression.CountStar;
import org.weftdb.cypher.ast.Expression.CountSubquery;
import org.weftdb.cypher.ast.Expression.ExistsSubquery;
import org.weftdb.cypher.ast.Expression.FunctionCall;
import org.weftdb.cypher.ast.Expression.Quantifier;
import org.weftdb.cypher.ast.Expression.QuantifierKind;
import org.weftdb.cypher.ast.Expression.Reduce;
import org.weftdb.cypher.ast.Expression.ShortestPath;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.TypeExpression;

/** Parses calls of functions, and what looks like one: casts, quantifiers, REDUCE, subqueries. */
final class CallParser {
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;
  private final TextSyntax texts;
  private final VectorSyntax vectors;

  CallParser(TokenStream in, ExpressionParser expressions, PatternParser patterns) {
    this.in = in;
    this.expressions = expressions;
    this.patterns = patterns;
    this.texts = new TextSyntax(in, expressions);
    this.vectors = new VectorSyntax(in, expressions);
  }

  /** What has a grammar of its own between its parentheses. */
  enum Form {
    CAST,
    COUNT_STAR,
    QUANTIFIER,
    REDUCE,
    SHORTEST_PATH
  }

  /** What has a grammar of its own between its parentheses. */
  Expression special(Form form, int start) {
    int open = in.position() + 1;
    TokenStream.Mark mark = in.mark();
    try {
      return switch (form) {
        case CAST -> cast(start);
        case COUNT_STAR -> countStar(start);
        case QUANTIFIER -> quantifier(start);
        case REDUCE -> reduce(start);
        case SHORTEST_PATH -> shortestPath(start);
      };
    } catch (WeftException failure) {
      in.skipBrackets(failure, open, mark);
      return in.hole();
    }
  }

  /** Whether {@code CAST(} or {@code TRY_CAST(} comes next. */
  boolean castIsNext() {
    return in.kind(1) == TokenKind.OPEN_PARENTHESIS
        && (in.isWord("CAST", 0) || in.isWord("TRY_CAST", 0));
  }

  /** {@code CAST(operand AS type)} and {@code TRY_CAST(operand AS type)}. */
  private Expression cast(int start) {
    int outer = in.begin();
    boolean orNull = in.isWord("TRY_CAST", 0);
    in.skip();
    in.skip();
    Expression operand = expressions.expression();
    if (!in.accept(Keyword.AS)) {
      throw in.unexpected("an operator or AS");
    }
    TypeExpression type = expressions.types().type(true);
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Cast(operand, type, orNull, in.spanFrom(start));
  }

  private Expression countStar(int start) {
    in.skip();
    in.skip();
    in.skip();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new CountStar(in.spanFrom(start));
  }

  /** A variable of that name with a map projection begins with a dot behind the brace. */
  boolean isSubquery() {
    return in.kind(1) == TokenKind.OPEN_BRACE && in.kind(2) != TokenKind.DOT;
  }

  Expression subquery(Keyword keyword, int start) {
    in.skip();
    int brace = in.position();
    TokenStream.Mark mark = in.mark();
    Query query;
    try {
      query = inBraces(keyword, brace);
    } catch (WeftException failure) {
      in.skipBrackets(failure, brace, mark);
      return in.hole();
    }
    Span span = in.spanFrom(start);
    return switch (keyword) {
      case COUNT -> new CountSubquery(query, span);
      case COLLECT -> new CollectSubquery(query, span);
      default -> new ExistsSubquery(query, span);
    };
  }

  private Query inBraces(Keyword keyword, int brace) {
    in.descend();
    int outer = in.begin();
    in.expect(TokenKind.OPEN_BRACE);
    ClauseParser clauses = expressions.clauses();
    Query query = keyword == Keyword.COLLECT ? clauses.query(brace) : clauses.subquery(brace);
    in.expect(TokenKind.CLOSE_BRACE);
    in.grow();
    in.end(outer);
    in.ascend();
    return query;
  }

  private Expression quantifier(int start) {
    QuantifierKind kind =
        switch (in.keyword()) {
          case ALL -> QuantifierKind.ALL;
          case ANY -> QuantifierKind.ANY;
          case NONE -> QuantifierKind.NONE;
          case null, default -> QuantifierKind.SINGLE;
        };
    int outer = in.begin();
    in.skip();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = expressions.expression();
    in.expect(Keyword.WHERE);
    Expression condition = expressions.expression();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Quantifier(kind, variable, list, condition, in.spanFrom(start));
  }

  private Expression reduce(int start) {
    int outer = in.begin();
    in.skip();
    int bracket = in.position();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Variable accumulator = in.variable();
    in.expect(TokenKind.EQUAL);
    Expression initial = expressions.expression();
    in.expect(TokenKind.COMMA);
    Variable variable = in.variable();
    in.expect(Keyword.IN);
    Expression list = expressions.beforeBar(bracket);
    in.expect(TokenKind.BAR);
    Expression step = expressions.expression();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    in.grow();
    in.end(outer);
    return new Reduce(accumulator, initial, variable, list, step, in.spanFrom(start));
  }

  private Expression shortestPath(int start) {
    PathSelection selection = patterns.selection();
    PathPattern pattern = patterns.selectedPath();
    return new ShortestPath(selection, pattern, in.spanFrom(start));
  }

  boolean isFunctionCall() {
    int ahead = 0;
    Keyword keyword = in.keyword();
    if (keyword != null && keyword.reserved && in.kind(1) != TokenKind.DOT) {
      return false;
    }
    while (in.kind(ahead + 1) == TokenKind.DOT && in.isName(ahead + 2)) {
      ahead += 2;
    }
    return in.kind(ahead + 1) == TokenKind.OPEN_PARENTHESIS;
  }

  Expression functionCall(int start) {
    int outer = in.begin();
    String name = qualifiedName("a function");
    int open = in.position();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Expression call;
    boolean words = texts.isFor(name) || vectors.isFor(name);
    if (words && !in.is(Keyword.DISTINCT)) {
      TokenStream.Mark mark = in.mark();
      try {
        call = texts.isFor(name) ? texts.call(name, start) : vectors.call(name, start);
      } catch (WeftException failure) {
        in.skipBrackets(failure, open, mark);
        call = in.hole();
      }
    } else {
      boolean distinct = in.accept(Keyword.DISTINCT);
      List<Expression> arguments = arguments(open);
      call = new FunctionCall(name, distinct, arguments, in.spanFrom(start));
    }
    in.grow();
    in.end(outer);
    return call;
  }

  String qualifiedName(String expected) {
    String first = in.name(expected);
    if (!in.is(TokenKind.DOT)) {
      return first;
    }
    StringBuilder name = new StringBuilder(first);
    while (in.accept(TokenKind.DOT)) {
      name.append('.').append(in.name(expected));
    }
    return name.toString();
  }

  /**
   * Arguments and the parenthesis that closes them.
   *
   * @param open the parenthesis that opens them
   */
  List<Expression> arguments(int open) {
    List<Expression> arguments = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      do {
        TokenStream.Mark mark = in.mark();
        try {
          arguments.add(expressions.expression());
          in.expectEnd(TokenKind.CLOSE_PARENTHESIS, "an operator, ',' or ')'");
        } catch (WeftException failure) {
          in.skipElement(failure, open, mark);
        }
      } while (in.accept(TokenKind.COMMA));
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
    return arguments;
  }
}
