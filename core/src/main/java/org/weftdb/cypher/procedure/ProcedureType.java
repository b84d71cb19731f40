package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.value.ValueType;

/**
 * The type of a parameter or of a column, as signatures write it: {@code STRING}, {@code INTEGER?},
 * {@code LOCAL TIME}, {@code LIST OF STRING}. With a question mark null is of the type too.
 *
 * <p>An integer is of the type FLOAT and becomes a float; NUMBER takes both as they are. What the
 * elements of a {@code LIST} without OF, and the values of a MAP are is not told.
 *
 * @param element the type of a list's elements; null when nothing is said, or for other kinds
 */
public record ProcedureType(Kind kind, boolean nullable, @Nullable ProcedureType element) {
  /** What a value may be. */
  public enum Kind {
    ANY(CypherType.ANY, null),
    BOOLEAN(CypherType.BOOLEAN, ValueType.BOOLEAN),
    INTEGER(CypherType.INTEGER, ValueType.INTEGER),
    FLOAT(CypherType.NUMBER, null),
    NUMBER(CypherType.NUMBER, null),
    STRING(CypherType.STRING, ValueType.STRING),
    LIST(CypherType.LIST, ValueType.LIST),
    MAP(CypherType.MAP, ValueType.MAP),
    NODE(CypherType.NODE, ValueType.NODE),
    RELATIONSHIP(CypherType.RELATIONSHIP, ValueType.RELATIONSHIP),
    PATH(CypherType.PATH, ValueType.PATH),
    DATE(CypherType.TEMPORAL, ValueType.DATE),
    LOCAL_TIME(CypherType.TEMPORAL, ValueType.LOCAL_TIME),
    ZONED_TIME(CypherType.TEMPORAL, ValueType.ZONED_TIME),
    LOCAL_DATETIME(CypherType.TEMPORAL, ValueType.LOCAL_DATETIME),
    ZONED_DATETIME(CypherType.TEMPORAL, ValueType.ZONED_DATETIME),
    DURATION(CypherType.DURATION, ValueType.DURATION),
    POINT(CypherType.POINT, ValueType.POINT),
    VECTOR(CypherType.VECTOR, ValueType.VECTOR),
    BYTES(CypherType.BYTES, ValueType.BYTES);

    private final CypherType analyzed;

    /** The one type of its values; null when there are several. */
    private final @Nullable ValueType valueType;

    Kind(CypherType analyzed, @Nullable ValueType valueType) {
      this.analyzed = analyzed;
      this.valueType = valueType;
    }

    /** As signatures write it, in one word or two. */
    String text() {
      return valueType == null ? name() : valueType.typeName();
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
      case FLOAT, NUMBER -> value instanceof Long || value instanceof Double;
      case LIST -> value instanceof List<?> list && acceptsAll(list);
      default -> ValueType.ofOrNull(value) == kind.valueType;
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
    return kind.text() + (nullable ? "?" : "") + (element == null ? "" : " OF " + element);
  }
}
