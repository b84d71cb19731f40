package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.LabelExpression;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.RelationshipPattern.Direction;
import org.weftdb.cypher.ast.RelationshipPattern.VariableLength;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses the elements of paths: patterns of single nodes and of relationships. */
final class ElementParser {
  static final int NONE = -1;

  private static final int MAX_LENGTH_BOUND = 1_000_000_000;

  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;

  ElementParser(SourceText source, TokenStream in, ExpressionParser expressions) {
    this.source = source;
    this.in = in;
    this.expressions = expressions;
  }

  /** A node that is not written. */
  NodePattern anonymousNode() {
    int here = in.start();
    return new NodePattern(null, List.of(), null, null, null, new Span(here, here));
  }

  NodePattern node() {
    int start = in.start();
    int open = in.position();
    TokenStream.Mark mark = in.mark();
    if (!in.accept(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected("a node pattern such as (n:Label)");
    }
    try {
      return node(start);
    } catch (WeftException failure) {
      in.skipBrackets(failure, open, mark);
      return anonymousNode();
    }
  }

  /** A node from behind its parenthesis on. */
  private NodePattern node(int start) {
    Variable variable = variable();
    LabelExpression labels = beginsLabels() ? expressions.labelExpression("a label") : null;
    Expression properties = properties();
    Expression where = where();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected(
          where != null
              ? "an operator or ')'"
              : properties == null
                  ? variable == null && labels == null
                      ? "a variable, ':', '{' or ')'"
                      : "':', '{' or ')'"
                  : "')'");
    }
    return node(variable, labels, properties, where, in.spanFrom(start));
  }

  private @Nullable Variable variable() {
    return in.isVariable(0) ? in.variable() : null;
  }

  private boolean beginsLabels() {
    return in.accept(TokenKind.COLON) || in.accept(Keyword.IS);
  }

  /** The condition behind WHERE, or null. */
  @Nullable Expression where() {
    return in.accept(Keyword.WHERE) ? expressions.expression() : null;
  }

  /** Names that must all be there are kept apart from whatever else is asked of the labels. */
  private static NodePattern node(
      @Nullable Variable variable,
      @Nullable LabelExpression labels,
      @Nullable Expression properties,
      @Nullable Expression where,
      Span span) {
    List<String> names = new ArrayList<>();
    List<LabelExpression> others = new ArrayList<>();
    for (LabelExpression each : labels == null ? List.<LabelExpression>of() : labels.conjuncts()) {
      if (each instanceof LabelExpression.Name name) {
        names.add(name.name());
      } else {
        others.add(each);
      }
    }
    LabelExpression rest =
        others.size() > 1
            ? new LabelExpression.And(others, span)
            : others.isEmpty() ? null : others.get(0);
    return new NodePattern(variable, names, rest, properties, where, span);
  }

  private @Nullable Expression properties() {
    if (in.is(TokenKind.OPEN_BRACE)) {
      return expressions.atoms().collections().mapLiteral();
    }
    return in.is(TokenKind.DOLLAR) ? expressions.atoms().parameter() : null;
  }

  RelationshipPattern relationship() {
    int start = in.start();
    boolean leftArrow = in.accept(TokenKind.LESS);
    in.expect(TokenKind.MINUS);
    Detail detail = Detail.NONE;
    if (in.is(TokenKind.OPEN_BRACKET)) {
      int open = in.position();
      TokenStream.Mark mark = in.mark();
      try {
        detail = detail();
      } catch (WeftException failure) {
        in.skipBrackets(failure, open, mark);
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
    List<String> names = detail.types == null ? List.of() : names(detail.types);
    return new RelationshipPattern(
        detail.variable,
        names,
        names.isEmpty() ? detail.types : null,
        direction,
        detail.length,
        detail.properties,
        detail.where,
        in.spanFrom(start));
  }

  /** What stands in the brackets of a relationship. */
  private record Detail(
      @Nullable Variable variable,
      @Nullable LabelExpression types,
      @Nullable VariableLength length,
      @Nullable Expression properties,
      @Nullable Expression where) {
    static final Detail NONE = new Detail(null, null, null, null, null);
  }

  private Detail detail() {
    in.expect(TokenKind.OPEN_BRACKET);
    Variable variable = variable();
    LabelExpression types =
        beginsLabels() ? expressions.labelExpression("a relationship type") : null;
    VariableLength length = length();
    Expression properties = properties();
    if (length != null && in.keyword() == Keyword.WHERE) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "A relationship pattern with '*' has no WHERE of its own, expected the condition in"
              + " the WHERE of the clause or a quantified pattern",
          in.start());
    }
    Expression where = length == null ? where() : null;
    if (!in.accept(TokenKind.CLOSE_BRACKET)) {
      if (in.is(TokenKind.DOTS) && length == null) {
        throw in.error(
            ErrorCode.INVALID_RELATIONSHIP_PATTERN,
            "A range of lengths starts with an asterisk, expected '*'",
            in.start());
      }
      throw in.unexpected("']' to end the relationship pattern");
    }
    return new Detail(variable, types, length, properties, where);
  }

  /** The names when any of some names is asked for and nothing else, otherwise none. */
  private static List<String> names(LabelExpression types) {
    List<String> names = new ArrayList<>();
    for (LabelExpression alternative : types.alternatives()) {
      if (!(alternative instanceof LabelExpression.Name name)) {
        return List.of();
      }
      names.add(name.name());
    }
    return names;
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

  /** A number of repetitions, or NONE when none is written. */
  int bound() {
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
}
