package org.weftdb.cypher.semantic;

/** What a variable is known to hold, when it is not null. */
public enum VariableKind {
  NODE,
  RELATIONSHIP,
  /** The relationships of a variable-length pattern, or a list of relationships. */
  RELATIONSHIP_LIST,
  PATH,
  /** Anything, the others included. */
  VALUE;

  static VariableKind of(CypherType type) {
    if (type.isNull()) {
      return VALUE;
    }
    if (type.isAlways(CypherType.NODE)) {
      return NODE;
    }
    if (type.isAlways(CypherType.RELATIONSHIP)) {
      return RELATIONSHIP;
    }
    if (type.isAlways(CypherType.PATH)) {
      return PATH;
    }
    CypherType element = type.element();
    boolean relationships =
        type.isAlways(CypherType.LIST)
            && !element.isNull()
            && element.isAlways(CypherType.RELATIONSHIP);
    return relationships ? RELATIONSHIP_LIST : VALUE;
  }
}
