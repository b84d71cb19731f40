package org.weftdb.tck;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything in a graph that side effects are counted by: as the kit defines them, a label is a
 * distinct name in the whole graph, and a property is one key of one entity with its value.
 */
record GraphState(
    Set<Long> nodes, Set<Long> relationships, Set<String> labels, Set<Property> properties) {
  GraphState {
    nodes = Set.copyOf(nodes);
    relationships = Set.copyOf(relationships);
    labels = Set.copyOf(labels);
    properties = Set.copyOf(properties);
  }

  /** One property of a node or of a relationship. */
  record Property(boolean ofNode, long id, String key, TckValue value) {}

  /** What is in one state and not in the other, by the kit's names; zeros are left out. */
  static Map<String, Integer> difference(GraphState before, GraphState after) {
    Map<String, Integer> effects = new LinkedHashMap<>();
    count(effects, "nodes", before.nodes, after.nodes);
    count(effects, "relationships", before.relationships, after.relationships);
    count(effects, "labels", before.labels, after.labels);
    count(effects, "properties", before.properties, after.properties);
    return effects;
  }

  private static <T> void count(
      Map<String, Integer> effects, String what, Set<T> before, Set<T> after) {
    int added = (int) after.stream().filter(element -> !before.contains(element)).count();
    int removed = (int) before.stream().filter(element -> !after.contains(element)).count();
    if (added > 0) {
      effects.put("+" + what, added);
    }
    if (removed > 0) {
      effects.put("-" + what, removed);
    }
  }
}
