package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/** Conditions on labels other than that of certain names. */
final class LabelEvaluators {
  private LabelEvaluators() {}

  /** {@code n:%}: whether a node has a label; a relationship has its type. */
  static final class HasAny extends Evaluator {
    private final QueryState state;
    private final Evaluator subject;

    HasAny(QueryState state, Evaluator subject) {
      this.state = state;
      this.subject = subject;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object value = subject.value(batch, row);
      if (value == null) {
        return null;
      } else if (value instanceof NodeReference node) {
        state.checkNode(node.id());
        return state.graph.labelIds(state.graph.labelSet(node.id())).length > 0;
      } else if (value instanceof RelationshipReference) {
        return true;
      }
      throw mismatch("a Node or Relationship", value);
    }
  }

  /** {@code n:$(names)}. */
  static final class HasDynamic extends Evaluator {
    private final QueryState state;
    private final Evaluator subject;
    private final Evaluator names;
    private final boolean all;

    HasDynamic(QueryState state, Evaluator subject, Evaluator names, boolean all) {
      this.state = state;
      this.subject = subject;
      this.names = names;
      this.all = all;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Object value = subject.value(batch, row);
      List<String> wanted = DynamicNames.all(names.value(batch, row));
      if (value == null || wanted == null) {
        return null;
      } else if (value instanceof NodeReference node) {
        state.checkNode(node.id());
        return hasLabels(node.id(), wanted);
      } else if (value instanceof RelationshipReference relationship) {
        return hasType(state.type(relationship), wanted);
      }
      throw mismatch("a Node or Relationship", value);
    }

    private boolean hasLabels(int node, List<String> wanted) {
      for (int i = 0; i < wanted.size(); i++) {
        int label = state.graph.catalog().labelId(wanted.get(i));
        boolean has = label >= 0 && state.graph.hasLabel(node, label);
        if (has != all) {
          return has;
        }
      }
      return all;
    }

    private boolean hasType(String type, List<String> wanted) {
      for (int i = 0; i < wanted.size(); i++) {
        boolean has = type.equals(wanted.get(i));
        if (has != all) {
          return has;
        }
      }
      return all;
    }
  }
}
