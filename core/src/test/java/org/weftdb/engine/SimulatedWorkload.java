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
    return switch (random.nextInt(26)) {
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
      case 17, 18 -> newNames();
      case 19 -> dynamicNames(graph);
      case 20 -> subquery(graph);
      case 21 -> ofRelationships(graph);
      case 22, 23 -> loadCsv();
      case 24 -> random.nextInt(8) == 0 ? hub(graph) : create();
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

  /** Two nodes and a relationship with names that there have not been before. */
  private SimulatedStatement newNames() {
    long k = nextK;
    nextK += 2;
    long id = nextId++;
    String query =
        "CREATE (a:A:`L%1$d` {k: $k, `x%1$d`: true, s: 'new'})-[:`T%1$d` {id: $id, w: 1}]->"
            + "(b:C {k: $k + 1, s: 'other'})-[:S {id: -$id, w: $k}]->(a)";
    return new SimulatedStatement(
        query.formatted(k),
        Map.of("k", k, "id", id),
        graph -> {
          graph.create(k, Set.of("A", "L" + k), Map.of("x" + k, true, "s", "new"));
          graph.create(k + 1, Set.of("C"), Map.of("s", "other"));
          graph.connect(id, "T" + k, new long[] {k, k + 1}, 1L);
          graph.connect(-id, "S", new long[] {k + 1, k}, k);
        });
  }

  private SimulatedStatement dynamicNames(SimulatedGraph present) {
    long k = someNode(present);
    String label = random.nextBoolean() ? "B" : "Other" + random.nextInt(3);
    String key = random.nextBoolean() ? "v" : "other" + random.nextInt(3);
    Object value = small();
    Map<String, Object> parameters = new TreeMap<>(Map.of("k", k, "label", label, "key", key));
    parameters.put("value", value);
    boolean removes = random.nextInt(3) == 0;
    return new SimulatedStatement(
        removes
            ? "MATCH (n {k: $k}) REMOVE n:$($label), n[$key]"
            : "MATCH (n {k: $k}) SET n:$($label), n[$key] = $value",
        parameters,
        graph -> {
          Node node = graph.nodes.get(k);
          if (node != null && removes) {
            node.labels().remove(label);
            node.set(key, null);
          } else if (node != null) {
            node.labels().add(label);
            node.set(key, value);
          }
        });
  }

  private SimulatedStatement subquery(SimulatedGraph present) {
    long k = someNode(present);
    Object value = small();
    Map<String, Object> parameters = new TreeMap<>(Map.of("k", k));
    parameters.put("value", value);
    return new SimulatedStatement(
        "MATCH (n) WHERE n.k >= $k CALL (n) { WITH n WHERE n:C SET n.v = $value"
            + " UNION WITH n WHERE n:B SET n.s = 'b' } RETURN count(*) AS c",
        parameters,
        graph ->
            graph
                .nodes
                .tailMap(k, true)
                .values()
                .forEach(
                    node -> {
                      if (node.labels().contains("C")) {
                        node.set("v", value);
                      }
                      if (node.labels().contains("B")) {
                        node.set("s", "b");
                      }
                    }));
  }

  private SimulatedStatement ofRelationships(SimulatedGraph present) {
    long k = someNode(present);
    if (random.nextBoolean()) {
      return new SimulatedStatement(
          "MATCH (n {k: $k})<-[r]-() REMOVE r.w SET r.text = 'in'",
          Map.of("k", k),
          graph ->
              graph
                  .relationships
                  .values()
                  .forEach(
                      r -> {
                        if (r.to() == k) {
                          r.set("w", null);
                          r.set("text", "in");
                        }
                      }));
    }
    return new SimulatedStatement(
        "MATCH p = (n {k: $k})-[r:R]->() WITH collect(p) AS paths FOREACH (p IN paths |"
            + " FOREACH (r IN relationships(p) | SET r = {id: r.id, w: r.id}))",
        Map.of("k", k),
        graph ->
            graph.relationships.forEach(
                (id, r) -> {
                  if (r.from() == k && r.type().equals("R")) {
                    r.properties().clear();
                    r.set("id", id);
                    r.set("w", id);
                  }
                }));
  }

  private SimulatedStatement loadCsv() {
    StringBuilder table = new StringBuilder("k,s\n");
    Map<Long, String> rows = new TreeMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      long k = nextK++;
      rows.put(k, "from a table");
      table.append(k).append(",from a table\n");
    }
    return new SimulatedStatement(
        "LOAD CSV WITH HEADERS FROM $table AS row"
            + " CREATE (:A:C {k: toInteger(row.k), s: row.s, u: -toInteger(row.k)})",
        Map.of("table", table.toString()),
        graph ->
            rows.forEach((k, s) -> graph.create(k, Set.of("A", "C"), Map.of("s", s, "u", -k))));
  }

  /** So many relationships at one node that they are kept in another way. */
  private SimulatedStatement hub(SimulatedGraph present) {
    long k = someNode(present);
    long id = nextId;
    int count = 110;
    nextId += count;
    return new SimulatedStatement(
        "MATCH (n {k: $k}) UNWIND range(0, $count - 1) AS i CREATE (n)-[:R {id: $id + i, w: i}]->(n)",
        Map.of("k", k, "id", id, "count", count),
        graph -> {
          for (long i = 0; graph.nodes.containsKey(k) && i < count; i++) {
            graph.connect(id + i, "R", new long[] {k, k}, i);
          }
        });
  }

  List<Map<String, Object>> rows() {
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
}
