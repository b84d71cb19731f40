package org.weftdb.cypher.ast;

import java.util.List;
import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Variable;

/** One change of a SET. */
public sealed interface SetItem extends AstNode {

  /** {@code subject.key = value}. */
  record SetProperty(Property property, Expression value, Span span) implements SetItem {}

  /** {@code variable = value}: the properties become exactly those of the value. */
  record ReplaceProperties(Variable variable, Expression value, Span span) implements SetItem {}

  /** {@code variable += value}: the properties of the value are added or replaced. */
  record AddProperties(Variable variable, Expression value, Span span) implements SetItem {}

  /** {@code variable:Label:Label}. */
  record SetLabels(Variable variable, List<String> labels, Span span) implements SetItem {
    public SetLabels {
      labels = List.copyOf(labels);
      Checks.notEmpty(labels, "no labels");
    }
  }
}
