package org.weftdb.cypher.ast;

import java.util.List;
import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Variable;

/** One change of a REMOVE. */
public sealed interface RemoveItem extends AstNode {

  /** {@code subject.key}. */
  record RemoveProperty(Property property, Span span) implements RemoveItem {}

  /** {@code variable:Label:Label}. */
  record RemoveLabels(Variable variable, List<String> labels, Span span) implements RemoveItem {
    public RemoveLabels {
      labels = List.copyOf(labels);
      Checks.notEmpty(labels, "no labels");
    }
  }
}
