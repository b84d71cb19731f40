package org.weftdb.cypher.parser;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.CoordinateType;
import org.weftdb.value.Numbers;
import org.weftdb.value.VectorValue;
import org.weftdb.value.type.TypeExpression;
import org.weftdb.value.type.TypeKind;
import org.weftdb.value.type.VectorShape;

/**
 * Parses descriptions of types.
 *
 * <pre>
 * type     = single { '|' single }
 * single   = ( name | ('LIST' | 'ARRAY') '&lt;' type '&gt;' | 'ANY' ['VALUE'] ['&lt;' type '&gt;'] | vector )
 *            { 'NOT' 'NULL' | '!' | 'LIST' | 'ARRAY' }
 * vector   = 'VECTOR' ['&lt;' coordinate ['NOT' 'NULL'] '&gt;'] ['(' dimension ')']
 * </pre>
 *
 * <p>Of alternatives either all have null in them or none has, because {@code INTEGER NOT NULL |
 * STRING} would not say what it seems to.
 */
final class TypeParser {
  private static final String EXPECTED = "a type such as INTEGER, STRING or LIST<FLOAT>";

  private final TokenStream in;

  TypeParser(TokenStream in) {
    this.in = in;
  }

  /**
   * A type.
   *
   * @param bars whether a bar joins alternatives here, and does not end what the type stands in
   */
  TypeExpression type(boolean bars) {
    in.descend();
    int start = in.start();
    TypeExpression type = single();
    while (bars && in.accept(TokenKind.BAR)) {
      TypeExpression next = single();
      if (next.nullable() != type.nullable()) {
        throw in.error(
            ErrorCode.UNEXPECTED_SYNTAX,
            "Of the alternatives of a type all must be NOT NULL or none",
            start);
      }
      type = type.or(next);
    }
    in.ascend();
    return type;
  }

  private TypeExpression single() {
    TypeExpression type = primary();
    int suffixes = 0;
    while (true) {
      boolean last = in.kind(1) == TokenKind.END_OF_TEXT;
      if (in.is(Keyword.NOT) && (last || in.keyword(1) == Keyword.NULL)) {
        in.skip();
        in.expect(Keyword.NULL);
        type = type.notNull();
      } else if (in.accept(TokenKind.EXCLAMATION_MARK)) {
        type = type.notNull();
      } else if (in.acceptWord("LIST") || in.acceptWord("ARRAY")) {
        type = TypeExpression.listOf(type);
        // Each makes the type one level deeper, like brackets do.
        in.descend();
        suffixes++;
      } else {
        for (int i = 0; i < suffixes; i++) {
          in.ascend();
        }
        return type;
      }
    }
  }

  private TypeExpression primary() {
    in.note(Expectations.Kind.TYPE);
    if (in.acceptWord("LIST") || in.acceptWord("ARRAY")) {
      return TypeExpression.listOf(bracketed());
    } else if (in.acceptWord("NULL")) {
      return TypeExpression.NULL;
    } else if (in.acceptWord("NOTHING")) {
      return TypeExpression.NOTHING;
    } else if (in.acceptWord("ANY")) {
      return any();
    } else if (in.acceptWord("VECTOR")) {
      return TypeExpression.ofVectors(shape());
    }
    return named();
  }

  private VectorShape shape() {
    CoordinateType coordinates = null;
    if (in.accept(TokenKind.LESS)) {
      coordinates = VectorSyntax.coordinateType(in);
      if (coordinates == null) {
        throw in.unexpected("INTEGER8, INTEGER16, INTEGER32, INTEGER, FLOAT32 or FLOAT");
      }
      in.expect(TokenKind.GREATER);
    }
    int dimension = 0;
    if (in.accept(TokenKind.OPEN_PARENTHESIS)) {
      dimension = dimension();
      in.expect(TokenKind.CLOSE_PARENTHESIS);
    }
    return new VectorShape(coordinates, dimension);
  }

  private int dimension() {
    int start = in.start();
    if (!in.accept(TokenKind.INTEGER)) {
      throw in.unexpected("a dimension");
    }
    Long wanted = Numbers.tryParseLong(in.text(in.spanFrom(start)));
    if (wanted == null || wanted < 1 || wanted > VectorValue.MAX_DIMENSION) {
      throw in.error(
          ErrorCode.UNEXPECTED_SYNTAX,
          "Unexpected dimension of a vector, expected 1 to " + VectorValue.MAX_DIMENSION,
          start);
    }
    return wanted.intValue();
  }

