package org.weftdb.graph;

/**
 * Gives the ids of relationships in ascending order, each once.
 *
 * <p>In a transaction, relationships that are created behind the scan's position while it runs are
 * not promised to come or to stay away: put a barrier between a scan and writes. For one thread.
 */
public interface RelationshipScan {
  /**
   * Writes the next ids to {@code out[offset]} and on, at most {@code max} (at least 1) of them.
   *
   * @return how many were written; 0 means the end
   */
  int fill(long[] out, int offset, int max);
}
