package org.weftdb.graph;

/**
 * A state of a transaction to which it can go back, any number of times, as long as it has not gone
 * back to an earlier one.
 */
public final class Savepoint {
  final GraphTransaction transaction;

  /** How many parts of the transaction had been committed. */
  final int part;

  final GraphState state;

  /** The end of the changes so far. */
  final RecordedChanges.Mark changes;

  /** The number of relationships deleted so far. */
  final int deletedCount;

  /** How many touched nodes and relationships were to be checked. */
  final int touchedNodes;

  final int touchedRelationships;

  Savepoint(
      GraphTransaction transaction,
      int part,
      GraphState frozen,
      RecordedChanges.Mark changes,
      int deletedCount,
      Constraints constraints) {
    this.transaction = transaction;
    this.part = part;
    this.state = frozen;
    this.changes = changes;
    this.deletedCount = deletedCount;
    this.touchedNodes = constraints.nodeCount();
    this.touchedRelationships = constraints.relationshipCount();
  }
}
