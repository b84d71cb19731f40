package org.weftdb.graph;

/**
 * Gives the ids of the entities that an index finds, in ascending order of value and then of id.
 *
 * <p>In a transaction it is valid until the next write. For one thread.
 */
public interface IndexCursor {
  /**
   * Writes the next ids to {@code out[offset]} and on, at most {@code max} (at least 1) of them.
   *
   * @return how many were written; 0 means the end
   */
  int fill(long[] out, int offset, int max);
}
