package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression.Variable;

/**
 * One item of a projection.
 *
 * @param alias the variable after AS, or null
 * @param text the expression's text exactly as written
 */
public record ReturnItem(Expression expression, @Nullable Variable alias, String text, Span span)
    implements AstNode {

  /** The alias, a variable's own name, or the item's text exactly as written. */
  public String columnName() {
    if (alias != null) {
      return alias.name();
    }
    return expression instanceof Variable variable ? variable.name() : text;
  }
}