  private TypeExpression bracketed() {
    in.expect(TokenKind.LESS);
    TypeExpression inner = type(true);
    in.expect(TokenKind.GREATER);
    return inner;
  }

  private TypeExpression any() {
    in.acceptWord("VALUE");
    if (in.is(TokenKind.LESS)) {
      return bracketed();
    }
    if (in.isWord("PROPERTY", 0)
        || in.isWord("NODE", 0)
        || in.isWord("VERTEX", 0)
        || in.isWord("RELATIONSHIP", 0)
        || in.isWord("EDGE", 0)
        || in.isWord("MAP", 0)) {
      return named();
    }
    return TypeExpression.ANY;
  }

  private TypeExpression named() {
    TypeKind kind = kind();
    if (kind == null) {
      throw in.unexpected(EXPECTED);
    }
    return TypeExpression.of(kind);
  }

  private @Nullable TypeKind kind() {
    if (in.acceptWord("BOOL") || in.acceptWord("BOOLEAN")) {
      return TypeKind.BOOLEAN;
    } else if (in.acceptWord("INT") || in.acceptWord("INTEGER")) {
      return TypeKind.INTEGER;
    } else if (in.acceptWord("SIGNED")) {
      if (!in.acceptWord("INTEGER")) {
        throw in.unexpected("INTEGER");
      }
      return TypeKind.INTEGER;
    } else if (in.acceptWord("FLOAT")) {
      return TypeKind.FLOAT;
    } else if (in.acceptWord("STRING") || in.acceptWord("VARCHAR")) {
      return TypeKind.STRING;
    } else if (in.acceptWord("BYTES") || in.acceptWord("VARBINARY")) {
      return TypeKind.BYTES;
    } else if (in.acceptWord("DURATION")) {
      return TypeKind.DURATION;
    } else if (in.acceptWord("POINT")) {
      return TypeKind.POINT;
    } else if (in.acceptWord("NODE") || in.acceptWord("VERTEX")) {
      return TypeKind.NODE;
    } else if (in.acceptWord("RELATIONSHIP") || in.acceptWord("EDGE")) {
      return TypeKind.RELATIONSHIP;
    } else if (in.acceptWord("PATH")) {
      return TypeKind.PATH;
    } else if (in.acceptWord("MAP")) {
      return TypeKind.MAP;
    } else if (in.acceptWord("PROPERTY")) {
      if (!in.acceptWord("VALUE")) {
        throw in.unexpected("VALUE");
      }
      return TypeKind.PROPERTY_VALUE;
    }
    return temporal();
  }

  private @Nullable TypeKind temporal() {
    if (in.acceptWord("DATE")) {
      return TypeKind.DATE;
    } else if (in.acceptWord("LOCAL")) {
      return timeOrDateTime() ? TypeKind.LOCAL_DATETIME : TypeKind.LOCAL_TIME;
    } else if (in.acceptWord("ZONED")) {
      return timeOrDateTime() ? TypeKind.ZONED_DATETIME : TypeKind.ZONED_TIME;
    } else if (in.acceptWord("TIME")) {
      return withZone() ? TypeKind.ZONED_TIME : TypeKind.LOCAL_TIME;
    } else if (in.acceptWord("TIMESTAMP")) {
      return withZone() ? TypeKind.ZONED_DATETIME : TypeKind.LOCAL_DATETIME;
    }
    return null;
  }

  /** Whether DATETIME stands here, and not TIME. */
  private boolean timeOrDateTime() {
    if (in.acceptWord("DATETIME")) {
      return true;
    } else if (in.acceptWord("TIME")) {
      return false;
    }
    throw in.unexpected("TIME or DATETIME");
  }

  /** {@code WITH TIME ZONE} or {@code WITHOUT TIME ZONE} (or {@code TIMEZONE} in one word). */
  private boolean withZone() {
    boolean with = in.acceptWord("WITH");
    if (!with && !in.acceptWord("WITHOUT")) {
      throw in.unexpected("WITH or WITHOUT TIME ZONE");
    }
    if (!in.acceptWord("TIMEZONE")) {
      if (!in.acceptWord("TIME") || !in.acceptWord("ZONE")) {
        throw in.unexpected("TIME ZONE");
      }
    }
    return with;
  }
}
