package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.NodeReference;
import org.weftdb.value.PathReference;
import org.weftdb.value.RelationshipReference;

/** The path through the nodes and relationships of a pattern; null when one of them is. */
final class PathEvaluator extends Evaluator {
  private final QueryState state;
  private final Evaluator[] nodes;
  private final Evaluator[] relationships;
  private int[] nodeIds = new int[8];
  private int[] relationshipIds = new int[8];
  private int length;

  PathEvaluator(QueryState state, Evaluator[] nodes, Evaluator[] relationships) {
    this.state = state;
    this.nodes = nodes;
    this.relationships = relationships;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    if (!(nodes[0].value(batch, row) instanceof NodeReference first)) {
      return null;
    }
    length = 0;
    nodeIds[0] = first.id();
    for (int i = 0; i < relationships.length; i++) {
      Object step = relationships[i].value(batch, row);
      Object next = nodes[i + 1].value(batch, row);
      if (step == null || !(next instanceof NodeReference)) {
        return null;
      }
      if (step instanceof RelationshipReference relationship) {
        append(relationship.id());
      } else if (step instanceof List<?> list) {
        for (int j = 0; j < list.size(); j++) {
          if (!(list.get(j) instanceof RelationshipReference relationship)) {
            throw mismatch("a Relationship in a path", list.get(j) == null ? "" : list.get(j));
          }
          append(relationship.id());
        }
      } else {
        throw mismatch("a Relationship in a path", step);
      }
    }
    return new PathReference(
        Arrays.copyOf(nodeIds, length + 1), Arrays.copyOf(relationshipIds, length));
  }

  /** Goes over a relationship from the last node, in whichever direction it can be gone. */
  private void append(int relationship) {
    if (length + 1 == nodeIds.length) {
      nodeIds = Arrays.copyOf(nodeIds, nodeIds.length * 2);
      relationshipIds = Arrays.copyOf(relationshipIds, nodeIds.length);
    }
    int start = state.graph.startNode(relationship);
    int other = start == nodeIds[length] ? state.graph.endNode(relationship) : start;
    relationshipIds[length] = relationship;
    nodeIds[++length] = other;
  }
}
