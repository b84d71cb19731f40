package org.weftdb.cypher.ast;

/** {@code key: value} of a map. */
public record MapEntry(String key, Expression value, Span span) implements AstNode {}
