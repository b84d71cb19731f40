package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.NodeScan;
import org.weftdb.value.Vector;

/** Scans of nodes. */
final class NodeScans {
  private NodeScans() {}

  /** All nodes, or those with any of some labels. */
  static final class Scan extends SourceOperator {
    private final Names.Label[] labels;
    private @Nullable NodeScan scan;

    /** The label whose nodes are scanned; those that have an earlier one have come before. */
    private int label;

    Scan(Frame frame, int slot, List<String> names) {
      super(frame, slot, Vector.Kind.NODE);
      this.labels = new Names.Label[names.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = new Names.Label(frame.state(), names.get(i));
      }
    }

    @Override
    void start(Batch batch, int row) {
      label = 0;
      if (labels.length == 0) {
        scan = state.graph.allNodes();
      } else {
        startLabel();
      }
    }

    private void startLabel() {
      int id = labels[label].id();
      scan = id < 0 ? null : state.graph.nodesWithLabel(id);
    }

    @Override
    int fill(long[] out, int offset, int max) {
      while (true) {
        int found = scan == null ? 0 : scan.fill(out, offset, max);
        int kept = label == 0 ? found : keepNew(out, offset, found);
        if (kept > 0) {
          return kept;
        } else if (found == 0) {
          if (label + 1 >= labels.length) {
            return 0;
          }
          label++;
          startLabel();
        }
      }
    }

    private int keepNew(long[] out, int offset, int found) {
      int kept = 0;
      for (int i = 0; i < found; i++) {
        boolean known = false;
        for (int before = 0; before < label && !known; before++) {
          int id = labels[before].id();
          known = id >= 0 && state.graph.hasLabel((int) out[offset + i], id);
        }
        if (!known) {
          out[offset + kept++] = out[offset + i];
        }
      }
      return kept;
    }
  }
}
