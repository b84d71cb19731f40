package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.temporal.DateValue;

/** Joins by hash give what comparing each row with each gives. */
final class ValueHashJoinTest {
  /** Queries with {@code @} for the left side of an equality. */
  private static final List<String> QUERIES =
      List.of(
          "MATCH (a:A), (b:B) WHERE @(a.x) = b.y RETURN a.i AS i, b.i AS j",
          "MATCH (a:A), (b:B) WHERE @(a.x) = b.y AND @(b.z) = a.z AND b.i > 3 RETURN a.i AS i, b.i AS"
              + " j",
          "MATCH (a:A) MATCH (b:B) WHERE b.i % 2 = 0 AND @(b.y) = a.x RETURN a.i AS i, b.i AS j",
          "MATCH (a:A) OPTIONAL MATCH (b:B) WHERE @(b.y) = a.x RETURN a.i AS i, b.i AS j",
          "UNWIND $list AS v MATCH (b:B) WHERE @(b.y) = v RETURN b.i AS i, b.i AS j",
          "UNWIND $list AS v MATCH (b:B {i: 3}), (a:A) WHERE @(a.x) = v RETURN a.i AS i, b.i AS j",
          "MATCH (a:A)-[r:R]->(b), (c:A)-[s:R]->(d) WHERE @(b.z) = d.z RETURN a.i AS i, c.i AS j",
          "MATCH (a:A)-[r:R]-(b), (c)-[s]-(d:B) WHERE @(a.x) = c.x RETURN a.i AS i, d.i AS j",
          "MATCH (a:A), (b:B), (c:A) WHERE @(a.x) = b.y AND @(b.z) = c.z RETURN a.i AS i, c.i AS j",
          "MATCH (a:A), (b:B) WHERE @(id(a)) = b.i RETURN a.i AS i, b.i AS j",
          "MATCH (a:A), (b:B) WHERE @(a.x) = b.y AND a.i < b.i RETURN a.i AS i, b.i AS j",
          "MATCH (a:A) CALL (a) { MATCH (b:B), (c:B) WHERE @(b.z) = c.z AND b.y = a.x RETURN b, c }"
              + " RETURN a.i + b.i AS i, c.i AS j",
          "MATCH (a:A), (b:B) WHERE @(a.x) = b.y SET b.w = a.i CREATE (b)-[:J]->(a) RETURN a.i AS i,"
              + " b.i AS j",
          "MATCH (a:A), (b:B) WHERE @(a.z) = b.z SET b.z = -b.z RETURN a.i AS i, b.i AS j");

  private static @Nullable Object value(Prng random, int kinds) {
    int number = random.nextInt(20) - 10;
    return switch (random.nextInt(kinds)) {
      case 0 -> (Object) (long) number;
      case 1 -> null;
      case 2 -> number / 2.0;
      case 3 -> "s" + number;
      case 4 -> List.of((long) number);
      case 5 -> List.of(number / 2.0);
      case 6 -> Double.NaN;
      case 7 -> new DateValue(number);
      case 8 -> number > 0;
      default -> new Point(CoordinateSystem.CARTESIAN, number, 1, 0);
    };
  }

  private static CypherSession session(long seed, int size, int kinds) {
    Prng random = new Prng(seed);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < 2 * size; i++) {
      values.add(value(random, kinds));
    }
    CypherSession session = new CypherSession();
    session.run(
        "UNWIND range(0, size($v) / 2 - 1) AS i CREATE (:A {i: i, x: $v[2 * i], z: i % 7})"
            + "-[:R]->(:B {i: i, y: $v[2 * i + 1], x: $v[2 * i], z: i % 5})",
        Map.of("v", values));
    return session;
  }

  private static List<String> sorted(CypherSession session, String query, Map<String, ?> given) {
    List<String> rows = new ArrayList<>();
    session.run(query, given).rows().forEach(row -> rows.add(row.toString()));
    rows.sort(null);
    return rows;
  }

  @Test
  void rowsAreThoseOfComparingAll() {
    int joins = 0;
    int found = 0;
    for (int kinds = 1; kinds <= 10; kinds += 3) {
      for (int size : new int[] {0, 1, 6, 90}) {
        for (String query : QUERIES) {
          CypherSession joined = session(kinds, size, kinds);
          CypherSession compared = session(kinds, size, kinds);
          Map<String, @Nullable Object> given = new HashMap<>();
          given.put("list", list());
          String plain = query.replaceAll("@\\(([^)]*\\)?)\\) ", "$1 ");
          joins += joined.plan(plain).contains("ValueHashJoin") ? 1 : 0;
          String each = query.replace("@", "coalesce");
          assertFalse(compared.plan(each).contains("ValueHashJoin"), each);
          List<String> expected = sorted(compared, each, given);
          assertEquals(expected, sorted(joined, plain, given), plain);
          found += expected.size();
        }
      }
    }
    assertTrue(joins > 2 * QUERIES.size(), "joins: " + joins);
    assertTrue(found > 1000, "rows: " + found);
  }

  private static List<@Nullable Object> list() {
    List<@Nullable Object> list = new ArrayList<>(List.of(1L, 2.0, "s1", 1L, Double.NaN, true));
    list.add(null);
    list.add(List.of(1L));
    list.add(Arrays.asList(1L, null));
    list.add(Map.of("k", 1L));
    return list;
  }

  @Test
  void aLargeJoinIsMadeOnce() {
    CypherSession session = new CypherSession();
    session.run("UNWIND range(1, 30000) AS i CREATE (:L {k: i}), (:M {k: 30001 - i})", Map.of());
    String query = "MATCH (a:L), (b:M) WHERE a.k = b.k RETURN count(*) AS n, sum(a.k - b.k) AS d";
    assertTrue(session.plan(query).contains("ValueHashJoin"), session.plan(query));
    assertEquals("[[30000, 0]]", session.run(query).rows().toString());
    String optional =
        "MATCH (a:L) OPTIONAL MATCH (b:M) WHERE b.k = a.k RETURN count(b) AS n, count(*) AS m";
    assertTrue(session.plan(optional).contains("ValueHashJoin"), session.plan(optional));
    assertEquals("[[30000, 30000]]", session.run(optional).rows().toString());
  }
}
