package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code [variable =] [selection] path}.
 *
 * @param variable the named path, or null
 * @param count how many paths, or lengths of paths, the selection is of: an integer literal from 1
 *     or a parameter; null where it has no number, which is one
 * @param where a condition inside parentheses around the path, which holds for all paths that are
 *     selected among; or null
 */
public record PatternPart(
    @Nullable Variable variable,
    PathSelection selection,
    @Nullable Expression count,
    PathPattern path,
    @Nullable Expression where,
    Span span)
    implements AstNode {
  public PatternPart {
    Checks.that(
        count == null
            || count instanceof Expression.Parameter
            || count instanceof Expression.IntegerLiteral literal && literal.value() >= 1,
        "selects at least one");
  }

  /** A path without selection. */
  public static PatternPart of(@Nullable Variable variable, PathPattern path, Span span) {
    return new PatternPart(variable, PathSelection.ALL, null, path, null, span);
  }
}
