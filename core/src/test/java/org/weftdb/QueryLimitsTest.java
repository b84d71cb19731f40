package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** A query that would use too much memory or time ends with an error, and nothing else happens. */
class QueryLimitsTest {
  private static final long MEMORY = 8L << 20;

  private static Database small() {
    Database database = Database.builder().queryMemoryBytes(MEMORY).inMemory();
    database.execute("UNWIND range(1, 300) AS i CREATE (:N {i: i})");
    return database;
  }

  private static ErrorCode failureOf(Database database, String query) {
    return assertThrows(WeftException.class, () -> database.execute(query).toList()).code();
  }

  private static void assertUsable(Database database) {
    assertEquals(300, database.nodeCount());
    assertEquals(0, database.relationshipCount());
    assertEquals(
        "[{n=300}]", database.execute("MATCH (n) RETURN count(n) AS n").toList().toString());
    database.execute("CREATE (:After)");
    assertEquals(301, database.nodeCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNWIND range(1, 100000000) AS x RETURN collect(x) AS l",
        "UNWIND range(1, 100000000) AS x RETURN collect(toString(x)) AS l",
        "UNWIND range(1, 100000000) AS x RETURN collect(DISTINCT x) AS l",
        "UNWIND range(1, 100000000) AS x RETURN percentileCont(x, 0.5) AS l",
        "UNWIND range(1, 100000000) AS x RETURN DISTINCT x SKIP 50000000",
        "UNWIND range(1, 100000000) AS x RETURN x, count(*) AS n ORDER BY n LIMIT 1",
        "UNWIND range(1, 100000000) AS x RETURN x % 1000 AS y, x ORDER BY y",
        "UNWIND range(1, 100000000) AS x WITH {a: x, b: [x, x]} AS m RETURN m ORDER BY m",
        "MATCH (a), (b), (c) RETURN collect([a, b, c]) AS l",
        "MATCH (a), (b), (c) RETURN a, b, c ORDER BY a.i + b.i + c.i",
        "RETURN reduce(s = 'a', x IN range(1, 60) | s + s) AS s",
        "RETURN reduce(s = 'a', x IN range(1, 60) | s || s) AS s",
        "RETURN reduce(l = [1], x IN range(1, 60) | l + l) AS s",
        "RETURN reduce(l = [], x IN range(1, 100000) | l + [range(1, 200) + x]) AS s",
        "RETURN [x IN range(1, 100000000) | x] AS l",
        "RETURN [x IN range(1, 100000000) | [x, x, x]] AS l",
        "RETURN [x IN range(1, 100000000) | toString(x)] AS l",
        "RETURN reverse(range(1, 100000000)) AS l",
        "RETURN tail(range(1, 100000000)) AS l",
        "RETURN range(1, 100000000)[1..90000000] AS l",
        "RETURN range(1, 50000000) + 1 AS l",
        "UNWIND range(1, 1000) AS i RETURN [x IN range(1, 10000) | x] AS l, i ORDER BY i",
        "WITH reduce(s = 'a', x IN range(1, 20) | s + s) AS s UNWIND range(1, 1000) AS i"
            + " RETURN collect(s + i) AS l",
        "RETURN COLLECT { MATCH (a), (b), (c) RETURN a.i } AS l",
        "UNWIND range(1, 100000000) AS x CREATE (:Many {x: x})",
        "MATCH (a), (b), (c) CREATE (a)-[:R]->(b)",
        "MATCH (a), (b) CREATE (:Pair {a: a.i, b: b.i}) WITH a, b MATCH (c) CREATE (:C {i: c.i})",
        "MATCH (a), (b), (c) SET a.x = 1 RETURN a, b, c",
        "CREATE (n:Long) SET n.l = range(1, 90000000)",
        "WITH bytes.compress(reduce(s = 'a', x IN range(1, 20) | s + s)) AS packed"
            + " RETURN bytes.decompress(reduce(b = packed, x IN range(1, 6) | b || b)) AS l",
        "UNWIND range(1, 4096) AS i"
            + " RETURN collect(vector([x IN range(1, 4096) | x + i], 4096, FLOAT)) AS l",
        "RETURN range(0, 90000000)::BYTES AS l",
      })
  void takesNoMoreMemoryThanItMay(String query) {
    try (Database database = small()) {
      assertEquals(ErrorCode.MEMORY_LIMIT, failureOf(database, query));
      assertUsable(database);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNWIND range(1, 1000000) AS x RETURN count([x, x]) AS n",
        "UNWIND range(1, 5000) AS x RETURN count([y IN range(1, 150) | y]) AS n",
        "UNWIND range(1, 2000) AS x RETURN max(size(reduce(s = 'a', y IN range(1, 10) | s + s)))",
        "WITH [y IN range(1, 20000) | y] AS l UNWIND range(1, 3000) AS x RETURN x, l ORDER BY x"
            + " DESC LIMIT 1",
        "WITH [y IN range(1, 20000) | y] AS l UNWIND range(1, 3000) AS x WITH x, l"
            + " RETURN size(collect(l)) AS n",
        "RETURN size(reduce(l = [], x IN range(1, 5000) | l + x)) AS n",
        "RETURN reduce(n = 0, x IN range(1, 300) | n + size([y IN range(1, 10000) | y])) AS n",
        "RETURN all(x IN range(1, 300) WHERE size([y IN range(1, 10000) | y]) = 10000) AS n",
        "RETURN size([x IN range(1, 300) WHERE size([y IN range(1, 10000) | y]) = 10000]) AS n",
        "RETURN size(range(1, 100000000)) AS n",
        "RETURN head(range(1, 100000000)) AS n",
        "UNWIND range(1, 3000) AS x CALL (x) { UNWIND range(1, 1000) AS y RETURN collect(y) AS l }"
            + " RETURN sum(size(l)) AS n",
        "UNWIND range(1, 3000) AS x CALL (x) { UNWIND range(1, 1000) AS y"
            + " RETURN y ORDER BY -y LIMIT 1 } RETURN sum(y) AS n",
        "UNWIND range(1, 3000) AS x RETURN sum(size(COLLECT { UNWIND range(1, 1000) AS y"
            + " RETURN DISTINCT y })) AS n",
        "MATCH (a), (b) WITH DISTINCT a, b RETURN count(*) AS n",
        "MATCH (a), (b) RETURN a.i AS i, b.i AS j ORDER BY i DESC, j LIMIT 3",
      })
  void whatIsGivenUpDoesNotCount(String query) {
    try (Database database = small()) {
      assertTrue(!database.execute(query).toList().isEmpty());
      assertUsable(database);
    }
  }

