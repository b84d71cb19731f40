package org.weftdb.cypher.ast;

import org.weftdb.cypher.ast.Expression.Variable;

/**
 * {@code field AS variable} after YIELD.
 *
 * @param field the procedure's result field
 * @param variable the variable it becomes; the same name when there is no AS
 */
public record YieldItem(String field, Variable variable, Span span) implements AstNode {}
