package org.weftdb.graph;

/**
 * A state of a transaction to which it can go back, any number of times, while no earlier one was
 * gone back to.
 */
public final class Savepoint {
  Savepoint() {}
}
