package org.weftdb.cypher.plan;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Conditions that are a part of a selection among paths. */
final class SelectedConditions {
  private SelectedConditions() {}

  /**
   * Takes a condition on a path of shortestPath or allShortestPaths, which holds for the path that
   * is found: it is looked for among those that satisfy it.
   *
   * @return whether the condition is one
   */
  static boolean add(PatternGraph graph, Scalar condition) {
    BitSet uses = SlotUse.of(condition);
    uses.and(graph.introduced);
    for (PatternRelationship relationship : graph.relationships) {
      PatternRelationship.Selected selected = relationship.selected();
      if (selected == null || !selected.isFunction) {
        continue;
      }
      PatternGraph.NamedPath path = pathOver(graph, relationship);
      BitSet own = new BitSet();
      own.set(relationship.slot());
      if (path != null) {
        own.set(path.slot());
      }
      if (!uses.intersects(own)) {
        continue;
      }
      own.set(graph.nodes.get(relationship.left()).slot());
      own.set(graph.nodes.get(relationship.right()).slot());
      BitSet others = (BitSet) uses.clone();
      others.andNot(own);
      if (others.isEmpty()) {
        selected.conditions.add(
            path == null ? condition : new Replacing(path.slot(), path.path()).rewrite(condition));
        return true;
      }
    }
    return false;
  }

  private static PatternGraph.@Nullable NamedPath pathOver(
      PatternGraph graph, PatternRelationship relationship) {
    for (PatternGraph.NamedPath path : graph.paths) {
      if (path.path() instanceof Scalar.PathOf of
          && of.relationships().size() == 1
          && of.relationships().get(0).equals(relationship.scalar())) {
        return path;
      }
    }
    return null;
  }
}
