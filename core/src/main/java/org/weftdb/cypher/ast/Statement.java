package org.weftdb.cypher.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.type.TypeExpression;

/** What one text asks for: a query, or a change of the schema. */
public sealed interface Statement extends AstNode permits Query, Statement.SchemaChange {

  /** A change of the indexes or constraints. */
  sealed interface SchemaChange extends Statement {}

  /** What an index can be asked for; the names are their spelling. */
  enum IndexKind {
    RANGE,
    TEXT,
    POINT,
    LOOKUP
  }

  /** What a constraint demands. */
  enum ConstraintKind {
    UNIQUE("UNIQUE"),
    NOT_NULL("NOT NULL"),
    KEY("KEY"),
    TYPE("::");

    private final String spelling;

    ConstraintKind(String spelling) {
      this.spelling = spelling;
    }

    /** How it is written behind {@code IS}. */
    public String spelling() {
      return spelling;
    }
  }

  /**
   * What an index or a constraint is on.
   *
   * @param onRelationships whether it is on relationships, not nodes
   * @param labelOrType the label of the nodes, or the type of the relationships; empty for a LOOKUP
   *     index, which is on all
   * @param properties in their order; none for a LOOKUP index
   */
  record Subject(boolean onRelationships, String labelOrType, List<String> properties) {
    public Subject {
      properties = List.copyOf(properties);
    }
  }

  /**
   * {@code CREATE kind INDEX name IF NOT EXISTS FOR (n:Label) ON (n.property, ...)}, or {@code FOR
   * ()-[r:TYPE]-() ON (r.property, ...)}; a LOOKUP index {@code FOR (n) ON EACH labels(n)}, or
   * {@code FOR ()-[r]-() ON EACH type(r)}.
   *
   * @param name the index's name, a string literal or a parameter, or null when the text gives none
   * @param ifNotExists whether an existing index is no error
   */
  record CreateIndex(
      @Nullable Expression name, boolean ifNotExists, IndexKind kind, Subject subject, Span span)
      implements SchemaChange {}

  /**
   * {@code DROP INDEX name IF EXISTS}.
   *
   * @param name a string literal or a parameter
   * @param ifExists whether a missing index is no error
   */
  record DropIndex(Expression name, boolean ifExists, Span span) implements SchemaChange {}

  /**
   * {@code CREATE CONSTRAINT name IF NOT EXISTS FOR (n:Label) REQUIRE (n.property, ...) IS UNIQUE},
   * and the like for relationships and other kinds.
   *
   * @param name the constraint's name, a string literal or a parameter, or null when the text gives
   *     none
   * @param ifNotExists whether an existing constraint is no error
   * @param type the type that a property is to have, or null for other kinds
   */
  record CreateConstraint(
      @Nullable Expression name,
      boolean ifNotExists,
      ConstraintKind kind,
      Subject subject,
      @Nullable TypeExpression type,
      Span span)
      implements SchemaChange {}

  /**
   * {@code DROP CONSTRAINT name IF EXISTS}.
   *
   * @param name a string literal or a parameter
   * @param ifExists whether a missing constraint is no error
   */
  record DropConstraint(Expression name, boolean ifExists, Span span) implements SchemaChange {}
}
