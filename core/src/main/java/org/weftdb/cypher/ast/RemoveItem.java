package org.weftdb.cypher.ast;

import org.weftdb.cypher.ast.Expression.Property;
import org.weftdb.cypher.ast.Expression.Variable;

/** One change of a REMOVE. */
public sealed interface RemoveItem extends AstNode {

  /** {@code subject.key}. */
  record RemoveProperty(Property property, Span span) implements RemoveItem {}

  /** {@code variable[key]}: the property of a computed name. */
  record RemoveDynamicProperty(Expression.Subscript property, Span span) implements RemoveItem {}

  /** {@code variable:Label:Label}; names and computed names only. */
  record RemoveLabels(Variable variable, LabelExpression labels, Span span) implements RemoveItem {
    public RemoveLabels {
      Checks.that(labels.isEnumeration(), "not labels that can be removed");
    }
  }
}
