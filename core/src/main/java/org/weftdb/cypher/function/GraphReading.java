package org.weftdb.cypher.function;

/**
 * What a function reads of the graph through the entities that it is given, as far as SET and
 * REMOVE can change it: a query must not let a call see changes that come behind it.
 */
public enum GraphReading {
  /** Nothing but values, identities, types and ends. */
  NOTHING,
  LABELS,
  PROPERTIES
}
