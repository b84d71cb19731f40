package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;

/**
 * A graph as plain maps, held against the database's: nodes by their property {@code k},
 * relationships by their property {@code id}, and what of the schema there is.
 */
final class SimulatedGraph {
  record Node(TreeSet<String> labels, TreeMap<String, Object> properties) {
    Node copy() {
      return new Node(new TreeSet<>(labels), new TreeMap<>(properties));
    }

    /** Sets a property; null removes it. */
    void set(String key, @Nullable Object value) {
      put(properties, key, value);
    }
  }

  record Relationship(String type, long from, long to, TreeMap<String, Object> properties) {
    Relationship copy() {
      return new Relationship(type, from, to, new TreeMap<>(properties));
    }

    /** Sets a property; null removes it. */
    void set(String key, @Nullable Object value) {
      put(properties, key, value);
    }
  }

  /** What a statement must fail with. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    final ErrorCode code;

    Refusal(ErrorCode code) {
      super(code.name(), null, false, false);
      this.code = code;
    }
  }

  final TreeMap<Long, Node> nodes = new TreeMap<>();
  final TreeMap<Long, Relationship> relationships = new TreeMap<>();
  final EnumSet<SchemaItem> schema = EnumSet.noneOf(SchemaItem.class);

  private static void put(TreeMap<String, Object> target, String key, @Nullable Object value) {
    if (value == null) {
      target.remove(key);
    } else {
      target.put(key, value);
    }
  }

  SimulatedGraph copy() {
    SimulatedGraph copy = new SimulatedGraph();
    nodes.forEach((k, node) -> copy.nodes.put(k, node.copy()));
    relationships.forEach((id, relationship) -> copy.relationships.put(id, relationship.copy()));
    copy.schema.addAll(schema);
    return copy;
  }

  boolean isLike(SimulatedGraph other) {
    return nodes.equals(other.nodes)
        && relationships.equals(other.relationships)
        && schema.equals(other.schema);
  }

  /** Creates a node. */
  Node create(long k, Set<String> labels, Map<String, Object> properties) {
    Node node = new Node(new TreeSet<>(labels), new TreeMap<>(properties));
    node.set("k", k);
    nodes.put(k, node);
    return node;
  }

  /** Creates a relationship. */
  void connect(long id, String type, long[] ends, @Nullable Object weight) {
    Relationship relationship = new Relationship(type, ends[0], ends[1], new TreeMap<>());
    relationship.set("id", id);
    relationship.set("w", weight);
    relationships.put(id, relationship);
  }

  /** Deletes a node and its relationships, if it is there. */
  void detachDelete(long k) {
    nodes.remove(k);
    relationships.values().removeIf(r -> r.from == k || r.to == k);
  }

  boolean isConnected(long k) {
    return relationships.values().stream().anyMatch(r -> r.from == k || r.to == k);
  }

  /** Throws what a statement fails with that has left the graph like this. */
  void checkConstraints() {
    for (SchemaItem item : schema) {
      checkConstraint(item);
    }
  }

  void checkConstraint(SchemaItem item) {
    SchemaItem.Demand demand = item.demand;
    if (demand == null) {
      return;
    }
    Set<List<Object>> seen = new HashSet<>();
    for (TreeMap<String, Object> properties : propertiesOf(item)) {
      boolean whole = properties.keySet().containsAll(item.keys);
      boolean violated =
          switch (demand) {
            case UNIQUE -> whole && !seen.add(values(properties, item.keys));
            case KEY -> !whole || !seen.add(values(properties, item.keys));
            case NOT_NULL -> !whole;
            case INTEGER -> whole && !(properties.get(item.keys.get(0)) instanceof Long);
          };
      if (violated) {
        throw new Refusal(ErrorCode.CONSTRAINT_VIOLATED);
      }
    }
  }

  private static List<Object> values(TreeMap<String, Object> properties, List<String> keys) {
    return keys.stream().map(properties::get).toList();
  }

  /** The properties of everything that a part of the schema is on. */
  private List<TreeMap<String, Object>> propertiesOf(SchemaItem item) {
    return item.ofNodes
        ? nodes.values().stream()
            .filter(node -> node.labels.contains(item.labelOrType))
            .map(Node::properties)
            .toList()
        : relationships.values().stream()
            .filter(relationship -> relationship.type.equals(item.labelOrType))
            .map(Relationship::properties)
            .toList();
  }

  /** The graph that queries see. */
  static SimulatedGraph read(Function<String, Result> run, String where) {
    SimulatedGraph graph = new SimulatedGraph();
    for (Row row : run.apply("MATCH (n) RETURN n")) {
      org.weftdb.value.Node node = (org.weftdb.value.Node) Objects.requireNonNull(row.get(0));
      graph.create((Long) node.properties().get("k"), Set.copyOf(node.labels()), node.properties());
    }
    for (Row row : run.apply("MATCH (a)-[r]->(b) RETURN a.k, b.k, r")) {
      var found = (org.weftdb.value.Relationship) Objects.requireNonNull(row.get(2));
      TreeMap<String, Object> properties = new TreeMap<>(found.properties());
      Object before =
          graph.relationships.put(
              (Long) properties.get("id"),
              new Relationship(found.type(), (Long) row.get(0), (Long) row.get(1), properties));
      assertNull(before, where + ": a relationship is there twice");
    }
    return graph;
  }

  /** Asserts that queries see this graph; the schema does not count. */
  void assertSeen(Function<String, Result> run, String where) {
    SimulatedGraph seen = read(run, where);
    assertEquals(nodes, seen.nodes, where);
    assertEquals(relationships, seen.relationships, where);
  }

  /** Asserts that an engine has this graph and schema, and that its indexes agree with it. */
  void assertIn(Engine engine, String where) {
    assertSeen(engine::execute, where);
    Set<String> indexes = new TreeSet<>();
    Set<String> constraints = new TreeSet<>();
    try (Transaction transaction = engine.begin(Access.READ)) {
      transaction.root().graph().indexes().forEach(index -> indexes.add(index.name()));
      transaction.root().graph().constraints().forEach(c -> constraints.add(c.name()));
    }
    assertEquals(names(SchemaItem::isConstraint), constraints, where);
    assertEquals(names(SchemaItem::hasIndex), indexes, where);
    for (SchemaItem item : SchemaItem.values()) {
      assertEquals(
          engine.execute(item.scan).toList(),
          engine.execute(item.seek).toList(),
          where + ": " + item.seek);
    }
  }

  private Set<String> names(Function<SchemaItem, Boolean> which) {
    return schema.stream()
        .filter(which::apply)
        .map(SchemaItem::itsName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
