package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;

/** What one text asks for: a query, or a change of the schema. */
public sealed interface Statement extends AstNode
    permits Query, Statement.CreateIndex, Statement.DropIndex {

  /**
   * {@code CREATE INDEX name IF NOT EXISTS FOR (n:Label) ON (n.property)}, or {@code FOR
   * ()-[r:TYPE]-() ON (r.property)}.
   *
   * @param name the index's name, or null when the text gives none
   * @param ifNotExists whether an existing index is no error
   * @param onRelationships whether it indexes relationships, not nodes
   * @param labelOrType the label of the nodes, or the type of the relationships
   * @param property the indexed property
   */
  record CreateIndex(
      @Nullable String name,
      boolean ifNotExists,
      boolean onRelationships,
      String labelOrType,
      String property,
      Span span)
      implements Statement {}

  /**
   * {@code DROP INDEX name IF EXISTS}.
   *
   * @param ifExists whether a missing index is no error
   */
  record DropIndex(String name, boolean ifExists, Span span) implements Statement {}
}
