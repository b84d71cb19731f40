package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;

/**
 * Subqueries against queries without any that mean the same, over random graphs and more rows than
 * a batch has; {@code -Dsubquery.seeds=1000} tries more, {@code -Dsubquery.first=17
 * -Dsubquery.seeds=1} replays seed 17.
 */
final class SubqueryEquivalenceTest {
  private static final long FIRST = Long.getLong("subquery.first", 0);
  private static final long SEEDS = Long.getLong("subquery.seeds", 12);

  /** Pairs that give the same rows in some order; all begin with many rows of {@code a}. */
  private static final String[][] PAIRS = {
    {
      "CALL (a) { MATCH (a)-[:R]->(b) WHERE b.v > $k RETURN b } RETURN a.v, b.v",
      "MATCH (a)-[:R]->(b) WHERE b.v > $k RETURN a.v, b.v"
    },
    {
      "CALL { WITH a MATCH (a)-[:R]->(b) RETURN b.v AS v } RETURN a.v, v",
      "MATCH (a)-[:R]->(b) RETURN a.v, b.v AS v"
    },
    {
      "OPTIONAL CALL (a) { MATCH (a)-[:R]->(b) WHERE b.v > $k RETURN b } RETURN a.v, b.v",
      "OPTIONAL MATCH (a)-[:R]->(b) WHERE b.v > $k RETURN a.v, b.v"
    },
    {
      "CALL (a) { MATCH (a)-[:R]->(b) RETURN count(b) AS c, sum(b.v) AS s } RETURN a.v, i, c, s",
      "OPTIONAL MATCH (a)-[:R]->(b) WITH a, i, count(b) AS c, sum(b.v) AS s RETURN a.v, i, c, s"
    },
    {
      "CALL (a) { MATCH (a)-[:R]->(b) RETURN b.v AS v ORDER BY v DESC LIMIT 1 } RETURN a.v, i, v",
      "MATCH (a)-[:R]->(b) WITH a, i, max(b.v) AS v RETURN a.v, i, v"
    },
    {
      "CALL (a) { MATCH (a)-[:R]->(b) RETURN DISTINCT b.v AS v } RETURN a.v, i, v",
      "MATCH (a)-[:R]->(b) WITH DISTINCT a, i, b.v AS v RETURN a.v, i, v"
    },
    {
      "CALL (a) { MATCH (a)-[:R]->(b) RETURN b.v AS v UNION ALL MATCH (a)<-[:R]-(b) RETURN b.v AS v"
          + " } RETURN a.v, v",
      "UNWIND [1, 2] AS side MATCH (a)-[r:R]-(b)"
          + " WHERE side = 1 AND startNode(r) = a AND a <> b"
          + " OR side = 2 AND endNode(r) = a AND a <> b OR a = b RETURN a.v, b.v AS v"
    },
    {
      "CALL (a) { MATCH (a)-[:R]->(b) CALL (b) { MATCH (b)-[:R]->(c) RETURN c } RETURN b, c }"
          + " RETURN a.v, b.v, c.v",
      "MATCH (a)-[:R]->(b) MATCH (b)-[:R]->(c) RETURN a.v, b.v, c.v"
    },
    {
      "CALL (a) { CALL (a) { MATCH (a)-[:R]->(b) RETURN count(b) AS c } WITH c WHERE c > 1 RETURN c"
          + " } RETURN a.v, c",
      "WITH a, i, size([(a)-[:R]->(b) | 1]) AS c WHERE c > 1 RETURN a.v, c"
    },
    {
      "RETURN a.v, COUNT { (a)-[:R]->(b) WHERE b.v > $k } AS c",
      "RETURN a.v, size([(a)-[:R]->(b) WHERE b.v > $k | 1]) AS c"
    },
    {
      "RETURN a.v, COLLECT { MATCH (a)-[:R]->(b) RETURN b.v ORDER BY b.v } AS l",
      "OPTIONAL MATCH (a)-[:R]->(b) WITH a, i, b.v AS v ORDER BY v"
          + " WITH a, i, collect(v) AS l RETURN a.v, l"
    },
    {
      "WHERE EXISTS { MATCH (a)-[:R]->(b) WITH count(b) AS c WHERE c >= 2 RETURN c } RETURN a.v",
      "WHERE COUNT { (a)-[:R]->() } >= 2 RETURN a.v"
    },
    {
      "RETURN a.v, [k IN [1, $k] | COUNT { MATCH (a)-[:R]->(b) WHERE b.v > k }] AS l",
      "RETURN a.v, [k IN [1, $k] | size([(a)-[:R]->(b) WHERE b.v > k | 1])] AS l"
    },
    {
      "CALL { MATCH (x:A) RETURN max(x.v) AS m } CALL { MATCH (x:A) RETURN x.v AS w ORDER BY w"
          + " LIMIT 2 } RETURN a.v, m, w",
      "CALL (a) { MATCH (x:A) WHERE a.v >= 0 RETURN max(x.v) AS m } CALL (a) { MATCH (x:A)"
          + " WHERE a.v >= 0 RETURN x.v AS w ORDER BY w LIMIT 2 } RETURN a.v, m, w"
    },
  };

  @Test
  void subqueriesGiveWhatQueriesWithoutThemGive() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Prng random = new Prng(seed);
      CypherSession session = graph(random);
      Map<String, Object> parameters = Map.of("k", (long) random.nextInt(20));
      String replay = "-Dsubquery.first=" + seed + " -Dsubquery.seeds=1: ";
      for (String[] pair : PAIRS) {
        String start = "UNWIND range(1, " + (1 + random.nextInt(80)) + ") AS i MATCH (a:A) WITH * ";
        assertEquals(
            rows(session, start + pair[1], parameters),
            rows(session, start + pair[0], parameters),
            replay + start + pair[0]);
      }
    }
  }

  private static CypherSession graph(Prng random) {
    CypherSession session = new CypherSession();
    int nodes = 1 + random.nextInt(40);
    session.run("UNWIND range(1, " + nodes + ") AS id CREATE (:A {id: id})");
    for (int i = 1; i <= nodes; i++) {
      int value = random.nextInt(20);
      session.run("MATCH (a:A {id: " + i + "}) SET a.v = " + value);
    }
    for (int i = random.nextInt(3 * nodes); i > 0; i--) {
      int from = 1 + random.nextInt(nodes);
      int to = 1 + random.nextInt(nodes);
      session.run("MATCH (a:A {id: " + from + "}), (b:A {id: " + to + "}) CREATE (a)-[:R]->(b)");
    }
    return session;
  }

  private static List<String> rows(
      CypherSession session, String query, Map<String, Object> parameters) {
    List<String> rows = new ArrayList<>();
    for (List<@Nullable Object> row : session.run(query, parameters).rows()) {
      rows.add(row.toString());
    }
    Collections.sort(rows);
    return rows;
  }
}
