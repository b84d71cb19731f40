package org.weftdb.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.ast.Query;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.engine.Access;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.engine.Transaction;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.reference.ReferenceGraph.Edge;
import org.weftdb.reference.ReferenceGraph.Entity;
import org.weftdb.reference.ReferenceGraph.Trail;
import org.weftdb.reference.ReferenceGraph.Vertex;
import org.weftdb.value.Node;
import org.weftdb.value.Path;
import org.weftdb.value.Relationship;

/** The same graph in the database and in the reference, and what both answer to a query. */
final class Comparison implements AutoCloseable {
  private final ReferenceGraph graph;
  private final Engine engine;

  /** What is in the graph. */
  private final List<String> before;

  Comparison(ReferenceGraph graph, List<String> indexes) {
    this.graph = graph;
    this.before = graph.contents();
    this.engine = Engine.inMemory(EngineOptions.singleThreaded(1, () -> 1_000));
    if (!graph.vertices.isEmpty()) {
      engine.execute(graph.creation()).close();
    }
    indexes.forEach(index -> engine.execute(index).close());
  }

  @Override
  public void close() {
    engine.close();
  }

  /**
   * What both answered, as text.
   *
   * @param differ whether one of them must be wrong
   * @param failed whether both failed
   * @param found whether there are rows or changes
   * @param actualCode how the database failed, or null
   */
  record Outcome(
      boolean differ,
      boolean failed,
      boolean found,
      String expected,
      String actual,
      @Nullable ErrorCode actualCode) {}

  /** What one of them did: an error, or rows and the graph afterwards. */
  private record Done(@Nullable WeftException error, List<String> rows, List<String> graph) {
    @Nullable ErrorCode code() {
      return error == null ? null : error.code();
    }

    String text() {
      return error == null
          ? String.join("\n", rows) + "\n-- graph --\n" + String.join("\n", graph)
          : error.code() + ": " + error.getMessage();
    }
  }

  /** What the database would do, an operator a line. */
  String plan(String text) {
    try (Result result = engine.execute("EXPLAIN " + text)) {
      PlanDescription plan = result.plan();
      return plan == null ? "" : plan.toText();
    }
  }

  /** Asks both; the graph stays as it is. */
  Outcome of(String text) {
    ParsedQuery parsed = CypherParser.parse(text);
    ReferenceGraph mine = graph.copy();
    ReferenceQueries.Answer answer = null;
    WeftException error = null;
    try {
      answer = new ReferenceQueries(mine).run((Query) parsed.statement());
    } catch (WeftException e) {
      error = e;
    }
    Done actual = product(text);
    if (answer == null) {
      Done expected = new Done(error, List.of(), List.of());
      boolean differ =
          actual.error == null || actual.error.code().category() == ErrorCategory.INTERNAL;
      return new Outcome(differ, !differ, false, expected.text(), actual.text(), actual.code());
    }
    List<String> rows = new ArrayList<>();
    answer.ties().forEach(rows::addAll);
    Done expected = new Done(null, rows, mine.contents());
    boolean same =
        actual.error == null
            && expected.graph.equals(actual.graph)
            && isAnswer(actual.rows, answer);
    String limits = "skip " + answer.skip() + " limit " + answer.limit() + "\n";
    boolean found = !rows.isEmpty() || !expected.graph.equals(before);
    return new Outcome(!same, false, found, limits + expected.text(), actual.text(), actual.code());
  }

  private Done product(String text) {
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      List<String> rows = new ArrayList<>();
      try (Result result = transaction.execute(text)) {
        while (result.hasNext()) {
          rows.add(row(result.next()));
        }
      }
      return new Done(null, rows, contents(transaction));
    } catch (WeftException e) {
      return new Done(e, List.of(), List.of());
    } catch (RuntimeException e) {
      return new Done(new WeftException(ErrorCode.INTERNAL, "thrown: " + e), List.of(), List.of());
    }
  }

  /** Whether rows are in the order asked for, and the right ones of those that tie. */
  private static boolean isAnswer(List<String> rows, ReferenceQueries.Answer answer) {
    long position = 0;
    int at = 0;
    for (List<String> tied : answer.ties()) {
      Map<String, Integer> left = new HashMap<>();
      tied.forEach(row -> left.merge(row, 1, Integer::sum));
      for (int i = 0; i < tied.size(); i++, position++) {
        if (position < answer.skip() || position - answer.skip() >= answer.limit()) {
          continue;
        }
        if (at == rows.size() || left.merge(rows.get(at++), -1, Integer::sum) < 0) {
          return false;
        }
      }
    }
    return at == rows.size();
  }

  // ---- What the database gives, as the reference has it ---------------------------------------

  private static String row(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.columns().size(); i++) {
      values.add(value(row.get(i)));
    }
    return ReferenceValues.text(values);
  }

  private static List<String> contents(Transaction transaction) {
    ReferenceGraph read = new ReferenceGraph();
    Map<Object, Vertex> vertices = new HashMap<>();
    try (Result nodes = transaction.execute("MATCH (n) RETURN n")) {
      for (Row row : nodes) {
        Node node = (Node) row.get(0);
        Vertex vertex = read.addVertex();
        vertex.labels.addAll(node.labels());
        vertex.properties.putAll(node.properties());
        vertices.put(node.id(), vertex);
      }
    }
    try (Result relationships = transaction.execute("MATCH ()-[r]->() RETURN r")) {
      for (Row row : relationships) {
        Relationship made = (Relationship) row.get(0);
        Vertex start = vertices.get(made.startId());
        Edge edge = read.addEdge(made.type(), start, vertices.get(made.endId()));
        edge.properties.putAll(made.properties());
      }
    }
    return read.contents();
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Node node -> vertex(node);
      case Relationship relationship -> edge(relationship, new Vertex(0), new Vertex(0));
      case Path path -> {
        List<Vertex> vertices = new ArrayList<>();
        path.nodes().forEach(node -> vertices.add(vertex(node)));
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < path.length(); i++) {
          Relationship relationship = path.relationships().get(i);
          boolean forwards = relationship.startId() == path.nodes().get(i).id();
          Vertex left = vertices.get(i);
          Vertex right = vertices.get(i + 1);
          edges.add(edge(relationship, forwards ? left : right, forwards ? right : left));
        }
        yield new Trail(vertices, edges);
      }
      case List<?> list -> {
        List<Object> values = new ArrayList<>();
        list.forEach(element -> values.add(value(element)));
        yield values;
      }
      case null, default -> value;
    };
  }

  private static Vertex vertex(Node node) {
    Vertex vertex = new Vertex((int) node.id());
    vertex.labels.addAll(node.labels());
    return with(vertex, node.properties());
  }

  private static Edge edge(Relationship relationship, Vertex start, Vertex end) {
    Edge edge = new Edge((int) relationship.id(), relationship.type(), start, end);
    return with(edge, relationship.properties());
  }

  private static <E extends Entity> E with(E entity, Map<String, Object> properties) {
    entity.properties.putAll(properties);
    return entity;
  }
}
