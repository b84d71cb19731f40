package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Very long queries get a plan or an error, never an overflow. */
final class LargeQueryTest {
  private static Statement plan(String query) {
    return Planner.plan(CypherParser.parse(query), FixedCatalog.FILLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH 1 AS x ",
        "MATCH (a:A) ",
        "MATCH (a)-->(b) ",
        "OPTIONAL MATCH (:A)-[:R]->() ",
        "UNWIND [1] AS x WITH x ",
        "MERGE (:A {id: 1}) ",
        "MATCH (n) SET n.x = 1 WITH n "
      })
  void fiveThousandClausesAreTooMany(String clause) {
    String query = clause.repeat(5_000) + "RETURN 1";
    WeftException error = assertThrows(WeftException.class, () -> plan(query));
    assertEquals(ErrorCode.QUERY_TOO_LARGE, error.code());
  }

  @Test
  void thousandsOfPlainCreatesAreOneOperator() {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      query.append("CREATE (n").append(i).append(":A {id: ").append(i).append("}) ");
    }
    Statement statement = plan(query.toString());
    Plan.Create create = (Plan.Create) statement.root();
    assertEquals(700, create.nodes().size());
    assertTrue(create.input() instanceof Plan.Start);
  }

  @Test
  void aUnionOfThousandsIsFlat() {
    String query = "RETURN 1 AS x UNION ALL ".repeat(4_999) + "RETURN 2 AS x";
    Plan plan = plan(query).root();
    int depth = 0;
    while (plan instanceof Plan.Union union) {
      plan = union.right();
      depth++;
    }
    assertTrue(depth <= 13, () -> "not flat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-->()", ", ()", ", ()-[:R]->()"})
  void aPatternOfThousandsIsTooLarge(String piece) {
    String query = "MATCH ()" + piece.repeat(5_000) + " RETURN 1";
    WeftException error = assertThrows(WeftException.class, () -> plan(query));
    assertEquals(ErrorCode.QUERY_TOO_LARGE, error.code());
  }

  @Test
  void aPatternOfHundredsIsOrderedGreedily() {
    String query = "MATCH (a:A)" + "-[:R]->()".repeat(300) + " RETURN a";
    Plan plan = plan(query).root();
    int expands = 0;
    while (!plan.children().isEmpty()) {
      expands += plan instanceof Plan.Expand ? 1 : 0;
      plan = plan.children().get(0);
    }
    assertEquals(300, expands);
  }
}
