package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.value.ByteString;
import org.weftdb.value.Node;
import org.weftdb.value.Path;
import org.weftdb.value.Point;
import org.weftdb.value.Relationship;
import org.weftdb.value.VectorValue;

/**
 * The type of a parameter or of a column, as signatures write it: {@code STRING}, {@code INTEGER?},
 * {@code LIST OF STRING}. With a question mark null is of the type too.
 *
 * <p>An integer is of the type FLOAT and becomes a float; NUMBER takes both as they are. What the
 * elements of a {@code LIST} without OF, and the values of a MAP are is not told.
 *
 * @param element the type of a list's elements; null when nothing is said, or for other kinds
 */
public record ProcedureType(Kind kind, boolean nullable, @Nullable ProcedureType element) {
  /** What a value may be. */
  public enum Kind {
    ANY(CypherType.ANY),
    BOOLEAN(CypherType.BOOLEAN),
    INTEGER(CypherType.INTEGER),
    FLOAT(CypherType.NUMBER),
    NUMBER(CypherType.NUMBER),
    STRING(CypherType.STRING),
    LIST(CypherType.LIST),
    MAP(CypherType.MAP),
    NODE(CypherType.NODE),
    RELATIONSHIP(CypherType.RELATIONSHIP),
    PATH(CypherType.PATH),
    POINT(CypherType.POINT),
    VECTOR(CypherType.VECTOR),
    BYTES(CypherType.BYTES);

    private final CypherType analyzed;

    Kind(CypherType analyzed) {
      this.analyzed = analyzed;
    }
  }

  public ProcedureType {
    if (element != null && kind != Kind.LIST) {
      throw new IllegalArgumentException(kind + " has no elements");
    }
  }

  /** Whether a value is of this type, or becomes so by {@link #convert}. */
  public boolean accepts(@Nullable Object value) {
    if (value == null) {
      return nullable;
    }
    return switch (kind) {
      case ANY -> true;
      case BOOLEAN -> value instanceof Boolean;
      case INTEGER -> value instanceof Long;
      case FLOAT, NUMBER -> value instanceof Long || value instanceof Double;
      case STRING -> value instanceof String;
      case LIST -> value instanceof List<?> list && acceptsAll(list);
      case MAP -> value instanceof Map<?, ?>;
      case NODE -> value instanceof Node;
      case RELATIONSHIP -> value instanceof Relationship;
      case PATH -> value instanceof Path;
      case POINT -> value instanceof Point;
      case VECTOR -> value instanceof VectorValue;
      case BYTES -> value instanceof ByteString;
    };
  }

  private boolean acceptsAll(List<?> list) {
    if (element != null) {
      for (Object value : list) {
        if (!element.accepts(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** An accepted value as the type has it: an integer as a float where floats are declared. */
  public @Nullable Object convert(@Nullable Object value) {
    if (kind == Kind.FLOAT && value instanceof Long number) {
      return (double) number;
    }
    if (element == null || !(value instanceof List<?> list)) {
      return value;
    }
    List<@Nullable Object> converted = new ArrayList<>(list.size());
    for (Object each : list) {
      converted.add(element.convert(each));
    }
    return converted;
  }

  /** What the analysis of a query takes it for. */
  CypherType analyzed() {
    return element == null ? kind.analyzed : CypherType.listOf(element.analyzed());
  }

  /** As signatures write it. */
  @Override
  public String toString() {
    return kind.name() + (nullable ? "?" : "") + (element == null ? "" : " OF " + element);
  }
}
