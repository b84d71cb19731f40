package org.weftdb.bench.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.Database;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;

/** WeftDB's Java API, in memory. */
public final class WeftDbPeer implements Peer {
  private @Nullable Database database;

  @Override
  public void open(Path directory, Map<String, String> keys) {
    database = Database.inMemory();
    keys.forEach(
        (label, key) ->
            database()
                .execute(
                    "CREATE CONSTRAINT FOR (n:" + label + ") REQUIRE n." + key + " IS UNIQUE"));
  }

  @Override
  public String version() {
    return Objects.requireNonNullElse(
        Database.class.getPackage().getImplementationVersion(), "of this tree");
  }

  @Override
  public Rows execute(String cypher, Map<String, Object> parameters) {
    List<Row> rows = new ArrayList<>();
    try (Result result = database().execute(cypher, parameters)) {
      while (result.hasNext()) {
        rows.add(result.next());
      }
    }
    return new RowList(rows);
  }

  private record RowList(List<Row> rows) implements Rows {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public List<@Nullable Object> values(int row) {
      return new ArrayList<>(rows.get(row).asMap().values());
    }

    @Override
    public void forEachValue(ValueVisitor visitor) {
      for (Row row : rows) {
        for (int i = 0; i < row.columns().size(); i++) {
          visitor.visit(row.get(i));
        }
      }
    }
  }

  @Override
  public byte[] saveSnapshot() {
    return database().saveSnapshotToBytes();
  }

  @Override
  public void loadSnapshot(byte[] snapshot) {
    database().loadSnapshotFromBytes(snapshot);
  }

  @Override
  public void close() {
    database().close();
  }

  private Database database() {
    return Objects.requireNonNull(database, "not open");
  }
}
