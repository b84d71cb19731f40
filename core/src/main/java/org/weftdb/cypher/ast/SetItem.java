package org.weftdb.cypher.ast;

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

  /** {@code variable[key] = value}: the property of a computed name. */
  record SetDynamicProperty(Expression.Subscript property, Expression value, Span span)
      implements SetItem {}

  /** {@code variable:Label:Label}; names and computed names only. */
  record SetLabels(Variable variable, LabelExpression labels, Span span) implements SetItem {
    public SetLabels {
      Checks.that(labels.isEnumeration(), "not labels that can be set");
    }
  }
}