  @Test
  void theMessageNamesWhoAsksAndHowMuchThereIs() {
    try (Database database = small()) {
      WeftException failure =
          assertThrows(
              WeftException.class,
              () -> database.execute("RETURN [x IN range(1, 100000000) | x] AS l").toList());
      assertTrue(failure.getMessage().contains("a list comprehension"), failure.getMessage());
      assertTrue(failure.getMessage().contains("8388608 bytes"), failure.getMessage());
      assertTrue(failure.getMessage().contains("queryMemoryBytes"), failure.getMessage());
    }
  }

  @Test
  void parametersCount() {
    try (Database database = small()) {
      Map<String, Object> parameters = Map.of("text", "x".repeat(20_000_000));
      WeftException failure =
          assertThrows(
              WeftException.class, () -> database.execute("RETURN size($text)", parameters));
      assertEquals(ErrorCode.MEMORY_LIMIT, failure.code());
    }
  }

  @Test
  void whatWasCommittedInPartsDoesNotCount() {
    try (Database database = small()) {
      database.execute(
          "UNWIND range(1, 50000) AS x CALL (x) { CREATE (:Many {x: x}) }"
              + " IN TRANSACTIONS OF 1000 ROWS");
      assertEquals(50_300, database.nodeCount());
    }
  }

