package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.FunctionCall;
import org.weftdb.cypher.ast.Expression.StringLiteral;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.VectorMetric;

/**
 * Parses what functions on vectors have in words: {@code vector(list, 3, FLOAT32)}, {@code
 * vector_distance(a, b, COSINE)}, {@code vector_norm(v, EUCLIDEAN)} and their kin in the namespace
 * {@code vector}. A word becomes a string; in its place may stand any expression.
 */
final class VectorSyntax {
  private static final List<String> COORDINATE_TYPES =
      List.of(
          "INTEGER",
          "INTEGER8",
          "INTEGER16",
          "INTEGER32",
          "INTEGER64",
          "INT",
          "INT8",
          "INT16",
          "INT32",
          "INT64",
          "FLOAT",
          "FLOAT32",
          "FLOAT64");

  private final TokenStream in;
  private final ExpressionParser expressions;

  VectorSyntax(TokenStream in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /** Whether a function has a word as its last argument. */
  boolean isFor(String name) {
    return name.equalsIgnoreCase("vector")
        || name.equalsIgnoreCase("vector.coordinates")
        || isForMetric(name);
  }

  private static boolean isForMetric(String name) {
    return name.equalsIgnoreCase("vector_distance")
        || name.equalsIgnoreCase("vector_norm")
        || name.equalsIgnoreCase("vector.distance")
        || name.equalsIgnoreCase("vector.similarity")
        || name.equalsIgnoreCase("vector.norm");
  }

  /** The call of a function with words, behind its parenthesis. */
  FunctionCall call(String name, int start) {
    List<Expression> arguments = new ArrayList<>();
    if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
      do {
        Expression word = arguments.isEmpty() ? null : word(name);
        arguments.add(word == null ? expressions.expression() : word);
      } while (in.accept(TokenKind.COMMA));
      if (!in.accept(TokenKind.CLOSE_PARENTHESIS)) {
        throw in.unexpected("an operator, ',' or ')'");
      }
    }
    return new FunctionCall(name, false, arguments, in.spanFrom(start));
  }

  /** The word that stands before the parenthesis that closes the call, or null. */
  private @Nullable StringLiteral word(String name) {
    int start = in.start();
    if (isForMetric(name)) {
      for (VectorMetric metric : VectorMetric.values()) {
        if (in.isWord(metric.name(), 0) && in.kind(1) == TokenKind.CLOSE_PARENTHESIS) {
          in.skip();
          return new StringLiteral(metric.name(), in.spanFrom(start));
        }
      }
      return null;
    }
    int words = wordsOfType(in);
    if (words == 0 || in.kind(words) != TokenKind.CLOSE_PARENTHESIS) {
      return null;
    }
    CoordinateType type = coordinateType(in);
    return type == null ? null : new StringLiteral(type.text(), in.spanFrom(start));
  }

  /** Of how many words the name of a type of coordinates is that stands here, or 0. */
  private static int wordsOfType(TokenStream in) {
    int words = in.isWord("SIGNED", 0) && in.isWord("INTEGER", 1) ? 2 : 0;
    for (String type : COORDINATE_TYPES) {
      words = in.isWord(type, 0) ? 1 : words;
    }
    boolean notNull =
        words > 0 && in.keyword(words) == Keyword.NOT && in.keyword(words + 1) == Keyword.NULL;
    return notNull ? words + 2 : words;
  }

  /** A type of coordinates with what may stand behind it; null when none is here. */
  static @Nullable CoordinateType coordinateType(TokenStream in) {
    int words = wordsOfType(in);
    if (words == 0) {
      return null;
    }
    CoordinateType found = CoordinateType.INTEGER64;
    for (String type : COORDINATE_TYPES) {
      CoordinateType named = in.isWord(type, 0) ? CoordinateType.ofText(type) : null;
      found = named == null ? found : named;
    }
    for (int i = 0; i < words; i++) {
      in.skip();
    }
    return found;
  }
}
