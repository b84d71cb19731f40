package org.weftdb.cypher.plan;

import java.util.List;

/**
 * A way to find what a pattern starts from.
 *
 * @param kind how
 * @param element the index of the node, or of the relationship where relationships are found
 * @param names the labels or the types, any of them; empty where there is none
 * @param property the indexed property, or for ids the function that gives them, or empty
 * @param range what the index is asked for, or the ids as an {@code Equal} or {@code AnyOf}
 * @param solved the predicates that everything found satisfies
 * @param rows about how many it finds
 */
record Access(
    Kind kind,
    int element,
    List<String> names,
    String property,
    IndexRange range,
    List<PatternGraph.Predicate> solved,
    double rows) {
  enum Kind {
    ID,
    RELATIONSHIP_ID,
    NODE_INDEX,
    RELATIONSHIP_INDEX,
    RELATIONSHIP_TYPE,
    LABEL,
    ALL
  }

  /** A range for the kinds that have none. */
  static final IndexRange NO_RANGE = new IndexRange.Equal(new Scalar.Constant(null));

  Access {
    names = List.copyOf(names);
    solved = List.copyOf(solved);
  }

  /** The only name. */
  String name() {
    return names.get(0);
  }

  boolean isOfRelationships() {
    return kind == Kind.RELATIONSHIP_INDEX
        || kind == Kind.RELATIONSHIP_TYPE
        || kind == Kind.RELATIONSHIP_ID;
  }

  /** Whether it looks something up and does not scan. */
  boolean isSeek() {
    return kind == Kind.ID
        || kind == Kind.RELATIONSHIP_ID
        || kind == Kind.NODE_INDEX
        || kind == Kind.RELATIONSHIP_INDEX;
  }
}
