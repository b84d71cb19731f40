package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.Index;
import org.weftdb.graph.IndexDefinition;
import org.weftdb.value.Vector;

/** Entities found through an index. */
final class IndexSeeks {
  private IndexSeeks() {}

  /** The index that a seek with a range uses. */
  private static Index index(
      GraphView graph,
      boolean ofNodes,
      String labelOrType,
      String property,
      Plan.IndexRange range) {
    List<Integer> keys = new ArrayList<>();
    if (range instanceof Plan.IndexRange.Tuple tuple) {
      for (String key : tuple.keys()) {
        keys.add(graph.catalog().keyId(key));
      }
    } else {
      keys.add(graph.catalog().keyId(property));
    }
    int id = ofNodes ? graph.catalog().labelId(labelOrType) : graph.catalog().typeId(labelOrType);
    IndexDefinition.Kind kind =
        range instanceof Plan.IndexRange.Containing
            ? IndexDefinition.Kind.TEXT
            : IndexDefinition.Kind.RANGE;
    IndexDefinition wanted = new IndexDefinition("", kind, ofNodes, id, keys);
    return required(graph.index(wanted), labelOrType, property);
  }

  private static Index required(@Nullable Index index, String label, String property) {
    if (index == null) {
      throw new IllegalStateException("the plan uses an index on " + label + "." + property);
    }
    return index;
  }

  /** Nodes by label and property. */
  static final class Nodes extends SourceOperator {
    private final Plan.NodeIndexSeek plan;
    private final IndexLookup lookup;

    Nodes(Frame frame, Plan.NodeIndexSeek plan, IndexLookup.Range range) {
      super(frame, plan.node(), Vector.Kind.NODE);
      this.plan = plan;
      this.lookup = new IndexLookup(frame.state(), range, plan.descending());
    }

    @Override
    void start(Batch batch, int row) {
      GraphView graph = state.graph;
      Index index = index(graph, true, plan.label(), plan.property(), plan.range());
      lookup.start(index, batch, row);
    }

    @Override
    int fill(long[] out, int offset, int max) {
      return lookup.fill(out, offset, max);
    }
  }

  /** Relationships by type and property. */
  static final class Relationships extends RelationshipSource {
    private final Plan.RelationshipIndexSeek plan;
    private final IndexLookup lookup;

    Relationships(
        Frame frame, Plan.RelationshipIndexSeek plan, IndexLookup.Range range, BitSet above) {
      super(frame, plan.relationship(), plan.from(), plan.to(), plan.direction(), above);
      this.plan = plan;
      this.lookup = new IndexLookup(frame.state(), range, plan.descending());
    }

    @Override
    void find(Batch batch, int row) {
      GraphView graph = state.graph;
      Index index = index(graph, false, plan.type(), plan.property(), plan.range());
      lookup.start(index, batch, row);
    }

    @Override
    int found(long[] out, int max) {
      return lookup.fill(out, 0, max);
    }
  }
}
