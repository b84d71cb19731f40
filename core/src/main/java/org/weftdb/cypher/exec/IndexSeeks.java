package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.IndexRange;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.Index;
import org.weftdb.graph.IndexCursor;
import org.weftdb.graph.IndexDefinition;
import org.weftdb.value.Vector;

/** Entities found through an index. */
final class IndexSeeks {
  private IndexSeeks() {}

  /** The index of a seek, whose names are looked up once. */
  private static final class Sought {
    private final GraphView graph;
    private final boolean ofNodes;
    private final IndexDefinition.Kind kind;
    private final int labelOrType;
    private final int[] keys;
    private final String label;
    private final List<String> names;

    Sought(
        GraphView graph, boolean ofNodes, String labelOrType, String property, IndexRange range) {
      this.label = labelOrType;
      this.names = range instanceof IndexRange.Tuple tuple ? tuple.keys() : List.of(property);
      this.graph = graph;
      this.ofNodes = ofNodes;
      this.kind = range.kind();
      this.labelOrType =
          ofNodes ? graph.catalog().labelId(labelOrType) : graph.catalog().typeId(labelOrType);
      this.keys = new int[names.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = graph.catalog().keyId(names.get(i));
      }
    }

    /** As it is now: a write makes another version of it. */
    Index now() {
      Index index = graph.index(kind, ofNodes, labelOrType, keys);
      if (index == null) {
        throw new IllegalStateException("the plan uses an index on " + label + names);
      }
      return index;
    }

    /** All entities that could be in it. */
    IndexCursor everything() {
      return ofNodes
          ? graph.nodesWithLabel(labelOrType)::fill
          : graph.relationships(labelOrType)::fill;
    }
  }

  /** Nodes by label and property. */
  static final class Nodes extends SourceOperator {
    private final Sought index;
    private final IndexLookup lookup;

    Nodes(Frame frame, Plan.NodeIndexSeek plan, IndexLookup.Range range) {
      super(frame, plan.node(), Vector.Kind.NODE);
      this.index = new Sought(state.graph, true, plan.label(), plan.property(), plan.range());
      this.lookup = new IndexLookup(frame.state(), range, plan.descending());
    }

    @Override
    void start(Batch batch, int row) {
      lookup.start(index.now(), index::everything, batch, row);
    }

    @Override
    int fill(long[] out, int offset, int max) {
      return lookup.fill(out, offset, max);
    }
  }

  /** Relationships by type and property. */
  static final class Relationships extends RelationshipSource {
    private final Sought index;
    private final IndexLookup lookup;

    Relationships(
        Frame frame, Plan.RelationshipIndexSeek plan, IndexLookup.Range range, BitSet above) {
      super(frame, plan.relationship(), plan.from(), plan.to(), plan.direction(), above);
      this.index = new Sought(state.graph, false, plan.type(), plan.property(), plan.range());
      this.lookup = new IndexLookup(frame.state(), range, plan.descending());
    }

    @Override
    void find(Batch batch, int row) {
      lookup.start(index.now(), index::everything, batch, row);
    }

    @Override
    int found(long[] out, int max) {
      return lookup.fill(out, 0, max);
    }
  }
}
