package org.weftdb.cypher.semantic;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;

/**
 * What an expression may use around a projection that groups rows or makes them distinct.
 *
 * <p>Two cases. An <em>item</em> of the projection that aggregates sees the rows before it, but
 * outside its aggregates only what is the same in all rows of a group. What comes <em>after</em>
 * the projection (ORDER BY, and WHERE of WITH) sees its columns and may repeat their expressions.
 *
 * @param input the scope of the rows before the projection
 * @param after whether the expression comes after the projection
 * @param aggregating whether the expression has an aggregate; then only variables, properties and
 *     aggregates of the projection are recognised in it, nothing larger
 * @param columns the printed expressions that may be repeated, and their types
 * @param groupingVariables the variables that are grouping keys
 * @param mentioned the variables that occur anywhere in the grouping keys
 */
record Visibility(
    Scope input,
    boolean after,
    boolean aggregating,
    Map<String, CypherType> columns,
    Set<String> groupingVariables,
    Set<String> mentioned) {

  /** Whether an expression of this form may be one that the projection has. */
  boolean canRepeat(Expression expression, boolean isAggregate) {
    if (expression instanceof Expression.Property property) {
      return !aggregating || isPropertyOfVariable(property);
    }
    if (!after) {
      return false;
    }
    return !aggregating || isAggregate || expression instanceof Expression.Variable;
  }

  private static boolean isPropertyOfVariable(Expression.Property property) {
    Expression subject = property.subject();
    while (subject instanceof Expression.Property inner) {
      subject = inner.subject();
    }
    return subject instanceof Expression.Variable;
  }

  @Nullable CypherType column(String printed) {
    return columns.get(printed);
  }
}
