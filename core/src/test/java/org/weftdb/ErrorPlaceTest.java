package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.engine.Access;
import org.weftdb.engine.Result;
import org.weftdb.engine.Transaction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/** Errors that come up while a query runs say where in its text. */
class ErrorPlaceTest {
  private Database database;

  @BeforeEach
  void fill() {
    database =
        Database.builder()
            .function(
                UserFunction.of(
                    "my.fails() :: ANY",
                    arguments -> {
                      throw new IllegalStateException("on purpose");
                    }))
            .inMemory();
    database.execute("CREATE (:N {x: 0}), (:N {x: 1})");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anOperatorsPlaceIsWhereItsExpressionBegins() {
    assertPlace(ErrorCode.DIVISION_BY_ZERO, "UNWIND [1, 0] AS x\nRETURN 2 + ^1 / x");
    assertPlace(ErrorCode.INTEGER_OVERFLOW, "RETURN ^9223372036854775807 + size([1]) AS sum");
    assertPlace(ErrorCode.INTEGER_OVERFLOW, "WITH [-9223372036854775808] AS l RETURN ^-l[0]");
    assertPlace(ErrorCode.TYPE_MISMATCH, "RETURN true AND ^1 IN $m", "m", 1L);
  }

  @Test
  void aWholeColumnIsLocatedLikeASingleValue() {
    assertPlace(ErrorCode.DIVISION_BY_ZERO, "MATCH (n:N) RETURN ^1 / n.x AS y");
    assertPlace(ErrorCode.DIVISION_BY_ZERO, "MATCH (n:N) WHERE ^10 % n.x = 1 RETURN n");
  }

  @Test
  void functionsAndAccessHaveTheirPlaces() {
    assertPlace(ErrorCode.INVALID_ARGUMENT_VALUE, "WITH 'x' AS t RETURN 1, ^date(t)");
    assertPlace(ErrorCode.FUNCTION_FAILED, "RETURN [1, ^my.fails()]");
    assertPlace(ErrorCode.TYPE_MISMATCH, "WITH $m AS l RETURN ^l[0].key", "m", List.of(1L));
    assertPlace(ErrorCode.LIST_ELEMENT_ACCESS_BY_NON_INTEGER, "WITH [1, 'a'] AS l RETURN ^l[l[1]]");
    assertPlace(ErrorCode.INVALID_CAST, "WITH ['a'] AS l RETURN ^l[0]::INTEGER");
    assertPlace(ErrorCode.TYPE_MISMATCH, "RETURN ^[x IN $m | x]", "m", 1L);
  }

  @Test
  void aggregatesAndRowCountsHaveTheirPlaces() {
    assertPlace(ErrorCode.INVALID_ARGUMENT_VALUE, "UNWIND [1, 'a'] AS x\nRETURN ^sum(x) AS s");
    assertPlace(ErrorCode.NEGATIVE_ROW_COUNT, "UNWIND [1, 2] AS x RETURN x LIMIT ^$n", "n", -1L);
    assertPlace(ErrorCode.NON_INTEGER_ROW_COUNT, "RETURN 1 AS x SKIP ^$n", "n", "a");
  }

  @Test
  void numbersOfPathsAndNamesOfTheSchemaHaveTheirPlaces() {
    assertPlace(
        ErrorCode.NEGATIVE_ROW_COUNT, "MATCH p = SHORTEST ^$k (a)-->+(b) RETURN p", "k", 0L);
    assertPlace(
        ErrorCode.NON_INTEGER_ROW_COUNT,
        "MATCH p = SHORTEST ^$k GROUPS (a)-->(c)-->+(b) RETURN p",
        "k",
        1.5);
    assertPlace(ErrorCode.TYPE_MISMATCH, "DROP INDEX ^$name", "name", 1L);
    assertPlace(
        ErrorCode.TYPE_MISMATCH, "CREATE CONSTRAINT ^$c FOR (n:N) REQUIRE n.x IS KEY", "c", "");
  }

  @Test
  void changesHaveTheirPlaces() {
    assertPlace(ErrorCode.INVALID_PROPERTY_TYPE, "CREATE (), ^(:M {a: $m})", "m", Map.of("k", 1L));
    assertPlace(ErrorCode.INVALID_PROPERTY_TYPE, "MATCH (n:N) ^SET n.y = $m", "m", Map.of("k", 1L));
    assertPlace(
        ErrorCode.MERGE_WITH_NULL_PROPERTY, "UNWIND [1] AS x ^MERGE (:M {a: $m})", "m", null);
    assertPlace(ErrorCode.TYPE_MISMATCH, "UNWIND [1] AS x ^DELETE $m", "m", 1L);
    assertEquals(2L, database.execute("MATCH (n) RETURN count(*) AS n").next().get("n"));
  }

  @Test
  void aMissingParameterIsAtItsFirstUse() {
    assertPlace(ErrorCode.MISSING_PARAMETER, "RETURN 1 +\n  ^$b + $b AS x");
  }

  @Test
  void theMessageShowsTheLineAndNamesWhatHappenedOnce() {
    WeftException failure =
        assertThrows(
            WeftException.class, () -> run(database, "UNWIND [0] AS x RETURN 1 / x", Map.of()));
    assertEquals("division by zero: 1 / 0", failure.what());
    assertEquals(
        "division by zero: 1 / 0 (line 1, column 24)\n  UNWIND [0] AS x RETURN 1 / x\n"
            + "                         ^",
        failure.getMessage());
  }

  @Test
  void whatAFunctionThrewIsStillTheCause() {
    WeftException failure =
        assertThrows(WeftException.class, () -> run(database, "RETURN my.fails()", Map.of()));
    assertTrue(failure.getCause() instanceof IllegalStateException);
  }

  @Test
  void aConstraintHasThePlaceOfWhatChangedTheGraph() {
    database.execute("CREATE CONSTRAINT c FOR (n:N) REQUIRE n.x IS UNIQUE");
    assertPlace(ErrorCode.CONSTRAINT_VIOLATED, "UNWIND [2] AS x ^CREATE (:N {x: 1})");
    assertPlace(ErrorCode.CONSTRAINT_VIOLATED, "MATCH (n:N)\n ^SET n.x = 5");
    assertPlace(ErrorCode.CONSTRAINT_VIOLATED, "FOREACH (x IN [7, 7] | ^CREATE (:N {x: x}))");
    assertPlace(
        ErrorCode.CONSTRAINT_VIOLATED, "  ^MATCH (n:N {x: 0}) SET n.x = 5 CREATE (:N {x: 5})");
    assertPlace(ErrorCode.CONSTRAINT_ALREADY_EXISTS, CREATES_C);
    assertPlace(ErrorCode.CONSTRAINT_NOT_FOUND, " ^DROP CONSTRAINT d");
    assertPlace(ErrorCode.INDEX_NOT_FOUND, "EXPLAIN MATCH (n) RETURN n; ^DROP INDEX d");
    database.execute("MATCH (n:N) SET n.y = 1");
    assertPlace(
        ErrorCode.CONSTRAINT_VIOLATED, "^CREATE CONSTRAINT FOR (n:N) REQUIRE n.y IS UNIQUE");
  }

  private static final String CREATES_C =
      "/* again */ ^CREATE CONSTRAINT c FOR (n:N) REQUIRE n.x IS UNIQUE";

  @Test
  void aNodeWithRelationshipsHasThePlaceOfItsDelete() {
    database.execute("CREATE (:A)-[:R]->(:B)");
    assertPlace(
        ErrorCode.DELETE_CONNECTED_NODE,
        "MATCH (n:N) DELETE n WITH DISTINCT 1 AS x " + "MATCH (b:B) ^DELETE b");
    assertPlace(
        ErrorCode.DELETE_CONNECTED_NODE,
        "MATCH (a:A) CALL (a) { ^DELETE a } IN TRANSACTIONS RETURN 1 AS x");
  }

  @Test
  void whatConcernsAWholeQueryHasThePlaceWhereItBegins() {
    Thread.currentThread().interrupt();
    try {
      assertPlace(ErrorCode.CANCELLED, "  ^UNWIND range(1, 1000000) AS x RETURN sum(x)");
      assertPlace(ErrorCode.CANCELLED, "EXPLAIN RETURN 1 AS x; ^CREATE ()");
    } finally {
      assertTrue(Thread.interrupted());
    }
    String slow = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)";
    try (Database hurried = Database.builder().timeoutMillis(5).inMemory()) {
      assertPlace(hurried, ErrorCode.TIMED_OUT, "\n^" + slow, Map.of());
    }
    try (Transaction reading = database.begin(Access.READ)) {
      WeftException failure =
          assertThrows(WeftException.class, () -> reading.execute(" CREATE ()"));
      assertEquals(ErrorCode.WRITE_IN_READ_TRANSACTION, failure.code());
      assertEquals(new Position(1, 1, 2), failure.position());
    }
    String parts = " UNWIND [1] AS x CALL (x) { CREATE () } IN TRANSACTIONS";
    try (Transaction writing = database.begin(Access.WRITE)) {
      WeftException failure = assertThrows(WeftException.class, () -> writing.execute(parts));
      assertEquals(ErrorCode.NESTED_TRANSACTIONS, failure.code());
      assertEquals(new Position(1, 1, 2), failure.position());
    }
    assertPlace(ErrorCode.INVALID_ARGUMENT, " ^RETURN $p AS p", "p", new Object());
    assertPlace(ErrorCode.QUERY_TOO_LARGE, " ^" + "MATCH (n) ".repeat(5_000) + "RETURN n");
    assertPlace(ErrorCode.CSV_UNAVAILABLE, "UNWIND ['a'] AS f ^LOAD CSV FROM f AS row RETURN row");
  }

  /** Takes all rows, for a query that reads fails when they are asked for. */
  private static void run(
      Database database, String text, Map<String, ? extends @Nullable Object> parameters) {
    if (text.indexOf(';') >= 0) {
      database.executeScript(text, parameters);
      return;
    }
    try (Result result = database.execute(text, parameters)) {
      while (result.hasNext()) {
        result.next();
      }
    }
  }

  private void assertPlace(ErrorCode code, String marked, Object... parameters) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      values.put((String) parameters[i], parameters[i + 1]);
    }
    assertPlace(database, code, marked, values);
  }

  private static void assertPlace(
      Database database,
      ErrorCode code,
      String marked,
      Map<String, ? extends @Nullable Object> parameters) {
    int offset = marked.indexOf('^');
    String query = marked.substring(0, offset) + marked.substring(offset + 1);
    WeftException failure =
        assertThrows(WeftException.class, () -> run(database, query, parameters), query);
    assertEquals(code, failure.code(), failure.getMessage() + parameters);
    Position position = failure.position();
    assertNotNull(position, failure.getMessage());
    assertEquals(offset, position.offset(), failure.getMessage());
  }
}
