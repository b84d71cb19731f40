package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.Vector;

/** Nodes and relationships found by their ids. */
final class IdSeeks {
  private IdSeeks() {}

  /** The ids that are looked for, one after another, each once. */
  private static final class Ids {
    private final Plan.Ids plan;
    private final Evaluator value;
    private int[] ids = new int[1];
    private int count;
    private int next;

    Ids(Plan.Ids plan, Evaluator value) {
      this.plan = plan;
      this.value = value;
    }

    /** Takes the ids for a row; those from {@code bound} on are of nothing. */
    void start(Batch batch, int row, int bound) {
      count = 0;
      next = 0;
      Object found = value.value(batch, row);
      if (!plan.many()) {
        add(found, bound);
        return;
      } else if (found == null) {
        return;
      }
      if (!(found instanceof List<?> list)) {
        throw Evaluator.mismatch("a List after IN", found);
      }
      for (int i = 0; i < list.size(); i++) {
        add(list.get(i), bound);
      }
      Arrays.sort(ids, 0, count);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || ids[i] != ids[i - 1]) {
          ids[kept++] = ids[i];
        }
      }
      count = kept;
    }

    private void add(@Nullable Object id, int bound) {
      long wanted = plan.ofElements() ? ofElement(id) : ofNumber(id);
      if (wanted < 0 || wanted >= bound) {
        return;
      }
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, count * 2);
      }
      ids[count++] = (int) wanted;
    }

    private static long ofNumber(@Nullable Object id) {
      if (id instanceof Long number) {
        return number;
      }
      return id instanceof Double number && number == (long) (double) number
          ? (long) (double) number
          : -1;
    }

    /** The number of a text that {@code elementId} gives; -1 for others. */
    private static long ofElement(@Nullable Object id) {
      if (!(id instanceof String text)
          || text.isEmpty()
          || text.length() > 10
          || text.length() > 1 && text.charAt(0) == '0') {
        return -1;
      }
      long number = 0;
      for (int i = 0; i < text.length(); i++) {
        char digit = text.charAt(i);
        if (digit < '0' || digit > '9') {
          return -1;
        }
        number = number * 10 + digit - '0';
      }
      return number;
    }

    /** The next id, or -1. */
    int next() {
      return next < count ? ids[next++] : -1;
    }
  }

  /** The nodes with some ids. */
  static final class Nodes extends SourceOperator {
    private final Ids ids;

    Nodes(Frame frame, Plan.NodeByIdSeek plan, Evaluator value) {
      super(frame, plan.node(), Vector.Kind.NODE);
      this.ids = new Ids(plan.ids(), value);
    }

    @Override
    void start(Batch batch, int row) {
      ids.start(batch, row, state.graph.nodeIdBound());
    }

    @Override
    int fill(long[] out, int offset, int max) {
      int n = 0;
      while (n < max) {
        int id = ids.next();
        if (id < 0) {
          break;
        } else if (state.graph.hasNode(id)) {
          out[offset + n++] = id;
        }
      }
      return n;
    }
  }

  /** The relationships with some ids. */
  static final class Relationships extends RelationshipSource {
    private final Ids ids;

    Relationships(Frame frame, Plan.RelationshipByIdSeek plan, Evaluator value, BitSet above) {
      super(frame, plan.relationship(), plan.from(), plan.to(), plan.direction(), above);
      this.ids = new Ids(plan.ids(), value);
    }

    @Override
    void find(Batch batch, int row) {
      ids.start(batch, row, state.graph.relationshipIdBound());
    }

    @Override
    int found(long[] out, int max) {
      int n = 0;
      while (n < max) {
        int id = ids.next();
        if (id < 0) {
          break;
        } else if (state.graph.hasRelationship(id)) {
          out[n++] = id;
        }
      }
      return n;
    }
  }
}
