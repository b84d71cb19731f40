package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code -[variable:TYPE|TYPE*1..2 {key: value}]->}.
 *
 * @param types any of them is meant; empty means every type
 * @param typeExpression what else is asked of the type, or null
 * @param length null for exactly one relationship; with a length the variable is a list, even when
 *     the length is exactly one
 * @param properties a map literal or a parameter, or null
 * @param where a condition on the relationship, or null; there is none with a length
 */
public record RelationshipPattern(
    @Nullable Variable variable,
    List<String> types,
    @Nullable LabelExpression typeExpression,
    Direction direction,
    @Nullable VariableLength length,
    @Nullable Expression properties,
    @Nullable Expression where,
    Span span)
    implements PathConnection {
  public RelationshipPattern {
    types = List.copyOf(types);
  }

  /** How the relationship runs between the node on its left and the node on its right. */
  public enum Direction {
    /** {@code -->}. */
    LEFT_TO_RIGHT,
    /** {@code <--}. */
    RIGHT_TO_LEFT,
    /** {@code --} and {@code <-->}. */
    EITHER
  }

  /**
   * How many relationships follow one another: {@code *} is 1 to unbounded, {@code *n} exactly n,
   * {@code *..n} 1 to n, {@code *n..} n to unbounded.
   *
   * @param maximum {@link #UNBOUNDED} for no bound; may be below the minimum, and then nothing fits
   */
  public record VariableLength(int minimum, int maximum) {
    /** A maximum that no path reaches. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    public VariableLength {
      Checks.that(minimum >= 0 && maximum >= 0, "a length is not negative");
    }
  }
}
