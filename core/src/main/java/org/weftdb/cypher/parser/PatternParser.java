package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.NodePattern;
import org.weftdb.cypher.ast.PathConnection;
import org.weftdb.cypher.ast.PathPattern;
import org.weftdb.cypher.ast.PathSelection;
import org.weftdb.cypher.ast.Pattern;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.QuantifiedPath;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.cypher.ast.SourceText;
import org.weftdb.cypher.ast.Span;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Parses patterns: paths, repetitions in them and selections among them. */
final class PatternParser {
  private final SourceText source;
  private final TokenStream in;
  private final ExpressionParser expressions;
  private final PatternLookahead ahead;
  private final ElementParser elements;

  PatternParser(SourceText source, TokenStream in, ExpressionParser expressions) {
    this.source = source;
    this.in = in;
    this.expressions = expressions;
    this.ahead = new PatternLookahead(in.tokens());
    this.elements = new ElementParser(source, in, expressions);
  }

  /** Whether a path with at least one relationship comes next. */
  boolean pathIsNext() {
    return ahead.pathEnd(in.position()) != PatternLookahead.NONE;
  }

  /** The token behind a path with at least one relationship, or a negative number. */
  int pathEnd(int index) {
    return ahead.pathEnd(index);
  }

  /**
   * Patterns with commas between them.
   *
   * @param selects whether a selection among paths may stand before one
   */
  Pattern pattern(boolean selects) {
    int start = in.start();
    List<PatternPart> parts = new ArrayList<>();
    do {
      TokenStream.Mark mark = in.mark();
      try {
        parts.add(part(selects));
      } catch (WeftException failure) {
        in.skipItem(failure, mark);
        PathPattern path =
            new PathPattern(List.of(elements.anonymousNode()), List.of(), in.hole().span());
        parts.add(PatternPart.of(null, path, path.span()));
      }
    } while (in.accept(TokenKind.COMMA));
    return new Pattern(parts, in.spanFrom(start));
  }

  /** Whether a selection among paths comes next, or how relationships may occur. */
  boolean isSelectionOrMode() {
    return in.is(Keyword.SHORTEST)
        || in.is(Keyword.ANY)
        || in.is(Keyword.ALL)
        || in.is(Keyword.DIFFERENT)
        || in.keyword() == Keyword.REPEATABLE;
  }

  /** {@code DIFFERENT RELATIONSHIPS}, which is how relationships are matched in any case. */
  void matchMode() {
    if (in.kind(1) == TokenKind.EQUAL) {
      return;
    }
    int start = in.start();
    if (in.accept(Keyword.DIFFERENT)) {
      if (in.accept(Keyword.RELATIONSHIP)) {
        in.accept(Keyword.BINDINGS);
      } else if (!in.accept(Keyword.RELATIONSHIPS)) {
        throw in.unexpected("RELATIONSHIPS");
      }
    } else if (in.keyword() == Keyword.REPEATABLE) {
      throw in.error(
          ErrorCode.NOT_SUPPORTED,
          "REPEATABLE ELEMENTS is not supported: a relationship occurs once in a match, expected"
              + " DIFFERENT RELATIONSHIPS or nothing",
          start);
    }
  }

  PatternPart part(boolean selects) {
    int start = in.start();
    Variable variable = null;
    if (in.isVariable(0) && in.kind(1) == TokenKind.EQUAL) {
      variable = in.variable();
      in.skip();
    }
    PathSelection function = selection();
    if (function != PathSelection.ALL) {
      PathPattern path = selectedPath();
      return new PatternPart(variable, function, null, path, null, in.spanFrom(start));
    }
    PathSelection selection = PathSelection.ALL;
    if (!selects && in.is(TokenKind.END_OF_TEXT)) {
      // A selection elsewhere has an error of its own, but is not what an editor is to offer.
      return part(variable, selection, null, start);
    }
    if (in.accept(Keyword.SHORTEST)) {
      selection = PathSelection.SHORTEST;
    } else if (in.accept(Keyword.ANY)) {
      selection = in.accept(Keyword.SHORTEST) ? PathSelection.SHORTEST : PathSelection.ANY;
    } else if (in.accept(Keyword.ALL)) {
      selection = in.accept(Keyword.SHORTEST) ? PathSelection.ALL_SHORTEST : PathSelection.ALL;
    }
    boolean counts = selection == PathSelection.SHORTEST || selection == PathSelection.ANY;
    Expression count = counts ? count() : null;
    if (!in.accept(Keyword.PATHS)) {
      in.accept(Keyword.PATH);
    }
    if (selection == PathSelection.SHORTEST
        && (in.accept(Keyword.GROUPS) || in.accept(Keyword.GROUP))) {
      selection = PathSelection.SHORTEST_GROUPS;
    }
    return part(variable, selection, count, start);
  }

