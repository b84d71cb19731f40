package org.weftdb.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DateTimeValue;
import org.weftdb.value.temporal.DateValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.LocalDateTimeValue;
import org.weftdb.value.temporal.LocalTimeValue;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.TimeValue;

/**
 * The types of Cypher values, in the ascending order in which openCypher sorts values of different
 * types (CIP2016-06-14, orderability).
 *
 * <p>{@link #INTEGER} and {@link #FLOAT} share one {@link #rank()}, because numbers are compared by
 * value. Ranks leave room for types that are yet to come. A float that is not a number ranks behind
 * all numbers, which is the matter of the comparison and not of the type. openCypher knows no
 * vectors and byte strings: vectors stand before points and byte strings before strings.
 */
public enum ValueType {
  MAP(100, "Map"),
  NODE(200, "Node"),
  RELATIONSHIP(300, "Relationship"),
  LIST(400, "List"),
  PATH(500, "Path"),
  VECTOR(503, "Vector"),
  POINT(505, "Point"),
  ZONED_DATETIME(510, "Zoned DateTime"),
  LOCAL_DATETIME(520, "Local DateTime"),
  DATE(530, "Date"),
  ZONED_TIME(540, "Zoned Time"),
  LOCAL_TIME(550, "Local Time"),
  DURATION(560, "Duration"),
  BYTES(580, "Byte String", "BYTES"),
  STRING(600, "String"),
  BOOLEAN(700, "Boolean"),
  INTEGER(800, "Integer"),
  FLOAT(800, "Float"),
  NULL(900, "Null");

  private final int rank;
  private final String displayName;
  private final String typeName;

  ValueType(int rank, String displayName) {
    this(rank, displayName, inCapitals(displayName));
  }

  ValueType(int rank, String displayName, String typeName) {
    this.rank = rank;
    this.displayName = displayName;
    this.typeName = typeName;
  }

  private static String inCapitals(String name) {
    StringBuilder capitals = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      capitals.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
    }
    return capitals.toString();
  }

  /** Where values of this type sort among those of other types; numbers are one rank. */
  public int rank() {
    return rank;
  }

  /** The name for messages, such as {@code Integer}. */
  public String displayName() {
    return displayName;
  }

  /** The name that Cypher has for the type, such as {@code ZONED DATETIME}. */
  public String typeName() {
    return typeName;
  }

  /** Whether this is {@link #INTEGER} or {@link #FLOAT}. */
  public boolean isNumber() {
    return rank == INTEGER.rank;
  }

  /**
   * The type of a value, in either form of an entity.
   *
   * @throws IllegalArgumentException for an object that is no Cypher value
   */
  public static ValueType of(@Nullable Object value) {
    ValueType type = ofOrNull(value);
    if (type == null) {
      throw new IllegalArgumentException("not a Cypher value: " + value);
    }
    return type;
  }

  /** The type of a value, or null for an object that is no Cypher value. */
  public static @Nullable ValueType ofOrNull(@Nullable Object value) {
    if (value == null) {
      return NULL;
    } else if (value instanceof Long) {
      return INTEGER;
    } else if (value instanceof String) {
      return STRING;
    } else if (value instanceof Double) {
      return FLOAT;
    } else if (value instanceof Boolean) {
      return BOOLEAN;
    } else if (value instanceof NodeReference || value instanceof Node) {
      return NODE;
    } else if (value instanceof RelationshipReference || value instanceof Relationship) {
      return RELATIONSHIP;
    } else if (value instanceof List) {
      return LIST;
    } else if (value instanceof Map) {
      return MAP;
    } else if (value instanceof PathReference || value instanceof Path) {
      return PATH;
    } else if (value instanceof TemporalValue temporal) {
      return ofTemporal(temporal);
    } else if (value instanceof DurationValue) {
      return DURATION;
    } else if (value instanceof Point) {
      return POINT;
    } else if (value instanceof VectorValue) {
      return VECTOR;
    } else if (value instanceof ByteString) {
      return BYTES;
    } else {
      return null;
    }
  }

  private static ValueType ofTemporal(TemporalValue value) {
    return switch (value) {
      case DateValue date -> DATE;
      case LocalTimeValue time -> LOCAL_TIME;
      case TimeValue time -> ZONED_TIME;
      case LocalDateTimeValue dateTime -> LOCAL_DATETIME;
      case DateTimeValue dateTime -> ZONED_DATETIME;
    };
  }
}
