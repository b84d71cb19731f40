package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.engine.Result;
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
        assertThrows(WeftException.class, () -> run("UNWIND [0] AS x RETURN 1 / x", Map.of()));
    assertEquals("division by zero: 1 / 0", failure.what());
    assertEquals(
        "division by zero: 1 / 0 (line 1, column 24)\n  UNWIND [0] AS x RETURN 1 / x\n"
            + "                         ^",
        failure.getMessage());
  }

  @Test
  void whatAFunctionThrewIsStillTheCause() {
    WeftException failure =
        assertThrows(WeftException.class, () -> run("RETURN my.fails()", Map.of()));
    assertTrue(failure.getCause() instanceof IllegalStateException);
  }

  @Test
  void aConstraintConcernsTheWholeStatement() {
    database.execute("CREATE CONSTRAINT c FOR (n:N) REQUIRE n.x IS UNIQUE");
    WeftException failure =
        assertThrows(WeftException.class, () -> database.execute("CREATE (:N {x: 1})"));
    assertNull(failure.position());
  }

  /** Takes all rows, for a query that reads fails when they are asked for. */
  private void run(String query, Map<String, ? extends @Nullable Object> parameters) {
    try (Result result = database.execute(query, parameters)) {
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
    int offset = marked.indexOf('^');
    String query = marked.substring(0, offset) + marked.substring(offset + 1);
    WeftException failure = assertThrows(WeftException.class, () -> run(query, values), query);
    assertEquals(code, failure.code(), failure.getMessage() + Arrays.toString(parameters));
    Position position = failure.position();
    assertNotNull(position, failure.getMessage());
    assertEquals(offset, position.offset(), failure.getMessage());
  }
}
