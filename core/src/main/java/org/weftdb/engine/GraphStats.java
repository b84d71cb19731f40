package org.weftdb.engine;

import java.util.SortedMap;
import java.util.TreeMap;
import org.weftdb.graph.Catalog;
import org.weftdb.graph.GraphMemory;
import org.weftdb.graph.GraphView;

/**
 * How much a graph has.
 *
 * @param nodesByLabel how many nodes have a label, without labels that none has
 * @param relationshipsByType how many relationships have a type, without types that none has
 * @param indexes indexes, those of constraints among them
 * @param constraints constraints
 * @param memory about how many bytes its parts take
 */
public record GraphStats(
    long nodeCount,
    long relationshipCount,
    SortedMap<String, Long> nodesByLabel,
    SortedMap<String, Long> relationshipsByType,
    int indexes,
    int constraints,
    GraphMemory memory) {
  static GraphStats of(GraphView graph) {
    Catalog catalog = graph.catalog();
    SortedMap<String, Long> nodes = new TreeMap<>();
    for (int label = 0; label < catalog.labelCount(); label++) {
      if (graph.nodeCount(label) > 0) {
        nodes.put(catalog.labelName(label), graph.nodeCount(label));
      }
    }
    SortedMap<String, Long> relationships = new TreeMap<>();
    for (int type = 0; type < catalog.typeCount(); type++) {
      if (graph.relationshipCount(type) > 0) {
        relationships.put(catalog.typeName(type), graph.relationshipCount(type));
      }
    }
    return new GraphStats(
        graph.nodeCount(),
        graph.relationshipCount(),
        nodes,
        relationships,
        graph.indexes().size(),
        graph.constraints().size(),
        GraphMemory.of(graph));
  }
}
