package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.temporal.DateValue;

/** What is read off an index in its order is what there is without the index. */
final class IndexOrderTest {
  private static final List<String> QUERIES =
      List.of(
          "MATCH (n:N) RETURN min(n.p) AS a, max(n.p) AS b, max(n.p) AS c",
          "MATCH (n:N) RETURN max(n.p) AS m",
          "MATCH (n:N) WHERE n.p > $v RETURN min(n.p) AS a",
          "MATCH (n:N) WHERE n.p >= $v AND n.q = 1 RETURN min(n.p) AS a, max(n.p) AS b",
          "MATCH (n:N) WHERE n.p < $v AND n.p <> $w RETURN max(n.p) AS b",
          "MATCH (n:N) WHERE n.p IS NOT NULL AND n.p IS :: INTEGER RETURN min(n.p) AS a",
          "MATCH (n:N) WHERE n.p STARTS WITH 's1' RETURN min(n.p) AS a, max(n.p) AS b",
          "MATCH (n:N) WITH n.p AS p WHERE p <> $v RETURN min(p) AS a, max(p) AS b",
          "UNWIND [$v, $w] AS v CALL (v) { MATCH (n:N) WHERE n.p > v"
              + " RETURN min(n.p) AS a, max(n.p) AS b } RETURN v, a, b",
          "MATCH ()-[r:R]->() RETURN min(r.p) AS a, max(r.p) AS b",
          "MATCH ()-[r:R]-() WHERE r.p > $v RETURN max(r.p) AS b",
          "MATCH (a)-[r:R]->(b) WHERE r.p > $v AND a.q = 1 RETURN min(r.p) AS a, max(r.p) AS b",
          "MATCH (a)-[r:R]->(b) WHERE r.p > $v RETURN r.p AS p ORDER BY p DESC LIMIT 3",
          "MATCH (a)<-[r:R]-(b) WHERE r.p IS NOT NULL RETURN r.p AS p ORDER BY r.p LIMIT 5",
          "MATCH (a)-[r:R]-(b) WHERE r.p <= $v RETURN r.p AS p ORDER BY p DESC SKIP 1");

  private static @Nullable Object value(Prng random, int kinds) {
    int number = random.nextInt(40) - 20;
    return switch (random.nextInt(kinds)) {
      case 0 -> (Object) (long) number;
      case 1 -> null;
      case 2 -> number + 0.5;
      case 3 -> "s" + number;
      case 4 -> number > 0;
      case 5 -> List.of((long) number, 1L);
      case 6 -> Double.NaN;
      case 7 -> new DateValue(number);
      default -> new Point(CoordinateSystem.CARTESIAN, number, 1, 0);
    };
  }

  private static CypherSession session(List<@Nullable Object> values) {
    CypherSession session = new CypherSession();
    session.run(
        "UNWIND range(0, size($values) - 1) AS i CREATE (n:N {p: $values[i], q: i % 2})"
            + "-[:R {p: $values[i]}]->(:M {p: $values[i]}), (n)-[:S {p: $values[i]}]->(n)",
        Map.of("values", values));
    return session;
  }

  @Test
  void theEndsOfAnIndexAreTheLeastAndTheGreatestValue() {
    Prng random = new Prng(11);
    int found = 0;
    for (int kinds = 1; kinds <= 9; kinds++) {
      for (int size : new int[] {0, 1, 7, 60, 1500}) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          values.add(value(random, kinds));
        }
        CypherSession plain = session(values);
        CypherSession indexed = session(values);
        indexed.run("CREATE INDEX FOR (n:N) ON (n.p)", Map.of());
        indexed.run("CREATE INDEX FOR ()-[r:R]-() ON (r.p)", Map.of());
        for (String query : QUERIES) {
          for (int i = 0; i < 3; i++) {
            Map<String, @Nullable Object> parameters = new HashMap<>();
            parameters.put("v", value(random, kinds));
            parameters.put("w", value(random, kinds));
            List<List<@Nullable Object>> expected = plain.run(query, parameters).rows();
            assertEquals(
                expected.toString(),
                indexed.run(query, parameters).rows().toString(),
                () -> query + " " + parameters + " of " + values);
            found += expected.isEmpty() || expected.get(0).get(0) == null ? 0 : 1;
          }
        }
      }
    }
    assertTrue(found > 500, "answers: " + found);
  }

  @Test
  void relationshipsOfATypeAreThoseThatAllNodesHave() {
    CypherSession session = new CypherSession();
    session.run(
        "UNWIND range(0, 299) AS i CREATE (n:N {i: i})-[:R {i: i}]->(:M {i: i}),"
            + " (n)-[:S {i: i}]->(n), (n)<-[:T {i: i}]-(:M)",
        Map.of());
    session.run("MATCH (n:N)-[r:R]->() WHERE r.i % 3 = 0 DELETE r", Map.of());
    for (String query :
        List.of(
            "MATCH (a)-[r:%s]->(b) %sRETURN a.i AS a, b.i AS b, r.i AS r",
            "MATCH (a)<-[r:%s]-(b) %sRETURN a.i AS a, b.i AS b, r.i AS r",
            "MATCH (a)-[r:%s]-(b) %sRETURN a.i AS a, b.i AS b, r.i AS r",
            "MATCH (a)-[r:%s]-(b)<-[s:R|T]-(c) %sRETURN a.i AS a, c.i AS b, s.i AS r")) {
      for (String types : List.of("R", "S", "T|R|Q", "Q", "%")) {
        // A bound left end makes the plan follow its relationships.
        List<List<@Nullable Object>> scanned =
            session.run(query.formatted(types, "") + " ORDER BY a, b, r", Map.of()).rows();
        List<List<@Nullable Object>> followed =
            session
                .run(
                    query.formatted(types, "").replace("MATCH ", "MATCH (a) WITH a MATCH ")
                        + " ORDER BY a, b, r",
                    Map.of())
                .rows();
        assertEquals(followed.toString(), scanned.toString(), query + " " + types);
      }
    }
  }
}
