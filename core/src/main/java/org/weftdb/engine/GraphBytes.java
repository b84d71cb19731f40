package org.weftdb.engine;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.snapshot.SnapshotReader;

/** The bytes of a graph as a snapshot. */
final class GraphBytes {
  private GraphBytes() {}

  static ByteWriter encode(GraphSnapshot graph, long walLsn) {
    throw new WeftException(ErrorCode.NOT_SUPPORTED, "snapshots are not supported");
  }

  static GraphSnapshot decode(SnapshotReader snapshot) {
    throw new WeftException(ErrorCode.NOT_SUPPORTED, "snapshots are not supported");
  }
}
