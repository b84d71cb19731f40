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

  /** Numbers of both kinds that are equal or nearly so, and other types that an index sorts. */
  private static final Object[] KEYS = {
    1L,
    1.0,
    2L,
    0L,
    -0.0,
    0.0,
    0.5,
    1L << 53,
    (1L << 53) + 1,
    (double) (1L << 53),
    Long.MAX_VALUE,
    (double) Long.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    "a",
    "b",
    "",
    true,
    false,
    List.of(1L),
    List.of(1.0),
    List.of(),
    List.of(Double.NaN)
  };

  private RandomGraph() {}

  /**
   * Every node and relationship has an {@code id} of its own and any of the other properties.
   *
   * @param large whether it has so many nodes that joins of values pay
   */
  static ReferenceGraph graph(Random random, boolean large) {
    ReferenceGraph graph = new ReferenceGraph();
    int vertices = large ? 20 + random.nextInt(20) : random.nextInt(7);
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
    if (random.nextBoolean()) {
      entity.properties.put("k", KEYS[random.nextInt(KEYS.length)]);
    }
  }

  /**
   * Statements that make some indexes.
   *
   * @param constrains whether constraints that the graph satisfies are made too
   */
  static List<String> indexes(Random random, boolean constrains) {
    List<String> indexes = new ArrayList<>();
    for (String label : RandomExpressions.LABELS) {
      indexes.addAll(of("(e:" + label + ")", random, constrains));
    }
    indexes.addAll(of("()-[e:R]-()", random, constrains));
    if (random.nextInt(8) == 0) {
      indexes.add("CREATE LOOKUP INDEX FOR (n) ON EACH labels(n)");
    }
    return indexes;
  }

  private static List<String> of(String pattern, Random random, boolean constrains) {
    List<String> indexes = new ArrayList<>();
    for (String key : List.of("x", "s", "m", "f", "k", "l")) {
      String index = "CREATE INDEX FOR " + pattern + " ON (e." + key + ")";
      if (random.nextInt(key.equals("k") ? 2 : 3) == 0) {
        indexes.add(index);
      }
    }
    for (String keys : List.of("e.x, e.s", "e.x, e.k", "e.k, e.x", "e.s, e.x, e.f")) {
      if (random.nextInt(5) == 0) {
        indexes.add("CREATE INDEX FOR " + pattern + " ON (" + keys + ")");
      }
    }
    for (String key : List.of("s", "k")) {
      if (random.nextInt(4) == 0) {
        indexes.add("CREATE TEXT INDEX FOR " + pattern + " ON (e." + key + ")");
      }
    }
    String required = "CREATE CONSTRAINT FOR " + pattern + " REQUIRE e.id IS ";
    if (constrains && random.nextBoolean()) {
      indexes.add(required + "NOT NULL");
    }
    if (constrains && random.nextBoolean()) {
      indexes.add(required + "UNIQUE");
    } else if (random.nextInt(6) == 0) {
      indexes.add("CREATE INDEX FOR " + pattern + " ON (e.id)");
    }
    return indexes;
  }
}
