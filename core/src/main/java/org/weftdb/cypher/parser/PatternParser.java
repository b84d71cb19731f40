package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RelationshipPattern.Direction;
import org.weftdb.cypher.ast.RelationshipPattern.VariableLength;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.error.ErrorCode;

/** Parses patterns, and tells by looking ahead whether brackets hold one. */
final class PatternParser {
  private static final int NONE = -1;
  private static final int MAX_LENGTH_BOUND = 1_000_000_000;

  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;

  PatternParser(SourceText source, TokenStream in, ExpressionParser expressions) {
    this.source = source;
    this.in = in;
    this.expressions = expressions;
  }

  Pattern pattern() {
    int start = in.start();
    List<PatternPart> parts = new ArrayList<>();
    do {
      parts.add(part());
    } while (in.accept(TokenKind.COMMA));
    return new Pattern(parts, in.spanFrom(start));
  }

  PatternPart part() {
    int start = in.start();
    Variable variable = null;
    if (in.isVariable(0) && in.kind(1) == TokenKind.EQUAL) {
      variable = in.variable();
      in.skip();
    }
    PathSelection selection = selection();
    if (selection == PathSelection.ALL) {
      return new PatternPart(variable, selection, path(), in.spanFrom(start));
    }
    PathPattern path = selectedPath();
    return new PatternPart(variable, selection, path, in.spanFrom(start));
  }

  /** Whether {@code shortestPath(} or {@code allShortestPaths(} comes next. */
  PathSelection selection() {
    if (in.kind(1) == TokenKind.OPEN_PARENTHESIS) {
      if (in.is(Keyword.SHORTESTPATH)) {
        return PathSelection.SHORTEST;
      }
      if (in.is(Keyword.ALLSHORTESTPATHS)) {
        return PathSelection.ALL_SHORTEST;
      }
    }
    return PathSelection.ALL;
  }

  PathPattern selectedPath() {
    in.skip();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    PathPattern path = path();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return path;
  }

  PathPattern path() {
    int start = in.start();
    List<NodePattern> nodes = new ArrayList<>();
    List<RelationshipPattern> relationships = new ArrayList<>();
    int outer = in.begin();
    nodes.add(node());
    while (in.is(TokenKind.MINUS) || in.is(TokenKind.LESS)) {
      relationships.add(relationship());
      nodes.add(node());
    }
    in.grow();
    in.end(outer);
    return new PathPattern(nodes, relationships, in.spanFrom(start));
  }

  private NodePattern node() {
    int start = in.start();
    if (!in.accept(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected("a node pattern such as (n:Label)");
    }
    Variable variable = in.isVariable(0) ? in.variable() : null;
    List<String> labels = new ArrayList<>();
    while (in.accept(TokenKind.COLON)) {
      labels.add(in.name("a label"));
    }
    Expression properties = properties();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected(
          properties == null
              ? variable == null && labels.isEmpty()
                  ? "a variable, ':', '{' or ')'"
                  : "':', '{' or ')'"
              : "')'");
    }
    return new NodePattern(variable, labels, properties, in.spanFrom(start));
  }

  private @Nullable Expression properties() {
    if (in.is(TokenKind.OPEN_BRACE)) {
      return expressions.mapLiteral();
    }
    return in.is(TokenKind.DOLLAR) ? expressions.parameter() : null;
  }

  private RelationshipPattern relationship() {
    int start = in.start();
    boolean leftArrow = in.accept(TokenKind.LESS);
    in.expect(TokenKind.MINUS);
    Variable variable = null;
    List<String> types = List.of();
    VariableLength length = null;
    Expression properties = null;
    if (in.accept(TokenKind.OPEN_BRACKET)) {
      variable = in.isVariable(0) ? in.variable() : null;
      types = types();
      length = length();
      properties = properties();
      if (!in.accept(TokenKind.CLOSE_BRACKET)) {
        if (in.is(TokenKind.DOTS) && length == null) {
          throw in.error(
              ErrorCode.INVALID_RELATIONSHIP_PATTERN,
              "A range of lengths starts with an asterisk, expected '*'",
              in.start());
        }
        throw in.unexpected("']' to end the relationship pattern");
      }
      in.expect(TokenKind.MINUS);
    } else if (!in.accept(TokenKind.MINUS)) {
      throw in.unexpected("'-' or '[' to go on with the relationship pattern");
    }
    boolean rightArrow = in.accept(TokenKind.GREATER);
    Direction direction =
        leftArrow == rightArrow
            ? Direction.EITHER
            : leftArrow ? Direction.RIGHT_TO_LEFT : Direction.LEFT_TO_RIGHT;
    return new RelationshipPattern(
        variable, types, direction, length, properties, in.spanFrom(start));
  }

