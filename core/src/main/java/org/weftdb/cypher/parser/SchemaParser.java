package org.weftdb.cypher.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.Expression;
import org.weftdb.cypher.ast.Expression.Variable;
import org.weftdb.cypher.ast.Statement;
import org.weftdb.cypher.ast.Statement.ConstraintKind;
import org.weftdb.cypher.ast.Statement.IndexKind;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.type.TypeExpression;
import org.weftdb.value.type.TypeKind;

/** Parses the commands that change indexes and constraints. */
final class SchemaParser {
  private static final String CONSTRAINT =
      "UNIQUE, NODE UNIQUE, RELATIONSHIP UNIQUE, NOT NULL, KEY, NODE KEY, RELATIONSHIP KEY or ::"
          + " and a type";

  private final TokenStream in;
  private final ExpressionParser expressions;

  SchemaParser(TokenStream in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /** The command that starts here, or null. */
  @Nullable Statement command() {
    int start = in.start();
    if (in.is(Keyword.DROP)) {
      return drop(start);
    }
    if (!in.is(Keyword.CREATE) || in.kind(2) == TokenKind.EQUAL) {
      return null;
    }
    if (in.kind(1) == TokenKind.END_OF_TEXT) {
      noteCommands();
      return null;
    }
    Keyword what = in.keyword(1);
    if (what == Keyword.CONSTRAINT) {
      in.skip();
      in.skip();
      return createConstraint(start);
    }
    IndexKind kind = IndexKind.RANGE;
    if (what != Keyword.INDEX) {
      if (what == null || in.keyword(2) != Keyword.INDEX && !isKindAtEnd(what)) {
        return null;
      }
      in.skip();
      kind = kind(what);
    }
    in.skip();
    in.expect(Keyword.INDEX);
    return createIndex(kind, start);
  }

  /** Tells an editor what may follow CREATE beside a pattern. */
  private void noteCommands() {
    in.note("INDEX", 1);
    in.note("CONSTRAINT", 1);
    for (IndexKind kind : IndexKind.values()) {
      in.note(kind + " INDEX", 1);
    }
  }

  /** Whether a kind of index is all that the text has behind CREATE: no pattern begins so. */
  private boolean isKindAtEnd(Keyword what) {
    boolean kind =
        switch (what) {
          case RANGE, TEXT, POINT, LOOKUP -> true;
          default -> false;
        };
    return kind && in.kind(2) == TokenKind.END_OF_TEXT;
  }

  private IndexKind kind(Keyword keyword) {
    return switch (keyword) {
      case RANGE -> IndexKind.RANGE;
      case TEXT -> IndexKind.TEXT;
      case POINT -> IndexKind.POINT;
      case LOOKUP -> IndexKind.LOOKUP;
      case FULLTEXT, VECTOR ->
          throw in.error(
              ErrorCode.NOT_SUPPORTED,
              keyword + " indexes are not supported, expected a RANGE, TEXT, POINT or LOOKUP index",
              in.start());
      default -> throw in.unexpected("a RANGE, TEXT, POINT or LOOKUP index");
    };
  }

  private Statement drop(int start) {
    in.skip();
    boolean index = in.accept(Keyword.INDEX);
    if (!index && !in.accept(Keyword.CONSTRAINT)) {
      throw in.unexpected("INDEX or CONSTRAINT");
    }
    Expression name = name(index ? "the name of an index" : "the name of a constraint");
    boolean ifExists = in.accept(Keyword.IF);
    if (ifExists) {
      in.expect(Keyword.EXISTS);
    }
    return index
        ? new Statement.DropIndex(name, ifExists, in.spanFrom(start))
        : new Statement.DropConstraint(name, ifExists, in.spanFrom(start));
  }

  private Expression name(String expected) {
    if (in.is(TokenKind.DOLLAR)) {
      return expressions.atoms().parameter();
    }
    int start = in.start();
    String name = in.name(expected);
    return new Expression.StringLiteral(name, in.spanFrom(start));
  }

  private @Nullable Expression nameOrNull(String what) {
    boolean named = !(in.is(Keyword.IF) && in.keyword(1) == Keyword.NOT) && !isFor();
    return named ? name("the name of " + what + ", IF NOT EXISTS or FOR") : null;
  }

  private boolean isFor() {
    return in.is(Keyword.FOR) && in.kind(1) == TokenKind.OPEN_PARENTHESIS;
  }

  private boolean ifNotExists() {
    if (!in.accept(Keyword.IF)) {
      return false;
    }
    in.expect(Keyword.NOT);
    in.expect(Keyword.EXISTS);
    return true;
  }

  // Indexes.

  private Statement createIndex(IndexKind kind, int start) {
    Expression name = nameOrNull("an index");
    boolean ifNotExists = ifNotExists();
    in.expect(Keyword.FOR);
    Entities entities = entities(kind != IndexKind.LOOKUP);
    in.expect(Keyword.ON);
    List<String> properties = List.of();
    if (kind == IndexKind.LOOKUP) {
      in.expect(Keyword.EACH);
      each(entities);
    } else {
      int place = in.start();
      properties = properties(entities);
      if (kind != IndexKind.RANGE && properties.size() > 1) {
        throw in.error(
            ErrorCode.NOT_SUPPORTED,
            "A " + kind + " index on several properties is not supported, expected one property",
            place);
      }
    }
    options(kind);
    return new Statement.CreateIndex(
        name,
        ifNotExists,
        kind,
        new Statement.Subject(entities.relationships, entities.labelOrType, properties),
        in.spanFrom(start));
  }

  private record Entities(boolean relationships, String labelOrType, Variable variable) {}

  /** {@code (n:Label)} or {@code ()-[r:TYPE]-()}; without a label or type when there is none. */
  private Entities entities(boolean named) {
    in.expect(TokenKind.OPEN_PARENTHESIS);
    boolean relationships = in.accept(TokenKind.CLOSE_PARENTHESIS);
    if (relationships) {
      in.accept(TokenKind.LESS);
      in.expect(TokenKind.MINUS);
      in.expect(TokenKind.OPEN_BRACKET);
    }
    Variable variable = in.variable();
    String labelOrType = "";
    if (named) {
      in.expect(TokenKind.COLON);
      labelOrType = in.name(relationships ? "a relationship type" : "a label");
    }
    if (relationships) {
      in.expect(TokenKind.CLOSE_BRACKET);
      in.expect(TokenKind.MINUS);
      in.accept(TokenKind.GREATER);
      in.expect(TokenKind.OPEN_PARENTHESIS);
    }
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    return new Entities(relationships, labelOrType, variable);
  }

  /** {@code labels(n)} or {@code type(r)}. */
  private void each(Entities entities) {
    String wanted = entities.relationships ? "type" : "labels";
    int place = in.start();
    String function = in.name(wanted);
    if (!function.equalsIgnoreCase(wanted)) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX, "Unexpected '" + function + "', expected " + wanted, place);
    }
    in.expect(TokenKind.OPEN_PARENTHESIS);
    variable(entities);
    in.expect(TokenKind.CLOSE_PARENTHESIS);
  }

  private void variable(Entities entities) {
    Variable again = in.variable();
    if (!again.name().equals(entities.variable.name())) {
      throw in.error(
          ErrorCode.UNDEFINED_VARIABLE,
          "Variable '"
              + again.name()
              + "' is not defined, expected '"
              + entities.variable.name()
              + "'",
          again.span().start());
    }
  }

  /** {@code (n.a, n.b)} or {@code n.a}. */
  private List<String> properties(Entities entities) {
    boolean open = in.accept(TokenKind.OPEN_PARENTHESIS);
    List<String> properties = new ArrayList<>();
    do {
      int place = in.start();
      variable(entities);
      in.expect(TokenKind.DOT);
      String property = in.name("a property key");
      if (properties.contains(property)) {
        throw in.error(
            ErrorCode.UNEXPECTED_SYNTAX,
            "The property '" + property + "' is there twice, expected each once",
            place);
      }
      properties.add(property);
      if (properties.size() > MOST_PROPERTIES) {
        throw in.error(
            ErrorCode.QUERY_TOO_LARGE,
            "There are more than " + MOST_PROPERTIES + " properties",
            place);
      }
    } while (open && in.accept(TokenKind.COMMA));
    if (open) {
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
    return properties;
  }

  private static final int MOST_PROPERTIES = 32;

  /** {@code OPTIONS {indexProvider: ..., indexConfig: ...}}, which has no effect here. */
  private void options(IndexKind kind) {
    if (in.accept(Keyword.OPTIONS)) {
      int place = in.start();
      if (!in.is(TokenKind.OPEN_BRACE) && !in.is(TokenKind.DOLLAR)) {
        throw in.unexpected("'{' and options");
      }
      IndexOptions.check(expressions.operand(), kind, in, place);
    }
  }

  // Constraints.

  private Statement createConstraint(int start) {
    Expression name = nameOrNull("a constraint");
    boolean ifNotExists = ifNotExists();
    in.expect(Keyword.FOR);
    Entities entities = entities(true);
    in.expect(Keyword.REQUIRE);
    int place = in.start();
    List<String> properties = properties(entities);
    ConstraintKind kind = constraintKind(entities);
    boolean single = kind == ConstraintKind.NOT_NULL || kind == ConstraintKind.TYPE;
    if (single && properties.size() > 1) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          kind.spelling() + " of several properties, expected one property",
          place);
    }
    TypeExpression type = kind == ConstraintKind.TYPE ? type() : null;
    options(IndexKind.RANGE);
    return new Statement.CreateConstraint(
        name,
        ifNotExists,
        kind,
        new Statement.Subject(entities.relationships, entities.labelOrType, properties),
        type,
        in.spanFrom(start));
  }

  /** A type that properties can have; null is of it, or there would be nothing to demand. */
  private TypeExpression type() {
    int place = in.start();
    for (TypeKind kind : TypeKind.values()) {
      if (isOfProperty(kind)) {
        in.note(kind.text(), 0);
      }
    }
    TypeExpression type = anyType();
    boolean possible = type.nullable() && !type.alternatives().isEmpty();
    for (TypeExpression.Alternative alternative : type.alternatives()) {
      TypeExpression element = alternative.element();
      possible &= isOfProperty(alternative.kind());
      if (element != null) {
        possible &= !element.alternatives().isEmpty();
        for (TypeExpression.Alternative each : element.alternatives()) {
          possible &= each.kind() != TypeKind.LIST && isOfProperty(each.kind());
        }
      }
    }
    if (!possible) {
      throw in.error(
          ErrorCode.NOT_SUPPORTED,
          "There is no constraint of the type "
              + type.text()
              + ", expected types that properties can have, without NOT NULL, or lists of these",
          place);
    }
    return type;
  }

  /**
   * A type, of which an editor is told nothing: of what types may have elsewhere, not all may here.
   */
  private TypeExpression anyType() {
    Expectations wanted = in.gather(null);
    try {
      return expressions.types().type(true);
    } finally {
      in.gather(wanted);
    }
  }

  private static boolean isOfProperty(TypeKind kind) {
    return switch (kind) {
      case NODE, RELATIONSHIP, MAP, PATH, PROPERTY_VALUE, ANY -> false;
      default -> true;
    };
  }

  private ConstraintKind constraintKind(Entities entities) {
    if (in.is(TokenKind.COLON) && in.kind(1) == TokenKind.COLON) {
      in.skip();
      in.skip();
      return ConstraintKind.TYPE;
    }
    in.expect(Keyword.IS);
    if (in.accept(Keyword.TYPED)) {
      return ConstraintKind.TYPE;
    }
    if (in.accept(TokenKind.COLON)) {
      in.expect(TokenKind.COLON);
      return ConstraintKind.TYPE;
    }
    if (in.accept(Keyword.NOT)) {
      in.expect(Keyword.NULL);
      return ConstraintKind.NOT_NULL;
    }
    boolean node = !entities.relationships && in.accept(Keyword.NODE);
    boolean relationship =
        entities.relationships && (in.accept(Keyword.RELATIONSHIP) || in.accept(Keyword.REL));
    if (!relationship && in.keyword() == Keyword.NODE) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "A constraint on relationships, expected RELATIONSHIP",
          in.start());
    }
    boolean other = in.keyword() == Keyword.RELATIONSHIP || in.keyword() == Keyword.REL;
    if (!node && other) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX, "A constraint on nodes, expected NODE", in.start());
    }
    if (in.accept(Keyword.UNIQUE)) {
      return ConstraintKind.UNIQUE;
    }
    if (in.accept(Keyword.KEY)) {
      return ConstraintKind.KEY;
    }
    throw in.unexpected(node || relationship ? "UNIQUE or KEY" : CONSTRAINT);
  }
}
