package org.weftdb.cypher.ast;

/** {@code WHEN condition THEN result}; with a CASE operand the condition is what it must equal. */
public record CaseBranch(Expression condition, Expression result, Span span) implements AstNode {}
