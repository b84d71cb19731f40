package org.weftdb.engine;

import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;

/**
 * A committed graph.
 *
 * @param graph the graph
 * @param lsn the last commit in it; 0 for none, or without a log
 * @param schemaVersion changes whenever indexes or the whole graph do; plans are made for one
 */
record Root(GraphSnapshot graph, long lsn, long schemaVersion) {
  /** What a snapshot of it holds. */
  SnapshotInfo info() {
    return SnapshotInfo.of(GraphSnapshotCodec.manifest(graph, lsn));
  }
}
