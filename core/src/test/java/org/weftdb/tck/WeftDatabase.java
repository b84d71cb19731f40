package org.weftdb.tck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.Database;
import org.weftdb.DatabaseBuilder;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.tck.TckScenario.Table;
import org.weftdb.value.Node;
import org.weftdb.value.Path;
import org.weftdb.value.Relationship;
import org.weftdb.value.ValueEquality;

/** A WeftDB in memory, as the kit sees it. */
final class WeftDatabase implements TckDatabase {
  private final List<Procedure> procedures = new ArrayList<>();
  private Database database = Database.inMemory();

  @Override
  public Table execute(String query, Map<String, TckValue> parameters) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    parameters.forEach((name, value) -> values.put(name, toJava(value)));
    try (Result result = database.execute(query, values)) {
      List<List<TckValue>> rows = new ArrayList<>();
      while (result.hasNext()) {
        Row row = result.next();
        List<TckValue> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(fromJava(row.get(i)));
        }
        rows.add(cells);
      }
      return new Table(result.columns(), rows);
    }
  }

  @Override
  public void register(TckScenario.Procedure procedure) {
    procedures.add(Procedure.of(procedure.signature(), answering(procedure.table())));
    // Procedures are given when a database is made, so what is there moves into a new one.
    byte[] graph = database.saveSnapshotToBytes();
    database.close();
    DatabaseBuilder builder = Database.builder();
    procedures.forEach(builder::procedure);
    database = builder.inMemory();
    database.loadSnapshotFromBytes(graph);
  }

  /** Gives the last columns of the rows of a table whose first columns are the arguments. */
  private static Procedure.Body answering(Table table) {
    return (arguments, context) -> {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (List<TckValue> row : table.rows()) {
        List<@Nullable Object> values = new ArrayList<>();
        row.forEach(value -> values.add(toJava(value)));
        if (ValueEquality.equivalent(arguments, values.subList(0, arguments.size()))) {
          rows.add(values.subList(arguments.size(), values.size()));
        }
      }
      return rows;
    };
  }

  @Override
  public GraphState state() {
    Set<Long> nodes = new HashSet<>();
    Set<Long> relationships = new HashSet<>();
    Set<String> labels = new HashSet<>();
    Set<GraphState.Property> properties = new HashSet<>();
    try (Result all = database.execute("MATCH (n) RETURN n")) {
      while (all.hasNext()) {
        Node node = (Node) all.next().get(0);
        nodes.add(node.id());
        labels.addAll(node.labels());
        node.properties()
            .forEach(
                (key, value) ->
                    properties.add(new GraphState.Property(true, node.id(), key, fromJava(value))));
      }
    }
    try (Result all = database.execute("MATCH ()-[r]->() RETURN r")) {
      while (all.hasNext()) {
        Relationship relationship = (Relationship) all.next().get(0);
        relationships.add(relationship.id());
        relationship
            .properties()
            .forEach(
                (key, value) ->
                    properties.add(
                        new GraphState.Property(false, relationship.id(), key, fromJava(value))));
      }
    }
    return new GraphState(nodes, relationships, labels, properties);
  }

  @Override
  public void close() {
    database.close();
  }

  private static @Nullable Object toJava(TckValue value) {
    return switch (value) {
      case TckValue.Null v -> null;
      case TckValue.Bool v -> v.value();
      case TckValue.Int v -> v.value();
      case TckValue.Real v -> v.value();
      case TckValue.Str v -> v.value();
      case TckValue.Elements v -> {
        List<@Nullable Object> list = new ArrayList<>();
        v.elements().forEach(element -> list.add(toJava(element)));
        yield list;
      }
      case TckValue.Entries v -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        v.entries().forEach((key, element) -> map.put(key, toJava(element)));
        yield map;
      }
      case TckValue.Node v -> throw noParameter(v);
      case TckValue.Relationship v -> throw noParameter(v);
      case TckValue.Path v -> throw noParameter(v);
    };
  }

  private static IllegalArgumentException noParameter(TckValue value) {
    return new IllegalArgumentException("not a value of a parameter: " + value);
  }

  private static TckValue fromJava(@Nullable Object value) {
    return switch (value) {
      case null -> new TckValue.Null();
      case Boolean v -> new TckValue.Bool(v);
      case Long v -> new TckValue.Int(v);
      case Double v -> new TckValue.Real(v);
      case String v -> new TckValue.Str(v);
      case List<?> v -> {
        List<TckValue> elements = new ArrayList<>();
        v.forEach(element -> elements.add(fromJava(element)));
        yield new TckValue.Elements(elements);
      }
      case Map<?, ?> v -> entries(v);
      case Node v -> node(v);
      case Relationship v -> relationship(v);
      case Path v -> path(v);
      // The kit writes values of all other types as the strings that they print as.
      default -> new TckValue.Str(value.toString());
    };
  }

  private static TckValue.Entries entries(Map<?, ?> map) {
    Map<String, TckValue> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put((String) key, fromJava(value)));
    return new TckValue.Entries(entries);
  }

  private static TckValue.Node node(Node node) {
    return new TckValue.Node(new LinkedHashSet<>(node.labels()), entries(node.properties()));
  }

  private static TckValue.Relationship relationship(Relationship relationship) {
    return new TckValue.Relationship(relationship.type(), entries(relationship.properties()));
  }

  private static TckValue.Path path(Path path) {
    List<TckValue.Hop> hops = new ArrayList<>();
    for (int i = 0; i < path.relationships().size(); i++) {
      Relationship relationship = path.relationships().get(i);
      hops.add(
          new TckValue.Hop(
              relationship(relationship),
              relationship.startId() == path.nodes().get(i).id(),
              node(path.nodes().get(i + 1))));
    }
    return new TckValue.Path(node(path.nodes().get(0)), hops);
  }
}
