package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.CaseBranch;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.BooleanLiteral;
import org.weftdb.cypher.ast.Expression.Case;
import org.weftdb.cypher.ast.Expression.FloatLiteral;
import org.weftdb.cypher.ast.Expression.IntegerLiteral;
import org.weftdb.cypher.ast.Expression.NullLiteral;
import org.weftdb.cypher.ast.Expression.Parameter;
import org.weftdb.cypher.ast.Expression.PatternPredicate;
import org.weftdb.cypher.ast.Expression.StringLiteral;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses operands: literals, parameters, variables, CASE and what brackets hold. */
final class AtomParser {
  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternParser patterns;
  private final CollectionParser collections;
  private final CallParser calls;

  AtomParser(
      SourceText source, TokenStream in, ExpressionParser expressions, PatternParser patterns) {
    this.source = source;
    this.in = in;
    this.expressions = expressions;
    this.patterns = patterns;
    this.collections = new CollectionParser(in, expressions, patterns);
    this.calls = new CallParser(in, expressions, patterns);
  }

  /** What parses lists and maps. */
  CollectionParser collections() {
    return collections;
  }

  /** What parses calls. */
  CallParser calls() {
    return calls;
  }

  /** The operand that starts here, without what may follow it. */
  Expression atom() {
    int start = in.start();
    return switch (in.kind()) {
      case INTEGER, FLOAT -> number(start, false);
      case BAD_NUMBER ->
          throw in.error(
              ErrorCode.INVALID_NUMBER_LITERAL,
              "Not a number, expected digits such as 42, 0x2A, 0o52 or 4.2E1",
              start);
      case STRING -> {
        in.skip();
        yield new StringLiteral(Literals.string(source, start, in.end()), in.spanFrom(start));
      }
      case DOLLAR -> parameter();
      case OPEN_BRACE -> collections.mapLiteral();
      case OPEN_BRACKET -> collections.list();
      case OPEN_PARENTHESIS -> parenthesised();
      case NAME, ESCAPED_NAME -> named();
      default -> throw in.unexpected("an expression");
    };
  }

  /** A number, of which the sign is taken. */
  Expression number(int start, boolean negative) {
    boolean integer = in.is(TokenKind.INTEGER);
    int digits = in.start();
    in.skip();
    Span span = in.spanFrom(start);
    if (integer) {
      return new IntegerLiteral(Literals.integer(source, digits, span.end(), negative), span);
    }
    double value = Literals.floatingPoint(source, digits, span.end());
    return new FloatLiteral(negative ? -value : value, span);
  }

  Parameter parameter() {
    int start = in.start();
    in.expect(TokenKind.DOLLAR);
    if (in.accept(TokenKind.INTEGER)) {
      Span digits = in.spanFrom(start + 1);
      return new Parameter(in.text(digits).trim(), in.spanFrom(start));
    }
    String name = in.name("the name of a parameter");
    return new Parameter(name, in.spanFrom(start));
  }

