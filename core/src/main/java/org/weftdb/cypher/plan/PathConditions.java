package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predicates of a path that is searched for as a whole, told apart: those on its ends stay with
 * the pattern, those on one node or one relationship on the way are heeded by the search at every
 * step, all others are checked for whole paths.
 */
final class PathConditions {
  private final PatternGraph graph;
  private final List<Integer> nodeSlots;
  private final List<List<Scalar>> ofNodes = new ArrayList<>();
  private final List<PatternGraph.Predicate> ofRelationships = new ArrayList<>();
  private final List<Scalar> whole = new ArrayList<>();

  /**
   * Takes the predicates on what is on the way out of the pattern.
   *
   * @param shape the indexes of the nodes of the path, then of its relationships
   * @param nodeSlots the slots of the nodes in the search
   * @param pivots the indexes of nodes that are bound before the search, beside its ends
   */
  PathConditions(PatternGraph graph, int[] shape, List<Integer> nodeSlots, List<Integer> pivots) {
    this.graph = graph;
    this.nodeSlots = nodeSlots;
    BitSet ends = new BitSet();
    ends.set(nodeSlots.get(0));
    ends.set(nodeSlots.get(nodeSlots.size() - 1));
    for (int pivot : pivots) {
      ends.set(graph.nodes.get(pivot).slot());
    }
    BitSet single = new BitSet();
    for (int i = 0; i < nodeSlots.size(); i++) {
      ofNodes.add(new ArrayList<>());
    }
    for (int i = nodeSlots.size(); i < shape.length; i++) {
      PatternRelationship relationship = graph.relationships.get(shape[i]);
      if (relationship.length() == null) {
        single.set(relationship.slot());
      }
    }
    List<PatternGraph.Predicate> kept = new ArrayList<>();
    for (PatternGraph.Predicate predicate : graph.predicates) {
      BitSet others = (BitSet) predicate.needs().clone();
      others.andNot(ends);
      if (others.isEmpty()) {
        kept.add(predicate);
      } else {
        take(predicate, single);
      }
    }
    graph.predicates.clear();
    graph.predicates.addAll(kept);
  }

  private void take(PatternGraph.Predicate predicate, BitSet single) {
    if (predicate.needs().cardinality() == 1) {
      int slot = predicate.needs().nextSetBit(0);
      for (int i = 1; i < nodeSlots.size() - 1; i++) {
        if (nodeSlots.get(i) == slot) {
          ofNodes.get(i).add(predicate.scalar());
          return;
        }
      }
      if (single.get(slot)) {
        ofRelationships.add(predicate);
        return;
      }
    }
    Scalar condition = predicate.scalar();
    for (PatternGraph.NamedPath path : graph.paths) {
      condition = new Replacing(path.slot(), path.path()).rewrite(condition);
    }
    whole.add(condition);
  }

  /** Adds a condition on a node between pieces. */
  void require(int node, Scalar condition) {
    ofNodes.get(node).add(condition);
  }

  /** For each node of the path the conditions on it alone. */
  List<List<Scalar>> ofNodes() {
    List<List<Scalar>> result = new ArrayList<>();
    for (List<Scalar> conditions : ofNodes) {
      result.add(List.copyOf(conditions));
    }
    return result;
  }

  /** The condition on a relationship alone, or null. */
  @Nullable Scalar of(int relationship) {
    List<Scalar> conditions = new ArrayList<>();
    for (PatternGraph.Predicate predicate : ofRelationships) {
      if (predicate.needs().get(relationship)) {
        conditions.add(predicate.scalar());
      }
    }
    return conjunction(conditions);
  }

  /** The condition on a whole path, or null. */
  @Nullable Scalar whole() {
    return conjunction(whole);
  }

  private static @Nullable Scalar conjunction(List<Scalar> conditions) {
    return conditions.size() > 1
        ? new Scalar.And(conditions)
        : conditions.isEmpty() ? null : conditions.get(0);
  }
}
