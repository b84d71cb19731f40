package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code (variable:Label:Label {key: value})}.
 *
 * @param labels all of them are meant
 * @param properties a map literal or a parameter, or null
 */
public record NodePattern(
    @Nullable Variable variable, List<String> labels, @Nullable Expression properties, Span span)
    implements AstNode {
  public NodePattern {
    labels = List.copyOf(labels);
  }
}
