package org.weftdb.cypher.semantic;

/**
 * Something about a query that has a meaning which may be other than what was meant.
 *
 * @param name the name that is meant; for a cartesian product the variables, with commas
 * @param offset where it stands in the text
 */
public record Notice(Kind kind, String name, int offset) {
  /** What may be amiss. */
  public enum Kind {
    /** A label of nodes that are searched for; worth telling while no node has ever had it. */
    LABEL,
    /** The same of a type of relationships. */
    RELATIONSHIP_TYPE,
    /** The same of a key of properties that are read. */
    PROPERTY_KEY,
    /** Patterns of one MATCH that have nothing in common. */
    CARTESIAN_PRODUCT,
    /** A relationship pattern of variable length without a maximum. */
    UNBOUNDED_LENGTH
  }
}
