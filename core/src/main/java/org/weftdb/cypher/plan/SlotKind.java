package org.weftdb.cypher.plan;

/** What is known of a slot when planning. Every kind may also hold null. */
public enum SlotKind {
  /** A node; the column holds node ids. */
  NODE,
  /** A relationship; the column holds relationship ids. */
  RELATIONSHIP,
  /** The relationships of a variable-length pattern. */
  RELATIONSHIP_LIST,
  /** A path. */
  PATH,
  /** Anything else, or not known. */
  VALUE
}
