package org.weftdb.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Vertex;

/** Random small graphs, and indexes on them. */
final class RandomGraph {
  private static final Object[] MIXED = {
    1L, 2L, 0.5, -1.5, Double.NaN, "a", "b", "", true, false, List.of(1L, 2L), List.of("a")
  };

  private RandomGraph() {}

  /** Every node and relationship has an {@code id} of its own and any of the other properties. */
  static ReferenceGraph graph(Random random) {
    ReferenceGraph graph = new ReferenceGraph();
    int vertices = random.nextInt(7);
    for (int i = 0; i < vertices; i++) {
      Vertex vertex = graph.addVertex();
      for (String label : RandomExpressions.LABELS) {
        if (random.nextInt(5) < 2) {
          vertex.labels.add(label);
        }
      }
      properties(vertex, random);
    }
    for (int i = vertices == 0 ? 0 : random.nextInt(10); i > 0; i--) {
      String type = RandomExpressions.TYPES[random.nextInt(2)];
      Vertex start = graph.vertices.get(random.nextInt(vertices));
      Edge edge = graph.addEdge(type, start, graph.vertices.get(random.nextInt(vertices)));
      properties(edge, random);
    }
    return graph;
  }

  private static void properties(Entity entity, Random random) {
    entity.properties.put("id", (long) entity.number);
    if (random.nextInt(3) > 0) {
      entity.properties.put("x", (long) random.nextInt(4));
    }
    if (random.nextBoolean()) {
      entity.properties.put("f", random.nextInt(6) / 2.0 - 0.75);
    }
    if (random.nextBoolean()) {
      entity.properties.put("s", List.of("", "a", "b", "ab", "B").get(random.nextInt(5)));
    }
    if (random.nextBoolean()) {
      entity.properties.put("b", random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      entity.properties.put(
          "l", List.of(List.of(), List.of(1L), List.of(0L, 3L, 1L)).get(random.nextInt(3)));
    }
    if (random.nextBoolean()) {
      entity.properties.put("m", MIXED[random.nextInt(MIXED.length)]);
    }
  }

  /** Statements that make some indexes. */
  static List<String> indexes(Random random) {
    List<String> indexes = new ArrayList<>();
    for (String label : RandomExpressions.LABELS) {
      for (String key : List.of("x", "s", "m", "f")) {
        if (random.nextInt(6) == 0) {
          indexes.add("CREATE INDEX FOR (n:" + label + ") ON (n." + key + ")");
        }
      }
    }
    if (random.nextInt(4) == 0) {
      indexes.add("CREATE INDEX FOR ()-[r:R]-() ON (r.x)");
    }
    return indexes;
  }
}
