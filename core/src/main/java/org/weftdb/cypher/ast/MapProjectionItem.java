package org.weftdb.cypher.ast;

import org.weftdb.cypher.ast.Expression.Variable;

/** One item of {@code variable {item, item}}; a later one replaces an earlier one's key. */
public sealed interface MapProjectionItem extends AstNode {

  /** {@code .*}: all properties. */
  record AllProperties(Span span) implements MapProjectionItem {}

  /** {@code .key}: the property under its own name. */
  record OneProperty(String key, Span span) implements MapProjectionItem {}

  /** {@code other}: the value of a variable under its name. */
  record VariableEntry(Variable variable, Span span) implements MapProjectionItem {}

  /** {@code key: value}. */
  record LiteralEntry(String key, Expression value, Span span) implements MapProjectionItem {}
}