  @Test
  void whatAJoinKeepsCounts() {
    try (Database database = small()) {
      database.execute(
          "UNWIND range(1, 50000) AS x CALL (x) { CREATE (:Many {x: x, s: toString(x) + '"
              + "y".repeat(100)
              + "'}) } IN TRANSACTIONS OF 1000 ROWS");
      String join = "MATCH (a:Many), (b:Many) WHERE a.s = b.s RETURN count(*) AS n";
      assertTrue(database.explain(join).toText().contains("ValueHashJoin"));
      assertEquals(ErrorCode.MEMORY_LIMIT, failureOf(database, join));
      assertEquals("[{n=50000}]", database.execute(join.replace(".s", ".x")).toList().toString());
    }
  }

  @Test
  void whatAnIndexFindsForAWriteCounts() {
    try (Database database = Database.builder().queryMemoryBytes(300_000).inMemory()) {
      database.execute("CREATE INDEX FOR (n:N) ON (n.i)");
      for (int i = 0; i < 100; i++) {
        database.execute("UNWIND range(1, 500) AS i CREATE (:N {i: i})");
      }
      String read = "MATCH (n:N) WHERE n.i > 0 WITH n LIMIT 1 ";
      assertEquals(1, database.execute(read + "RETURN n.i").toList().size());
      assertEquals(ErrorCode.MEMORY_LIMIT, failureOf(database, read + "SET n.x = 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (a), (b), (c), (d), (e) RETURN count(*) + sum(a.i * b.i) AS n",
        "UNWIND range(1, 2000000000) AS x RETURN sum(x) AS n",
        "RETURN reduce(n = 0, x IN range(1, 2000000000) | n + 1 - 1) AS n",
        "RETURN all(x IN range(1, 2000000000) WHERE x > 0) AS n",
        "RETURN size([x IN range(1, 2000000000) WHERE x IN range(1, 1000000)]) AS n",
        "RETURN any(x IN range(1, 4000) WHERE -x IN range(1, 2000000000)) AS n",
        "UNWIND range(1, 1000000) AS x RETURN sum(size(range(1, x))) + sum(reduce(n = 0, y IN"
            + " range(1, x) | y)) AS n",
        "MATCH (n) WHERE all(x IN range(1, 1000000000) WHERE x <> n.i + 0.5) RETURN count(*) AS n",
        "MATCH (n) WHERE EXISTS { MATCH (a), (b), (c), (d) WHERE a.i + b.i + c.i + d.i < 0 }"
            + " RETURN count(*) AS n",
        "UNWIND range(1, 1000000000) AS x MERGE (:N {i: 1})",
        "UNWIND range(1, 1000000000) AS x MATCH (n:N {i: 1}) SET n.i = 1",
        "WITH reduce(s = 'a', x IN range(1, 20) | s + s) AS s UNWIND range(1, 100000) AS i"
            + " RETURN count(s =~ '((a?){50}){50}b') AS n",
      })
  void runsNoLongerThanItMay(String query) {
    byte[] graph;
    try (Database patient = Database.inMemory()) {
      patient.execute("UNWIND range(1, 300) AS i CREATE (:N {i: i})");
      graph = patient.saveSnapshotToBytes();
    }
    try (Database database = Database.builder().timeoutMillis(30).inMemory()) {
      database.loadSnapshotFromBytes(graph);
      assertEquals(ErrorCode.TIMED_OUT, failureOf(database, query));
      // No query: on a busy machine one more may take too long as well.
      assertArrayEquals(graph, database.saveSnapshotToBytes());
      database.loadSnapshotFromBytes(graph);
    }
  }

  @Test
  void planningTakesNoLongerThanAQueryMay() {
    StringBuilder query = new StringBuilder("MATCH (n)");
    for (int i = 0; i < 300; i++) {
      query.append(", (n").append(i).append(":A)");
    }
    query.append(" WHERE true");
    for (int i = 0; i < 50_000; i++) {
      query.append(" AND n299.p").append(i).append(" = 1");
    }
    try (Database database = Database.builder().timeoutMillis(30).inMemory()) {
      assertEquals(ErrorCode.TIMED_OUT, failureOf(database, query.append(" RETURN 1").toString()));
    }
  }
}
