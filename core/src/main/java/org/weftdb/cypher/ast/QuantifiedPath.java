package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code ((a)-[r]->(b) WHERE condition){minimum,maximum}}: a path repeated, each time from where it
 * ended before. {@code -[r]->+} is {@code (()-[r]->())+}. Outside of it, its variables are the
 * lists of what they were.
 *
 * @param path of single relationships only, at least one
 * @param where a condition on each repetition, or null
 * @param maximum {@link #UNBOUNDED} for no bound; at least 1 and not below the minimum
 */
public record QuantifiedPath(
    PathPattern path, @Nullable Expression where, int minimum, int maximum, Span span)
    implements PathConnection {
  /** A maximum that no path reaches. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public QuantifiedPath {
    Checks.that(!path.connections().isEmpty(), "repeats a relationship");
    Checks.that(minimum >= 0 && maximum >= 1 && minimum <= maximum, "bounds of a repetition");
  }
}
