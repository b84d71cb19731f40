package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.SimulatedGraph.Node;
import org.weftdb.engine.SimulatedGraph.Refusal;
import org.weftdb.engine.SimulatedStatement.AfterFailure;
import org.weftdb.engine.SimulatedStatement.Effect;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.ByteString;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DateValue;

/** Random statements of all kinds that change something, each with what it must do. */
final class SimulatedWorkload {
  private static final List<String> TEXTS =
      List.of("a", "b", "brown", "clown", "down", "grün", "\uD83D\uDE00 own", "");

  private final Prng random;
  private long nextK = 1;
  private long nextId = 1;

  SimulatedWorkload(Prng random) {
    this.random = random;
  }

  /** One that may stand in a transaction. */
  SimulatedStatement next(SimulatedGraph graph) {
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> create();
      case 3, 4 -> merge(graph);
      case 5, 6 -> connect(graph);
      case 7 -> mergeRelationship(graph);
      case 8, 9 -> set(graph);
      case 10 -> setAll(graph);
      case 11 -> remove(graph);
      case 12 -> delete(graph);
      case 13 -> deleteRelationships(graph);
      case 14 -> foreach(graph);
      case 15 -> unwind();
      case 16 -> failing(graph);
      default -> schema(graph);
    };
  }

  private Set<String> labels() {
    Set<String> labels = new TreeSet<>();
    for (String label : List.of("A", "B", "C")) {
      if (random.nextInt(5) < 2) {
        labels.add(label);
      }
    }
    return labels;
  }

  private static String pattern(Set<String> labels) {
    StringBuilder text = new StringBuilder();
    labels.forEach(label -> text.append(':').append(label));
    return text.toString();
  }

  /** A value of the properties that indexes and constraints are on. */
  private @Nullable Object small() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> TEXTS.get(random.nextInt(3));
      case 2 -> random.nextInt(4) + 0.5;
      default -> (long) random.nextInt(9);
    };
  }

  private @Nullable Object weight() {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> "x";
      default -> (long) random.nextInt(8);
    };
  }

  private Object any() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes, 0, bytes.length);
    return switch (random.nextInt(10)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextDouble();
      case 2 -> random.nextBoolean();
      case 3 -> List.of(1L, -1L, (long) random.nextInt());
      case 4 -> new DateValue(random.nextInt(20_000));
      case 5 -> ByteString.owning(bytes);
      case 6 -> VectorValue.of(new float[] {random.nextInt(5), 0.5f});
      case 7 -> List.of("x", "y".repeat(random.nextInt(40)));
      case 8 -> "long text ".repeat(random.nextInt(50));
      default -> point();
    };
  }

  private Point point() {
    return new Point(CoordinateSystem.CARTESIAN, random.nextInt(6), random.nextInt(6), 0);
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    put(properties, "v", small());
    put(properties, "u", random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(12));
    put(properties, "s", random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())));
    put(properties, "p", random.nextInt(3) == 0 ? point() : null);
    put(properties, "x", random.nextInt(3) == 0 ? any() : null);
    return properties;
  }

  private static void put(Map<String, Object> target, String key, @Nullable Object value) {
    if (value != null) {
      target.put(key, value);
    }
  }

  /** The key of a node that is there, mostly. */
  private long someNode(SimulatedGraph graph) {
    if (graph.nodes.isEmpty() || random.nextInt(12) == 0) {
      return 1 + random.nextInt((int) nextK);
    }
    List<Long> keys = new ArrayList<>(graph.nodes.keySet());
    return keys.get(random.nextInt(keys.size()));
  }

  private SimulatedStatement create() {
    long k = nextK++;
    Set<String> labels = labels();
    Map<String, Object> properties = properties();
    return new SimulatedStatement(
        "CREATE (n" + pattern(labels) + ") SET n = $p, n.k = $k",
        Map.of("k", k, "p", properties),
        graph -> graph.create(k, labels, properties));
  }

  private SimulatedStatement merge(SimulatedGraph present) {
    long k = random.nextBoolean() ? nextK++ : someNode(present);
    nextK = Math.max(nextK, k + 1);
    Node there = present.nodes.get(k);
    // Were it there without the label, another of its key would be made.
    String label = there == null || there.labels().contains("A") ? "A" : "B";
    if (there != null && !there.labels().contains(label)) {
      return set(present);
    }
    Map<String, Object> properties = properties();
    String query =
        "MERGE (n:"
            + label
            + " {k: $k}) ON CREATE SET n += $p, n.new = true ON MATCH SET n.v = $v, n:C";
    Object v = small();
    Map<String, Object> parameters = new TreeMap<>(Map.of("k", k, "p", properties));
    parameters.put("v", v);
    return new SimulatedStatement(
        query,
        parameters,
        graph -> {
          Node node = graph.nodes.get(k);
          if (node == null) {
            graph.create(k, Set.of(label), properties).set("new", true);
          } else if (node.labels().contains(label)) {
            node.set("v", v);
            node.labels().add("C");
          } else {
            throw new IllegalStateException("nodes of one key");
          }
        });
  }

  private SimulatedStatement connect(SimulatedGraph present) {
    long id = nextId++;
    long from = someNode(present);
    long to = someNode(present);
    String type = random.nextBoolean() ? "R" : "S";
    Object weight = weight();
    Map<String, Object> parameters = new TreeMap<>(Map.of("a", from, "b", to, "id", id));
    parameters.put("w", weight);
    return new SimulatedStatement(
        "MATCH (a {k: $a}) MATCH (b {k: $b}) CREATE (a)-[:" + type + " {id: $id, w: $w}]->(b)",
        parameters,
        graph -> {
          if (graph.nodes.containsKey(from) && graph.nodes.containsKey(to)) {
            graph.connect(id, type, new long[] {from, to}, weight);
          }
        });
  }

  private SimulatedStatement mergeRelationship(SimulatedGraph present) {
    long id = nextId++;
    long from = someNode(present);
    long to = someNode(present);
    long weight = random.nextInt(8);
    return new SimulatedStatement(
        "MATCH (a {k: $a}) MATCH (b {k: $b}) MERGE (a)-[r:S]->(b) ON CREATE SET r.id = $id, r.w = $w"
            + " ON MATCH SET r.w = $w",
        Map.of("a", from, "b", to, "id", id, "w", weight),
        graph -> {
          if (!graph.nodes.containsKey(from) || !graph.nodes.containsKey(to)) {
            return;
          }
          boolean[] found = {false};
          graph.relationships.forEach(
              (key, r) -> {
                if (r.from() == from && r.to() == to && r.type().equals("S")) {
                  r.set("w", weight);
                  found[0] = true;
                }
              });
          if (!found[0]) {
            graph.connect(id, "S", new long[] {from, to}, weight);
          }
        });
  }

  private SimulatedStatement set(SimulatedGraph present) {
    long k = someNode(present);
    Map<String, Object> properties = properties();
    String label = random.nextBoolean() ? "B" : "C";
    return new SimulatedStatement(
        "MATCH (n {k: $k}) SET n += $p, n:" + label + ", n.v = $p.u",
        Map.of("k", k, "p", properties),
        graph -> {
          Node node = graph.nodes.get(k);
          if (node != null) {
            properties.forEach(node::set);
            node.labels().add(label);
            node.set("v", properties.get("u"));
          }
        });
  }

  private SimulatedStatement setAll(SimulatedGraph present) {
    long bound = someNode(present);
    if (random.nextBoolean()) {
      return new SimulatedStatement(
          "MATCH (n:A) WHERE n.k <= $k SET n = {k: n.k, v: n.k % 5}",
          Map.of("k", bound),
          graph ->
              graph.nodes.headMap(bound, true).values().stream()
                  .filter(node -> node.labels().contains("A"))
                  .forEach(
                      node -> {
                        Long k = (Long) node.properties().get("k");
                        node.properties().clear();
                        node.set("k", k);
                        node.set("v", k % 5);
                      }));
    }
    return new SimulatedStatement(
        "MATCH ()-[r:R]->() SET r.w = r.id % $k, r.text = 'text'",
        Map.of("k", bound),
        graph ->
            graph.relationships.forEach(
                (id, r) -> {
                  if (r.type().equals("R")) {
                    r.set("w", id % bound);
                    r.set("text", "text");
                  }
                }));
  }

  private SimulatedStatement remove(SimulatedGraph present) {
    long k = someNode(present);
    return new SimulatedStatement(
        "MATCH (n {k: $k}) REMOVE n.s, n.p, n:B",
        Map.of("k", k),
        graph -> {
          Node node = graph.nodes.get(k);
          if (node != null) {
            node.set("s", null);
            node.set("p", null);
            node.labels().remove("B");
          }
        });
  }

  private SimulatedStatement delete(SimulatedGraph present) {
    long k = someNode(present);
    if (random.nextBoolean()) {
      return new SimulatedStatement(
          "MATCH (n {k: $k}) DETACH DELETE n", Map.of("k", k), graph -> graph.detachDelete(k));
    }
    return new SimulatedStatement(
        "MATCH (n {k: $k}) DELETE n",
        Map.of("k", k),
        graph -> {
          if (graph.isConnected(k)) {
            throw new Refusal(ErrorCode.DELETE_CONNECTED_NODE);
          }
          graph.nodes.remove(k);
        });
  }

  private SimulatedStatement deleteRelationships(SimulatedGraph present) {
    long k = someNode(present);
    return new SimulatedStatement(
        "MATCH (n {k: $k})-[r]->() DELETE r",
        Map.of("k", k),
        graph -> graph.relationships.values().removeIf(r -> r.from() == k));
  }

  private SimulatedStatement foreach(SimulatedGraph present) {
    long k = someNode(present);
    long first = nextK;
    long firstId = nextId;
    int count = 1 + random.nextInt(3);
    nextK += count;
    nextId += count;
    return new SimulatedStatement(
        "MATCH (n {k: $k}) FOREACH (i IN range(0, $count - 1) | CREATE (n)-[:R {id: $id + i, w: i}]->"
            + "(:C {k: $first + i, s: 'made'}) SET n.made = i)",
        Map.of("k", k, "first", first, "id", firstId, "count", count),
        graph -> {
          Node node = graph.nodes.get(k);
          for (long i = 0; node != null && i < count; i++) {
            graph.create(first + i, Set.of("C"), Map.of("s", "made"));
            graph.connect(firstId + i, "R", new long[] {k, first + i}, i);
            node.set("made", i);
          }
        });
  }

  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Map<String, Object> row = properties();
      row.put("k", nextK++);
      row.put("by", (long) random.nextInt(8));
      rows.add(row);
    }
    return rows;
  }

  private SimulatedStatement unwind() {
    List<Map<String, Object>> rows = rows();
    return new SimulatedStatement(
        "UNWIND $rows AS row CREATE (n:A:C) SET n = row",
        Map.of("rows", rows),
        graph -> rows.forEach(row -> graph.create((Long) row.get("k"), Set.of("A", "C"), row)));
  }

  private SimulatedStatement failing(SimulatedGraph present) {
    long k = nextK++;
    int size = present.nodes.size();
    return new SimulatedStatement(
        "MATCH (n) WITH n ORDER BY n.k SET n.v = 100 WITH count(*) AS c"
            + " CREATE (:A {k: $k, v: 1 / (c - $size)})",
        Map.of("k", k, "size", size),
        graph -> {
          if (graph.nodes.size() == size) {
            throw new Refusal(ErrorCode.DIVISION_BY_ZERO);
          }
          throw new IllegalStateException("made for a graph of " + size + " nodes");
        });
  }

  private SimulatedStatement schema(SimulatedGraph present) {
    SchemaItem item = SchemaItem.values()[random.nextInt(SchemaItem.values().length)];
    boolean drop = present.schema.contains(item) ? random.nextInt(6) > 0 : random.nextInt(8) == 0;
    return drop
        ? new SimulatedStatement(item.drop, Map.of(), graph -> drop(graph, item))
        : new SimulatedStatement(item.create, Map.of(), graph -> make(graph, item));
  }

  private static void drop(SimulatedGraph graph, SchemaItem item) {
    if (!graph.schema.remove(item)) {
      throw new Refusal(
          item.isConstraint() ? ErrorCode.CONSTRAINT_NOT_FOUND : ErrorCode.INDEX_NOT_FOUND);
    }
  }

  private static void make(SimulatedGraph graph, SchemaItem item) {
    if (!graph.schema.add(item)) {
      throw new Refusal(
          item.isConstraint()
              ? ErrorCode.CONSTRAINT_ALREADY_EXISTS
              : ErrorCode.INDEX_ALREADY_EXISTS);
    }
    graph.checkConstraint(item);
  }

  /** One that commits in parts and must stand alone. */
  SimulatedStatement nextInTransactions(SimulatedGraph present) {
    return random.nextInt(4) == 0 ? deleteInTransactions(present) : createInTransactions();
  }

  private SimulatedStatement createInTransactions() {
    List<Map<String, Object>> rows = rows();
    int size = 1 + random.nextInt(3);
    AfterFailure afterFailure = AfterFailure.values()[random.nextInt(3)];
    List<Effect> parts = new ArrayList<>();
    for (List<Map<String, Object>> part : parts(rows, size)) {
      parts.add(
          graph -> {
            for (Map<String, Object> row : part) {
              if ((Long) row.get("by") == 0) {
                throw new Refusal(ErrorCode.DIVISION_BY_ZERO);
              }
              Node node = graph.create((Long) row.get("k"), Set.of("A", "B"), row);
              node.set("q", 12 / (Long) row.get("by"));
            }
          });
    }
    return new SimulatedStatement(
        "UNWIND $rows AS row CALL (row) { CREATE (n:A:B) SET n = row, n.q = 12 / row.by }"
            + " IN TRANSACTIONS OF "
            + size
            + " ROWS ON ERROR "
            + afterFailure,
        Map.of("rows", rows),
        parts,
        true,
        afterFailure);
  }

  private SimulatedStatement deleteInTransactions(SimulatedGraph present) {
    int size = 1 + random.nextInt(3);
    List<Long> keys = new ArrayList<>();
    present.nodes.forEach(
        (k, node) -> {
          if (node.labels().contains("C")) {
            keys.add(k);
          }
        });
    List<Effect> parts = new ArrayList<>();
    for (List<Long> part : parts(keys, size)) {
      parts.add(graph -> part.forEach(graph::detachDelete));
    }
    return new SimulatedStatement(
        "MATCH (n:C) WITH n ORDER BY n.k CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF "
            + size
            + " ROWS",
        Map.of(),
        parts,
        true,
        AfterFailure.FAIL);
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int at = 0; at < all.size(); at += size) {
      parts.add(all.subList(at, Math.min(all.size(), at + size)));
    }
    return parts;
  }
}
