package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.graph.NodeScan;
import org.weftdb.value.Vector;

/** Scans of nodes. */
final class NodeScans {
  private NodeScans() {}

  /** All nodes, or those with a label. */
  static final class Scan extends SourceOperator {
    private final Names.@Nullable Label label;
    private @Nullable NodeScan scan;

    Scan(Frame frame, int slot, @Nullable String label) {
      super(frame, slot, Vector.Kind.NODE);
      this.label = label == null ? null : new Names.Label(frame.state(), label);
    }

    @Override
    void start(Batch batch, int row) {
      if (label == null) {
        scan = state.graph.allNodes();
      } else {
        int id = label.id();
        scan = id < 0 ? null : state.graph.nodesWithLabel(id);
      }
    }

    @Override
    int fill(long[] out, int offset, int max) {
      return scan == null ? 0 : scan.fill(out, offset, max);
    }
  }

  /** The node with an id. */
  static final class IdSeek extends SourceOperator {
    private final Evaluator id;
    private int found = -1;

    IdSeek(Frame frame, int slot, Evaluator id) {
      super(frame, slot, Vector.Kind.NODE);
      this.id = id;
    }

    @Override
    void start(Batch batch, int row) {
      found = -1;
      Object value = id.value(batch, row);
      long wanted = -1;
      if (value instanceof Long number) {
        wanted = number;
      } else if (value instanceof Double number && number == (long) (double) number) {
        wanted = (long) (double) number;
      }
      if (wanted >= 0 && wanted < state.graph.nodeIdBound() && state.graph.hasNode((int) wanted)) {
        found = (int) wanted;
      }
    }

    @Override
    int fill(long[] out, int offset, int max) {
      if (found < 0) {
        return 0;
      }
      out[offset] = found;
      found = -1;
      return 1;
    }
  }
}
