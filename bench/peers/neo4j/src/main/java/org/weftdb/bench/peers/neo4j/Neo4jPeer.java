package org.weftdb.bench.peers.neo4j;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.internal.Version;
import org.weftdb.bench.peers.Peer;

/** Neo4j embedded, in a directory: there is no other way to have it. */
public final class Neo4jPeer implements Peer {
  private static final String NAME = "neo4j";
  private static final long PAGE_CACHE_BYTES = 1L << 30;

  private @Nullable DatabaseManagementService service;

  @Override
  public void open(Path directory, Map<String, String> keys) {
    service =
        new DatabaseManagementServiceBuilder(directory)
            .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
            .build();
    keys.forEach(
        (label, key) ->
            database()
                .executeTransactionally(
                    "CREATE CONSTRAINT FOR (n:" + label + ") REQUIRE n." + key + " IS UNIQUE"));
    try (Transaction transaction = database().beginTx()) {
      transaction.schema().awaitIndexesOnline(1, TimeUnit.MINUTES);
    }
  }

  @Override
  public String version() {
    return Version.getNeo4jVersion();
  }

  @Override
  public Rows execute(String cypher, Map<String, Object> parameters) {
    try (Transaction transaction = database().beginTx()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      List<String> columns;
      try (Result result = transaction.execute(cypher, parameters)) {
        columns = result.columns();
        while (result.hasNext()) {
          rows.add(detached(result.next()));
        }
      }
      transaction.commit();
      return new MapRows(columns, rows);
    }
  }

  /** A node is of use only in its transaction, so what it has is copied as WeftDB's is. */
  private static Map<String, Object> detached(Map<String, Object> row) {
    boolean hasNodes = false;
    for (Object value : row.values()) {
      hasNodes |= value instanceof Node;
    }
    if (!hasNodes) {
      return row;
    }
    Map<String, Object> copy = new HashMap<>();
    row.forEach((column, value) -> copy.put(column, value instanceof Node n ? whole(n) : value));
    return copy;
  }

  private static Map<String, Object> whole(Node node) {
    Map<String, Object> properties = new HashMap<>(node.getAllProperties());
    List<String> labels = new ArrayList<>();
    for (Label label : node.getLabels()) {
      labels.add(label.name());
    }
    properties.put("_labels", labels);
    return properties;
  }

  private record MapRows(List<String> columns, List<Map<String, Object>> rows) implements Rows {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public List<@Nullable Object> values(int row) {
      List<@Nullable Object> values = new ArrayList<>();
      for (String column : columns) {
        values.add(rows.get(row).get(column));
      }
      return values;
    }

    @Override
    public void forEachValue(ValueVisitor visitor) {
      for (Map<String, Object> row : rows) {
        for (Object value : row.values()) {
          visitor.visit(value);
        }
      }
    }
  }

  @Override
  public void close() {
    Objects.requireNonNull(service, "not open").shutdown();
  }

  private GraphDatabaseService database() {
    return Objects.requireNonNull(service, "not open").database(NAME);
  }
}