  private List<String> types() {
    List<String> types = new ArrayList<>();
    if (in.accept(TokenKind.COLON)) {
      types.add(in.name("a relationship type"));
      while (in.accept(TokenKind.BAR)) {
        in.accept(TokenKind.COLON);
        types.add(in.name("a relationship type"));
      }
    }
    return types;
  }

  private @Nullable VariableLength length() {
    if (!in.accept(TokenKind.STAR)) {
      return null;
    }
    int minimum = bound();
    if (!in.accept(TokenKind.DOTS)) {
      return minimum == NONE
          ? new VariableLength(1, VariableLength.UNBOUNDED)
          : new VariableLength(minimum, minimum);
    }
    int maximum = bound();
    return new VariableLength(
        minimum == NONE ? 1 : minimum, maximum == NONE ? VariableLength.UNBOUNDED : maximum);
  }

  private int bound() {
    if (in.is(TokenKind.MINUS)) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The length of a path is not negative, expected an integer from 0",
          in.start());
    }
    if (in.is(TokenKind.FLOAT) || in.is(TokenKind.DOLLAR)) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The length of a path is written as an integer, expected digits",
          in.start());
    }
    if (!in.is(TokenKind.INTEGER)) {
      return NONE;
    }
    int start = in.start();
    in.skip();
    long value = Literals.integer(source, start, in.end(), false);
    if (value > MAX_LENGTH_BOUND) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "The length of a path is too large, expected at most " + MAX_LENGTH_BOUND,
          start);
    }
    return (int) value;
  }

  // Looking ahead. Brackets are jumped over, so that each look costs no more than the chain is
  // long.

  /** Whether a path with at least one relationship comes next. */
  boolean pathIsNext() {
    return pathEnd(in.position()) != NONE;
  }

  /** The index of the token after a path with at least one relationship, or NONE. */
  int pathEnd(int index) {
    int at = nodeEnd(index);
    int end = NONE;
    while (at != NONE) {
      at = relationshipEnd(at);
      at = at == NONE ? NONE : nodeEnd(at);
      end = at == NONE ? end : at;
    }
    return end;
  }

  private int nodeEnd(int index) {
    Tokens tokens = in.tokens();
    if (tokens.kind(index) != TokenKind.OPEN_PARENTHESIS) {
      return NONE;
    }
    int close = tokens.match(index);
    int at = index + 1;
    if (isName(tokens.kind(at))) {
      at++;
    }
    while (tokens.kind(at) == TokenKind.COLON && isName(tokens.kind(at + 1))) {
      at += 2;
    }
    if (tokens.kind(at) == TokenKind.OPEN_BRACE) {
      at = tokens.match(at) + 1;
    } else if (tokens.kind(at) == TokenKind.DOLLAR) {
      at += 2;
    }
    return at == close ? close + 1 : NONE;
  }

  private int relationshipEnd(int index) {
    Tokens tokens = in.tokens();
    int at = index;
    if (tokens.kind(at) == TokenKind.LESS) {
      at++;
    }
    if (tokens.kind(at) != TokenKind.MINUS) {
      return NONE;
    }
    at++;
    if (tokens.kind(at) == TokenKind.OPEN_BRACKET) {
      if (tokens.match(at) < 0) {
        return NONE;
      }
      at = tokens.match(at) + 1;
    }
    if (tokens.kind(at) != TokenKind.MINUS) {
      return NONE;
    }
    at++;
    return tokens.kind(at) == TokenKind.GREATER ? at + 1 : at;
  }

  private static boolean isName(TokenKind kind) {
    return kind == TokenKind.NAME || kind == TokenKind.ESCAPED_NAME;
  }
}
