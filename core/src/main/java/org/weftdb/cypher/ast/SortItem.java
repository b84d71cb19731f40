package org.weftdb.cypher.ast;

/** {@code expression [ASC | DESC]} of an ORDER BY. */
public record SortItem(Expression expression, boolean descending, Span span) implements AstNode {}
