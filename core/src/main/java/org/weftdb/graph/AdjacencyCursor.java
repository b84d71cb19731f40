package org.weftdb.graph;

/**
 * Walks the relationships of one node in segments of parallel arrays.
 *
 * <pre>{@code
 * view.neighbours(node, Direction.OUTGOING, type, cursor);
 * while (cursor.nextSegment()) {
 *   for (int i = cursor.from; i < cursor.to; i++) {
 *     ... cursor.neighbours[i], cursor.relationships[i], cursor.types[i]
 *   }
 * }
 * }</pre>
 *
 * <p>Entries of one direction come sorted by (type, neighbour, relationship); segments are never
 * empty. Reusable, for one thread. The arrays belong to the graph and must not be changed. In a
 * transaction a cursor is valid until the next write.
 */
public final class AdjacencyCursor {
  static final int[] NONE = {};

  /** The types of the entries. */
  public int[] types = NONE;

  /** The ids of the nodes at the other end. */
  public int[] neighbours = NONE;

  /** The ids of the relationships. */
  public int[] relationships = NONE;

  /** The first entry of the segment. */
  public int from;

  /** The end of the segment, exclusive. */
  public int to;

  /** Goes to the next segment; false when there is none left. */
  public boolean nextSegment() {
    throw new UnsupportedOperationException();
  }
}
