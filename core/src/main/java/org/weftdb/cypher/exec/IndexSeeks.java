package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.Index;
import org.weftdb.graph.IndexDefinition;
import org.weftdb.value.Direction;
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

  /** Relationships by type and property, with their ends; of no direction, each both ways. */
  static final class Relationships extends SourceOperator {
    private final Plan.RelationshipIndexSeek plan;
    private final IndexLookup lookup;
    private final long[] found = new long[Batch.MAXIMUM_ROWS];
    private final boolean[] turned = new boolean[Batch.MAXIMUM_ROWS];
    private int position;
    private int end;
    private boolean again;

    Relationships(Frame frame, Plan.RelationshipIndexSeek plan, IndexLookup.Range range) {
      super(frame, plan.relationship(), Vector.Kind.RELATIONSHIP);
      this.plan = plan;
      this.lookup = new IndexLookup(frame.state(), range, false);
    }

    @Override
    void start(Batch batch, int row) {
      GraphView graph = state.graph;
      Index index = index(graph, false, plan.type(), plan.property(), plan.range());
      lookup.start(index, batch, row);
      position = 0;
      end = 0;
      again = false;
    }

    @Override
    int fill(long[] out, int offset, int max) {
      int n = 0;
      while (n < max) {
        if (position == end) {
          position = 0;
          end = lookup.fill(found, 0, Math.min(max, found.length));
          if (end == 0) {
            break;
          }
        }
        long relationship = found[position];
        out[offset + n] = relationship;
        turned[offset + n] = again || plan.direction() == Direction.INCOMING;
        n++;
        int id = (int) relationship;
        if (plan.direction() == Direction.BOTH
            && !again
            && state.graph.startNode(id) != state.graph.endNode(id)) {
          again = true;
        } else {
          again = false;
          position++;
        }
      }
      return n;
    }

    @Override
    void fillColumns(int count) {
      Vector ids = output.column(plan.relationship());
      Vector from = output.own(plan.from());
      Vector to = output.own(plan.to());
      from.reset(Vector.Kind.NODE, count);
      to.reset(Vector.Kind.NODE, count);
      for (int i = 0; i < count; i++) {
        int id = (int) ids.longs[i];
        int start = state.graph.startNode(id);
        int finish = state.graph.endNode(id);
        from.longs[i] = turned[i] ? finish : start;
        to.longs[i] = turned[i] ? start : finish;
      }
    }
  }
}
