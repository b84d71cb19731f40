package org.weftdb.graph;

/**
 * A state of a transaction to which it can go back, any number of times, as long as it has not gone
 * back to an earlier one.
 */
public final class Savepoint {
  final GraphTransaction transaction;
  final GraphState state;

  /** The length of the changes so far. */
  final int changesLength;

  /** The number of relationships deleted so far. */
  final int deletedCount;

  Savepoint(GraphTransaction transaction, GraphState frozen, int changesLength, int deletedCount) {
    this.transaction = transaction;
    this.state = frozen;
    this.changesLength = changesLength;
    this.deletedCount = deletedCount;
  }
}
