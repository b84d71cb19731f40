package org.weftdb.cypher.function;

/** The groups in which functions are listed; those of Neo4j where it has one. */
public enum FunctionCategory {
  AGGREGATING("Aggregating"),
  PREDICATE("Predicate"),
  SCALAR("Scalar"),
  LIST("List"),
  NUMERIC("Numeric"),
  LOGARITHMIC("Logarithmic"),
  TRIGONOMETRIC("Trigonometric"),
  STRING("String"),
  TEMPORAL("Temporal"),
  DURATION("Duration"),
  SPATIAL("Spatial"),
  VECTOR("Vector"),
  GRAPH("Graph"),
  MAP("Map"),
  BITS("Bits"),
  BYTES("Bytes"),
  CRYPTOGRAPHIC("Cryptographic"),
  JSON("JSON"),
  LOAD_CSV("Load CSV"),
  USER_DEFINED("User defined");

  private final String displayName;

  FunctionCategory(String displayName) {
    this.displayName = displayName;
  }

  /** The name as {@code SHOW FUNCTIONS} gives it. */
  public String displayName() {
    return displayName;
  }
}
