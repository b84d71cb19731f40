package org.weftdb.cypher.semantic;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression's value before the query runs: the set of kinds it may have beside
 * null, and for lists what the elements may be. The empty set is null itself.
 *
 * <p>It is used only to refuse what cannot be right. {@link #ANY} fits everywhere.
 */
public final class CypherType {
  private static final int BOOLEAN_BIT = 1;
  private static final int INTEGER_BIT = 1 << 1;
  private static final int FLOAT_BIT = 1 << 2;
  private static final int STRING_BIT = 1 << 3;
  private static final int LIST_BIT = 1 << 4;
  private static final int MAP_BIT = 1 << 5;
  private static final int NODE_BIT = 1 << 6;
  private static final int RELATIONSHIP_BIT = 1 << 7;
  private static final int PATH_BIT = 1 << 8;
  private static final int TEMPORAL_BIT = 1 << 9;
  private static final int DURATION_BIT = 1 << 10;
  private static final int POINT_BIT = 1 << 11;
  private static final int VECTOR_BIT = 1 << 12;
  private static final int BYTES_BIT = 1 << 13;
  private static final int OTHER_BIT = 1 << 14;
  private static final int ALL_BITS = (1 << 15) - 1;

  private static final String[] NAMES = {
    "a boolean",
    "an integer",
    "a float",
    "a string",
    "a list",
    "a map",
    "a node",
    "a relationship",
    "a path",
    "a temporal value",
    "a duration",
    "a point",
    "a vector",
    "a byte string",
    "another value"
  };

  public static final CypherType ANY = new CypherType(ALL_BITS, null);
  public static final CypherType NULL = new CypherType(0, null);
  public static final CypherType BOOLEAN = new CypherType(BOOLEAN_BIT, null);
  public static final CypherType INTEGER = new CypherType(INTEGER_BIT, null);
  public static final CypherType FLOAT = new CypherType(FLOAT_BIT, null);
  public static final CypherType NUMBER = new CypherType(INTEGER_BIT | FLOAT_BIT, null);
  public static final CypherType STRING = new CypherType(STRING_BIT, null);
  public static final CypherType MAP = new CypherType(MAP_BIT, null);
  public static final CypherType NODE = new CypherType(NODE_BIT, null);
  public static final CypherType RELATIONSHIP = new CypherType(RELATIONSHIP_BIT, null);
  public static final CypherType PATH = new CypherType(PATH_BIT, null);

  /** Dates, times and date-times, with and without zones. */
  public static final CypherType TEMPORAL = new CypherType(TEMPORAL_BIT, null);

  public static final CypherType DURATION = new CypherType(DURATION_BIT, null);
  public static final CypherType POINT = new CypherType(POINT_BIT, null);
  public static final CypherType VECTOR = new CypherType(VECTOR_BIT, null);
  public static final CypherType BYTES = new CypherType(BYTES_BIT, null);

  /** A list of anything. */
  public static final CypherType LIST = new CypherType(LIST_BIT, null);

  /** Nodes and relationships. */
  public static final CypherType ENTITY = NODE.or(RELATIONSHIP);

  private final int bits;
  private final @Nullable CypherType element;

  private CypherType(int bits, @Nullable CypherType element) {
    this.bits = bits;
    this.element = element;
  }

  public static CypherType listOf(CypherType element) {
    return new CypherType(LIST_BIT, element.bits == ALL_BITS ? null : element);
  }

  /** What is of this type or of the other. */
  public CypherType or(CypherType other) {
    boolean thisList = (bits & LIST_BIT) != 0;
    boolean otherList = (other.bits & LIST_BIT) != 0;
    CypherType either = null;
    if (thisList && otherList) {
      either = element == null || other.element == null ? null : element.or(other.element);
    } else if (thisList) {
      either = element;
    } else if (otherList) {
      either = other.element;
    }
    return new CypherType(bits | other.bits, either);
  }

  /** Whether a value may be of both types; null may be of every type. Elements are not compared. */
  public boolean canBe(CypherType other) {
    return bits == 0 || (bits & other.bits) != 0;
  }

  /** Whether every value other than null is of the other type. Elements are not compared. */
  public boolean isAlways(CypherType other) {
    return (bits & ~other.bits) == 0;
  }

  public boolean isNull() {
    return bits == 0;
  }

  /** What an element of a list may be; {@link #ANY} when nothing is known. */
  public CypherType element() {
    if ((bits & LIST_BIT) == 0) {
      return isNull() ? NULL : ANY;
    }
    return element == null ? ANY : element;
  }

  /** For messages: {@code an integer or a string}. */
  public String description() {
    if (bits == ALL_BITS) {
      return "any value";
    }
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < NAMES.length; i++) {
      if ((bits & 1 << i) != 0) {
        names.append(names.length() == 0 ? "" : " or ").append(NAMES[i]);
      }
    }
    return names.length() == 0 ? "null" : names.toString();
  }
}
