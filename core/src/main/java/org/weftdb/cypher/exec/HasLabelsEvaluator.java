package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.GraphView;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.Vector;

/**
 * {@code n:A:B} and {@code r:T}. For nodes of a column it decides once for each label set, of which
 * a graph has few.
 */
final class HasLabelsEvaluator extends Evaluator {
  private static final byte UNKNOWN = 0;
  private static final byte HAS = 1;
  private static final byte LACKS = 2;

  private final QueryState state;
  private final Evaluator subject;
  private final Names.Label[] labels;
  private byte[] bySet = new byte[0];

  HasLabelsEvaluator(QueryState state, Evaluator subject, List<String> names) {
    this.state = state;
    this.subject = subject;
    this.labels = new Names.Label[names.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Names.Label(state, names.get(i));
    }
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    return test(subject.value(batch, row));
  }

  private @Nullable Object test(@Nullable Object value) {
    if (value == null) {
      return null;
    } else if (value instanceof NodeReference node) {
      state.checkNode(node.id());
      return has(node.id());
    } else if (value instanceof RelationshipReference relationship) {
      String type = state.type(relationship);
      for (Names.Label label : labels) {
        if (!label.name.equals(type)) {
          return false;
        }
      }
      return true;
    }
    throw mismatch("a Node or Relationship", value);
  }

  private boolean has(int node) {
    for (Names.Label label : labels) {
      int id = label.id();
      if (id < 0 || !state.graph.hasLabel(node, id)) {
        return false;
      }
    }
    return true;
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    Vector subjects = subject.evaluate(batch, rows, count);
    result.reset(Vector.Kind.BOOLEAN, batch.size);
    if (subjects.kind != Vector.Kind.NODE || state.deletes) {
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        result.set(row, test(subjects.value(row)));
      }
      return result;
    }
    GraphView graph = state.graph;
    if (bySet.length < graph.labelSetBound() || state.transaction != null) {
      bySet = new byte[graph.labelSetBound()];
    }
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (subjects.hasNulls && subjects.isNull(row)) {
        result.setNull(row);
        continue;
      }
      int node = (int) subjects.longs[row];
      int set = graph.labelSet(node);
      if (set >= bySet.length) {
        bySet = Arrays.copyOf(bySet, set + 1);
      }
      if (bySet[set] == UNKNOWN) {
        bySet[set] = has(node) ? HAS : LACKS;
      }
      result.longs[row] = bySet[set] == HAS ? 1 : 0;
    }
    return result;
  }
}