  private Expression parenthesised() {
    int start = in.start();
    if (patterns.pathIsNext()) {
      return new PatternPredicate(patterns.path(), in.spanFrom(start));
    }
    int open = in.position();
    TokenStream.Mark mark = in.mark();
    in.skip();
    try {
      Expression inner = expressions.expression();
      if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected("an operator or ')'");
      }
      return inner;
    } catch (WeftException failure) {
      in.skipBrackets(failure, open, mark);
      return in.hole();
    }
  }

  // What a name starts.

  private Expression named() {
    int start = in.start();
    Keyword keyword = in.keyword();
    if (keyword != null) {
      Expression special = special(keyword, start);
      if (special != null) {
        return special;
      }
    }
    if (calls.castIsNext()) {
      return calls.special(CallParser.Form.CAST, start);
    }
    if (calls.isFunctionCall()) {
      return calls.functionCall(start);
    }
    if (!in.isVariable(0)) {
      throw in.unexpected("an expression");
    }
    if (in.kind(1) == TokenKind.OPEN_BRACE) {
      return collections.mapProjection(start);
    }
    return in.variable();
  }

  /** What the keyword starts, or null when it is a name here. */
  private @Nullable Expression special(Keyword keyword, int start) {
    boolean opens = in.kind(1) == TokenKind.OPEN_PARENTHESIS;
    switch (keyword) {
      case TRUE, FALSE -> {
        in.skip();
        return new BooleanLiteral(keyword == Keyword.TRUE, in.spanFrom(start));
      }
      case NULL -> {
        in.skip();
        return new NullLiteral(in.spanFrom(start));
      }
      case INF, INFINITY, NAN -> {
        if (calls.isFunctionCall() || in.kind(1) == TokenKind.OPEN_BRACE) {
          return null;
        }
        in.skip();
        double value = keyword == Keyword.NAN ? Double.NaN : Double.POSITIVE_INFINITY;
        return new FloatLiteral(value, in.spanFrom(start));
      }
      case CASE -> {
        return caseExpression(start);
      }
      case EXISTS -> {
        return in.kind(1) == TokenKind.OPEN_BRACE ? calls.subquery(keyword, start) : null;
      }
      case COUNT -> {
        if (calls.isSubquery()) {
          return calls.subquery(keyword, start);
        }
        return opens && in.kind(2) == TokenKind.STAR
            ? calls.special(CallParser.Form.COUNT_STAR, start)
            : null;
      }
      case COLLECT -> {
        return calls.isSubquery() ? calls.subquery(keyword, start) : null;
      }
      case ALL, ANY, NONE, SINGLE -> {
        boolean overList = opens && in.isVariable(2) && in.keyword(3) == Keyword.IN;
        return overList ? calls.special(CallParser.Form.QUANTIFIER, start) : null;
      }
      case REDUCE -> {
        boolean accumulates = opens && in.isVariable(2) && in.kind(3) == TokenKind.EQUAL;
        return accumulates ? calls.special(CallParser.Form.REDUCE, start) : null;
      }
      case SHORTESTPATH, ALLSHORTESTPATHS -> {
        return opens ? calls.special(CallParser.Form.SHORTEST_PATH, start) : null;
      }
      default -> {
        return null;
      }
    }
  }

  private Expression caseExpression(int start) {
    int outer = in.begin();
    in.expect(Keyword.CASE);
    TokenStream.Mark mark = in.mark();
    boolean compares = !in.is(Keyword.WHEN);
    Expression operand = null;
    try {
      operand = compares ? expressions.expression() : null;
      if (!in.is(Keyword.WHEN)) {
        throw in.unexpected(Keyword.WHEN.name());
      }
    } catch (WeftException failure) {
      in.skipBranch(failure, mark);
    }
    List<CaseBranch> branches = new ArrayList<>();
    while (in.is(Keyword.WHEN)) {
      mark = in.mark();
      try {
        branches.add(branch(compares));
      } catch (WeftException failure) {
        in.skipBranch(failure, mark);
      }
    }
    Expression otherwise = null;
    mark = in.mark();
    try {
      otherwise = in.accept(Keyword.ELSE) ? expressions.expression() : null;
      if (!in.is(Keyword.END)) {
        throw in.unexpected(otherwise == null ? "WHEN, ELSE or END" : "END");
      }
    } catch (WeftException failure) {
      in.skipBranch(failure, mark);
    }
    in.expect(Keyword.END);
    in.grow();
    in.end(outer);
    return branches.isEmpty()
        ? in.hole()
        : new Case(operand, branches, otherwise, in.spanFrom(start));
  }

  private CaseBranch branch(boolean compares) {
    int start = in.start();
    in.expect(Keyword.WHEN);
    List<Expression> conditions = new ArrayList<>();
    do {
      conditions.add(compares ? expressions.caseCondition() : expressions.expression());
    } while (compares && in.accept(TokenKind.COMMA));
    in.expect(Keyword.THEN);
    Expression result = expressions.expression();
    if (!in.is(Keyword.WHEN) && !in.is(Keyword.ELSE) && !in.is(Keyword.END)) {
      throw in.unexpected("WHEN, ELSE or END");
    }
    return new CaseBranch(conditions, result, in.spanFrom(start));
  }
}
