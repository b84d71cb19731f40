package org.weftdb.engine;

import org.weftdb.cypher.exec.Counters;

/**
 * What a query changed.
 *
 * @param nodesCreated nodes created
 * @param nodesDeleted nodes deleted
 * @param relationshipsCreated relationships created
 * @param relationshipsDeleted relationships deleted
 * @param propertiesSet properties written or removed, whether or not the value was another before
 * @param labelsAdded labels given to nodes that did not have them
 * @param labelsRemoved labels taken from nodes
 * @param indexesAdded indexes created by themselves, not by a constraint
 * @param indexesRemoved indexes dropped by themselves, not with a constraint
 * @param constraintsAdded constraints created
 * @param constraintsRemoved constraints dropped
 */
public record Summary(
    long nodesCreated,
    long nodesDeleted,
    long relationshipsCreated,
    long relationshipsDeleted,
    long propertiesSet,
    long labelsAdded,
    long labelsRemoved,
    long indexesAdded,
    long indexesRemoved,
    long constraintsAdded,
    long constraintsRemoved) {
  /** Of a query that changed nothing. */
  static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Summary of(Counters counters) {
    return new Summary(
        counters.nodesCreated(),
        counters.nodesDeleted(),
        counters.relationshipsCreated(),
        counters.relationshipsDeleted(),
        counters.propertiesSet(),
        counters.labelsAdded(),
        counters.labelsRemoved(),
        counters.indexesAdded(),
        counters.indexesRemoved(),
        counters.constraintsAdded(),
        counters.constraintsRemoved());
  }

  boolean changesSchema() {
    return (indexesAdded | indexesRemoved | constraintsAdded | constraintsRemoved) != 0;
  }
}
