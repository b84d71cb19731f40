package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.value.ValueOrder;

/** Sorting, whole and of the first rows only, against the library's stable sort. */
final class SortOperatorTest {
  private static List<@Nullable Object> values(Prng random, int size, int kinds) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long number = random.nextInt(200) - 100;
      values.add(
          switch (random.nextInt(kinds)) {
            case 0 -> (Object) number;
            case 1 -> (Object) (number / 4.0);
            case 2 -> "s" + number;
            case 3 -> null;
            default -> List.of(number);
          });
    }
    return values;
  }

  private static void check(List<@Nullable Object> values, boolean descending, int limit) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(values.get(i));
      row.add((long) i);
      expected.add(row);
    }
    expected.sort(
        (a, b) ->
            descending
                ? ValueOrder.compare(b.get(0), a.get(0))
                : ValueOrder.compare(a.get(0), b.get(0)));
    CypherSession.Answer answer =
        new CypherSession()
            .run(
                "UNWIND range(0, size($values) - 1) AS i WITH i, $values[i] AS v"
                    + " RETURN v, i ORDER BY v"
                    + (descending ? " DESC" : "")
                    + " LIMIT $limit",
                Map.of("values", values, "limit", limit));
    assertEquals(expected.subList(0, Math.min(limit, expected.size())), answer.rows());
  }

  @Test
  void rowsComeInOrderAndEqualOnesInTheOrderTheyCameIn() {
    Prng random = new Prng(7);
    for (int kinds = 1; kinds <= 5; kinds++) {
      for (int size : new int[] {1, 17, 1024, 1025, 30_000}) {
        List<@Nullable Object> values = values(random, size, kinds);
        for (int limit : new int[] {0, 1, 10, 1024, 5000, 100_000}) {
          check(values, false, limit);
          check(values, true, limit);
        }
      }
    }
  }

  /** Columns of one kind of number, which are sorted without objects, and one that changes. */
  @Test
  void columnsOfNumbersAreInTheOrderOfTheirValues() {
    List<String> keys =
        List.of(
            "i * 7919 % 1009",
            "(i * 7919 % 1009) / 4.0",
            "sqrt(i * 7919 % 1009 - 100)",
            "CASE WHEN i < 1500 THEN i * 7919 % 1009 ELSE i * 7919 % 1009 / 4.0 END");
    for (String key : keys) {
      String rows = "UNWIND range(0, 4999) AS i WITH i, " + key + " AS k RETURN ";
      CypherSession session = new CypherSession();
      List<List<@Nullable Object>> given = session.run(rows + "k, i", Map.of()).rows();
      for (boolean descending : new boolean[] {false, true}) {
        List<List<@Nullable Object>> expected = new ArrayList<>(given);
        expected.sort(
            (a, b) ->
                descending
                    ? ValueOrder.compare(b.get(0), a.get(0))
                    : ValueOrder.compare(a.get(0), b.get(0)));
        String order = rows + "k, i ORDER BY k" + (descending ? " DESC" : "");
        assertEquals(expected, session.run(order, Map.of()).rows(), order);
        for (int limit : new int[] {1, 10, 511, 513, 3000}) {
          assertEquals(
              expected.subList(0, limit),
              session.run(order + " LIMIT " + limit, Map.of()).rows(),
              order + " LIMIT " + limit);
        }
      }
    }
  }
}
