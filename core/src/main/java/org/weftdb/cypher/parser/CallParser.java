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

  /** Whether {@code CAST(} or {@code TRY_CAST(} comes next. */
  boolean castIsNext() {
    return in.kind(1) == TokenKind.OPEN_PARENTHESIS
        && (in.isWord("CAST", 0) || in.isWord("TRY_CAST", 0));
  }

  /** {@code CAST(operand AS type)} and {@code TRY_CAST(operand AS type)}. */
  Expression cast(int start) {
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

  Expression countStar(int start) {
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
    in.descend();
    int outer = in.begin();
    in.skip();
    in.expect(TokenKind.OPEN_BRACE);
    Query query =
        keyword == Keyword.COLLECT
            ? expressions.clauses().query()
            : expressions.clauses().subquery();
    in.expect(TokenKind.CLOSE_BRACE);
    in.grow();
    in.end(outer);
    in.ascend();
    Span span = in.spanFrom(start);
    return switch (keyword) {
      case COUNT -> new CountSubquery(query, span);
      case COLLECT -> new CollectSubquery(query, span);
      default -> new ExistsSubquery(query, span);
    };
  }

  Expression quantifier(Keyword keyword, int start) {
    QuantifierKind kind =
        switch (keyword) {
          case ALL -> QuantifierKind.ALL;
          case ANY -> QuantifierKind.ANY;
          case NONE -> QuantifierKind.NONE;
          default -> QuantifierKind.SINGLE;
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

  Expression reduce(int start) {
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

  Expression shortestPath(int start) {
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
    in.expect(TokenKind.OPEN_PARENTHESIS);
    if (texts.isFor(name) && !in.is(Keyword.DISTINCT)) {
      FunctionCall call = texts.call(name, start);
      in.grow();
      in.end(outer);
      return call;
    }
    if (vectors.isFor(name) && !in.is(Keyword.DISTINCT)) {
      FunctionCall call = vectors.call(name, start);
      in.grow();
      in.end(outer);
      return call;
    }
    boolean distinct = in.accept(Keyword.DISTINCT);
    List<Expression> arguments = arguments();
    in.grow();
    in.end(outer);
    return new FunctionCall(name, distinct, arguments, in.spanFrom(start));
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

  /** Arguments and the parenthesis that closes them. */
  List<Expression> arguments() {
    List<Expression> arguments = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      do {
        arguments.add(expressions.expression());
      } while (in.accept(TokenKind.COMMA));
      if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected("an operator, ',' or ')'");
      }
    }
    return arguments;
  }
}
