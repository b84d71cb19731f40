package org.weftdb.graph;

/**
 * One immutable version of a graph. Any number of threads may read it, for as long as they like.
 */
public final class GraphSnapshot extends GraphView {
  GraphSnapshot() {}

  /** The graph with nothing in it. */
  public static GraphSnapshot empty() {
    throw new UnsupportedOperationException();
  }

  /** Begins a transaction on top of this version, which stays as it is. */
  public GraphTransaction begin() {
    throw new UnsupportedOperationException();
  }
}
