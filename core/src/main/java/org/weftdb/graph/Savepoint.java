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

  /** The length of the changes so far. */
  final int changesLength;

  /** The number of relationships deleted so far. */
  final int deletedCount;

  /** Whether anything had been changed. */
  final boolean changed;

  /** How many touched nodes and relationships were to be checked. */
  final int touchedNodes;

  final int touchedRelationships;

  Savepoint(
      GraphTransaction transaction,
      int part,
      GraphState frozen,
      int changesLength,
      int deletedCount,
      boolean changed,
      Constraints constraints) {
    this.transaction = transaction;
    this.part = part;
    this.state = frozen;
    this.changesLength = changesLength;
    this.deletedCount = deletedCount;
    this.changed = changed;
    this.touchedNodes = constraints.nodeCount();
    this.touchedRelationships = constraints.relationshipCount();
  }
}
