package org.weftdb.cypher.semantic;

import org.weftdb.cypher.ast.Expression;

/**
 * One column that a WITH or RETURN makes.
 *
 * @param name the variable after a WITH, the column's name after a RETURN
 * @param expression what is in it; for a variable that came through {@code *}, that variable
 * @param aggregates whether the expression contains an aggregate; if not, it is a grouping key when
 *     the projection aggregates
 * @param type what is known of its values
 */
public record ProjectedColumn(
    String name, Expression expression, boolean aggregates, CypherType type) {

  /** What the variable of this name holds after a WITH. */
  public VariableKind kind() {
    return VariableKind.of(type);
  }
}
