package org.weftdb.graph;

/**
 * One immutable version of a graph. Any number of threads may read it, for as long as they like.
 */
public final class GraphSnapshot extends GraphView {
  /** A version of frozen roots. */
  GraphSnapshot(GraphState frozen) {
    super(frozen);
  }

  /** A graph with nothing in it. */
  public static GraphSnapshot empty() {
    GraphState nothing = new GraphState();
    nothing.freeze();
    return new GraphSnapshot(nothing);
  }

  /** The same version for one reader, whose reading is counted. */
  public GraphSnapshot counting(PageCounter counter) {
    GraphSnapshot counted = new GraphSnapshot(state);
    counted.setCounter(counter);
    return counted;
  }

  /** Begins a transaction on top of this version, which stays as it is. */
  public GraphTransaction begin() {
    return new GraphTransaction(this, true);
  }

  /**
   * Begins a transaction that does not keep its changes as bytes, for a graph without a log: {@link
   * GraphTransaction#changes} stays empty, and only the memory for the graph itself limits what one
   * transaction can write.
   */
  public GraphTransaction beginUnrecorded() {
    return new GraphTransaction(this, false);
  }
}
