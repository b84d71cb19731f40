package org.weftdb.engine;

/** What a transaction may do. */
public enum Access {
  /** Only read: sees the graph as it was when it began, waits for nobody. */
  READ,
  /** Read and write: one at a time, in the order of their beginning. */
  WRITE
}