  private PatternPart part(
      @Nullable Variable variable, PathSelection selection, @Nullable Expression count, int start) {
    boolean parenthesised =
        in.is(TokenKind.OPEN_PARENTHESIS)
            && in.kind(1) == TokenKind.OPEN_PARENTHESIS
            && ahead.quantifiedEnd(in.position()) == PatternLookahead.NONE;
    if (parenthesised) {
      in.skip();
    }
    PathPattern path = path();
    Expression where = parenthesised ? elements.where() : null;
    if (parenthesised && !in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected(where == null ? "WHERE or ')'" : "an operator or ')'");
    }
    return new PatternPart(variable, selection, count, path, where, in.spanFrom(start));
  }

  /** How many paths are selected, or null when no number comes next. */
  private @Nullable Expression count() {
    if (in.is(TokenKind.DOLLAR)) {
      return expressions.atoms().parameter();
    } else if (!in.is(TokenKind.INTEGER)) {
      return null;
    }
    int start = in.start();
    in.skip();
    long count = Literals.integer(source, start, in.end(), false);
    if (count < 1) {
      throw in.error(
          ErrorCode.NEGATIVE_INTEGER_ARGUMENT,
          "A number of paths is positive, expected an integer from 1",
          start);
    }
    return new Expression.IntegerLiteral(count, in.spanFrom(start));
  }

  /** Whether {@code shortestPath(} or {@code allShortestPaths(} comes next. */
  PathSelection selection() {
    if (in.kind(1) == TokenKind.OPEN_PARENTHESIS) {
      if (in.is(Keyword.SHORTESTPATH)) {
        return PathSelection.SHORTEST_PATH;
      }
      if (in.is(Keyword.ALLSHORTESTPATHS)) {
        return PathSelection.ALL_SHORTEST_PATHS;
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
    List<PathConnection> connections = new ArrayList<>();
    int outer = in.begin();
    nodes.add(
        ahead.quantifiedEnd(in.position()) == PatternLookahead.NONE
            ? elements.node()
            : elements.anonymousNode());
    while (true) {
      if (in.is(TokenKind.MINUS) || in.is(TokenKind.LESS)) {
        connections.add(connection());
        nodes.add(elements.node());
      } else if (ahead.quantifiedEnd(in.position()) != PatternLookahead.NONE) {
        connections.add(quantifiedPath());
        boolean more = ahead.quantifiedEnd(in.position()) != PatternLookahead.NONE;
        nodes.add(
            !more && in.is(TokenKind.OPEN_PARENTHESIS)
                ? elements.node()
                : elements.anonymousNode());
      } else {
        break;
      }
    }
    in.grow();
    in.end(outer);
    return new PathPattern(nodes, connections, in.spanFrom(start));
  }

  // Repetitions.

  private PathConnection connection() {
    RelationshipPattern relationship = elements.relationship();
    if (!ahead.isQuantifier(in.position())) {
      return relationship;
    }
    Span span = relationship.span();
    if (relationship.length() != null) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "A relationship pattern with '*' inside is not repeated as well, expected a node",
          in.start());
    }
    NodePattern end = new NodePattern(null, List.of(), null, null, null, span);
    PathPattern repeated = new PathPattern(List.of(end, end), List.of(relationship), span);
    return quantified(repeated, null, span.start());
  }

  private PathConnection quantifiedPath() {
    int start = in.start();
    in.descend();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    PathPattern path = path();
    Expression where = elements.where();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      throw in.unexpected(where == null ? "WHERE or ')'" : "an operator or ')'");
    }
    in.ascend();
    for (PathConnection connection : path.connections()) {
      boolean single =
          connection instanceof RelationshipPattern relationship && relationship.length() == null;
      if (!single) {
        throw in.error(
            ErrorCode.INVALID_RELATIONSHIP_PATTERN,
            "A path that is repeated has single relationships only, expected no repetition inside",
            connection.span().start());
      }
    }
    if (path.connections().isEmpty()) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "A path that is repeated has a relationship, expected one",
          start);
    }
    return quantified(path, where, start);
  }

  private QuantifiedPath quantified(PathPattern path, @Nullable Expression where, int start) {
    int place = in.start();
    int minimum = 0;
    int maximum = QuantifiedPath.UNBOUNDED;
    if (in.accept(TokenKind.PLUS)) {
      minimum = 1;
    } else if (!in.accept(TokenKind.STAR)) {
      in.expect(TokenKind.OPEN_BRACE);
      int first = elements.bound();
      minimum = first == ElementParser.NONE ? 0 : first;
      if (in.accept(TokenKind.COMMA)) {
        int second = elements.bound();
        maximum = second == ElementParser.NONE ? QuantifiedPath.UNBOUNDED : second;
      } else if (first == ElementParser.NONE) {
        throw in.unexpected("a number of repetitions");
      } else {
        maximum = first;
      }
      if (!in.accept(TokenKind.CLOSE_BRACE)) {
        throw in.unexpected("',' or '}' to end the number of repetitions");
      }
    }
    if (maximum < 1 || minimum > maximum) {
      throw in.error(
          ErrorCode.INVALID_RELATIONSHIP_PATTERN,
          "Repeated "
              + minimum
              + " to "
              + maximum
              + " times, expected at least once and a minimum"
              + " that is not above the maximum",
          place);
    }
    return new QuantifiedPath(path, where, minimum, maximum, in.spanFrom(start));
  }
}
