package org.weftdb.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A graph of objects that know each other. */
final class ReferenceGraph {
  /** Rounds after which nodes of small graphs are told apart by what is around them. */
  private static final int ROUNDS = 3;

  /** What nodes and relationships have in common. */
  abstract static class Entity {
    final int number;
    final SortedMap properties = new SortedMap();

    /** How many nodes, or relationships, were made before it. */
    long id;

    Entity(int number) {
      this.number = number;
    }
  }

  /** Properties by key, none of them null. */
  static final class SortedMap extends TreeMap<String, Object> {}

  /** A node. */
  static final class Vertex extends Entity {
    final SortedSet<String> labels = new TreeSet<>();

    Vertex(int number) {
      super(number);
    }
  }

  /** A relationship. */
  static final class Edge extends Entity {
    final String type;
    final Vertex start;
    final Vertex end;

    Edge(int number, String type, Vertex start, Vertex end) {
      super(number);
      this.type = type;
      this.start = start;
      this.end = end;
    }

    /** Its other end, seen from one of them. */
    Vertex other(Vertex from) {
      return from == start ? end : start;
    }
  }

  /** A path: a node more than relationships. */
  record Trail(List<Vertex> vertices, List<Edge> edges) {
    Trail {
      vertices = List.copyOf(vertices);
      edges = List.copyOf(edges);
    }

    Trail with(Edge edge, Vertex to) {
      List<Vertex> longer = new ArrayList<>(vertices);
      longer.add(to);
      List<Edge> more = new ArrayList<>(edges);
      more.add(edge);
      return new Trail(longer, more);
    }

    Vertex last() {
      return vertices.get(vertices.size() - 1);
    }
  }

  final List<Vertex> vertices = new ArrayList<>();
  final List<Edge> edges = new ArrayList<>();
  private int next;
  private long nextVertex;
  private long nextEdge;

  Vertex addVertex() {
    Vertex vertex = new Vertex(next++);
    vertex.id = nextVertex++;
    vertices.add(vertex);
    return vertex;
  }

  Edge addEdge(String type, Vertex start, Vertex end) {
    Edge edge = new Edge(next++, type, start, end);
    edge.id = nextEdge++;
    edges.add(edge);
    return edge;
  }

  ReferenceGraph copy() {
    ReferenceGraph copy = new ReferenceGraph();
    Map<Vertex, Vertex> copies = new IdentityHashMap<>();
    for (Vertex vertex : vertices) {
      Vertex same = copy.addVertex();
      same.labels.addAll(vertex.labels);
      same.properties.putAll(vertex.properties);
      copies.put(vertex, same);
    }
    for (Edge edge : edges) {
      Edge same = copy.addEdge(edge.type, copies.get(edge.start), copies.get(edge.end));
      same.properties.putAll(edge.properties);
    }
    return copy;
  }

  /** A query that creates it in an empty database; empty for an empty graph. */
  String creation() {
    StringBuilder text = new StringBuilder();
    Map<Vertex, String> names = new HashMap<>();
    for (Vertex vertex : vertices) {
      names.put(vertex, "n" + names.size());
      text.append(text.isEmpty() ? "CREATE (" : ", (").append(names.get(vertex));
      vertex.labels.forEach(label -> text.append(':').append(label));
      text.append(' ').append(literal(vertex)).append(')');
    }
    for (Edge edge : edges) {
      text.append(", (").append(names.get(edge.start)).append(")-[:").append(edge.type);
      text.append(' ').append(literal(edge)).append("]->(");
      text.append(names.get(edge.end)).append(')');
    }
    return text.toString();
  }

  /** The properties, with the signs of zeros. */
  private static String literal(Entity entity) {
    List<String> entries = new ArrayList<>();
    entity.properties.forEach(
        (key, value) -> {
          boolean negative = value instanceof Double number && number.equals(-0.0);
          entries.add(key + ": " + (negative ? "-0.0" : ReferenceValues.text(value)));
        });
    return "{" + String.join(", ", entries) + "}";
  }

  /**
   * Its nodes and relationships as sorted text, the same for two graphs that differ only in
   * numbers. Graphs that differ otherwise may have the same text only when their nodes look alike
   * for {@link #ROUNDS} steps around.
   */
  List<String> contents() {
    Map<Vertex, String> looks = new HashMap<>();
    for (Vertex vertex : vertices) {
      looks.put(vertex, ReferenceValues.text(vertex));
    }
    for (int round = 0; round < ROUNDS; round++) {
      Map<Vertex, List<String>> around = new HashMap<>();
      vertices.forEach(vertex -> around.put(vertex, new ArrayList<>()));
      for (Edge edge : edges) {
        String text = ReferenceValues.text(edge);
        around.get(edge.start).add(text + ">" + looks.get(edge.end).hashCode());
        around.get(edge.end).add(text + "<" + looks.get(edge.start).hashCode());
      }
      for (Vertex vertex : vertices) {
        around.get(vertex).sort(null);
        looks.put(vertex, ReferenceValues.text(vertex) + around.get(vertex));
      }
    }
    List<String> lines = new ArrayList<>();
    vertices.forEach(vertex -> lines.add(looks.get(vertex)));
    for (Edge edge : edges) {
      String ends = looks.get(edge.start).hashCode() + " to " + looks.get(edge.end).hashCode();
      lines.add(ReferenceValues.text(edge) + " from " + ends);
    }
    lines.sort(null);
    return lines;
  }
}
