package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code (variable:Label:Label {key: value} WHERE condition)}.
 *
 * @param labels all of them are meant
 * @param labelExpression what else is asked of the labels, or null
 * @param properties a map literal or a parameter, or null
 * @param where a condition on the node, or null
 */
public record NodePattern(
    @Nullable Variable variable,
    List<String> labels,
    @Nullable LabelExpression labelExpression,
    @Nullable Expression properties,
    @Nullable Expression where,
    Span span)
    implements AstNode {
  public NodePattern {
    labels = List.copyOf(labels);
  }

  /** Whether it says anything of the node but its variable. */
  public boolean describes() {
    return !labels.isEmpty() || labelExpression != null || properties != null || where != null;
  }
}
