package org.weftdb.cypher.ast;

import org.jspecify.annotations.Nullable;

/** Prints the statements that change indexes and constraints. */
final class SchemaPrinter {
  private final StringBuilder out;
  private final NamePrinter names;
  private final ExpressionPrinter expressions;

  SchemaPrinter(StringBuilder out, NamePrinter names, ExpressionPrinter expressions) {
    this.out = out;
    this.names = names;
    this.expressions = expressions;
  }

  void drop(String what, Expression name, boolean ifExists) {
    out.append("DROP ").append(what);
    schemaName(name);
    out.append(ifExists ? " IF EXISTS" : "");
  }

  private void schemaName(Expression name) {
    if (name instanceof Expression.StringLiteral text) {
      names.name(text.value());
    } else {
      expressions.print(name);
    }
  }

  private void create(
      String what, @Nullable Expression name, boolean ifNotExists, Statement.Subject subject) {
    out.append("CREATE ").append(what);
    if (name != null) {
      schemaName(name);
      out.append(' ');
    }
    out.append(ifNotExists ? "IF NOT EXISTS FOR " : "FOR ");
    out.append(subject.onRelationships() ? "()-[r" : "(n");
    if (!subject.labelOrType().isEmpty()) {
      out.append(':');
      names.name(subject.labelOrType());
    }
    out.append(subject.onRelationships() ? "]-()" : ")");
  }

  private void properties(Statement.Subject subject) {
    for (int i = 0; i < subject.properties().size(); i++) {
      out.append(i == 0 ? "(" : ", ").append(subject.onRelationships() ? "r." : "n.");
      names.name(subject.properties().get(i));
    }
    out.append(')');
  }

  void createIndex(Statement.CreateIndex create) {
    String kind = create.kind() == Statement.IndexKind.RANGE ? "INDEX " : create.kind() + " INDEX ";
    create(kind, create.name(), create.ifNotExists(), create.subject());
    if (create.kind() == Statement.IndexKind.LOOKUP) {
      out.append(create.subject().onRelationships() ? " ON EACH type(r)" : " ON EACH labels(n)");
    } else {
      out.append(" ON ");
      properties(create.subject());
    }
  }

  void createConstraint(Statement.CreateConstraint create) {
    create("CONSTRAINT ", create.name(), create.ifNotExists(), create.subject());
    out.append(" REQUIRE ");
    properties(create.subject());
    out.append(" IS ").append(create.kind().spelling());
    if (create.type() != null) {
      out.append(' ').append(create.type().text());
    }
  }
}
