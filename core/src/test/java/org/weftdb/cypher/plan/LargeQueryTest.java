package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;

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
  void aUnionOfManyIsFlat() {
    String query = "RETURN 1 AS x UNION ALL ".repeat(1_499) + "RETURN 2 AS x";
    Plan plan = plan(query).root();
    int depth = 0;
    while (plan instanceof Plan.Union union) {
      plan = union.right();
      depth++;
    }
    assertTrue(depth <= 11, () -> "not flat");
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

  /** Each takes about a second; where pairs of its parts were compared it would take minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (n) RETURN ~n.p# AS s#~, ~ LIMIT 1~100000",
        "MATCH (n) RETURN ~sum(n.p#) AS s#~, ~ ORDER BY s1~100000",
        "MATCH (n) RETURN ~n.p# + sum(n.p#) AS s#, n.p#~, ~ LIMIT 1~50000",
        "UNWIND [1] AS x RETURN ~[y IN [x] WHERE y > # | y] AS s#~, ~ LIMIT 1~100000",
        "CREATE (n~:A#~~)~200000",
        "MATCH (n) SET n~:A#~~ REMOVE n:A1~200000",
        "MATCH ()-[r]->() WHERE ~type(r) = 'T#'~ OR ~ RETURN r~200000",
        "MATCH (n)-->(a:C), (n)-->(b:C), (n)-->(c:C), (n)-->(d:C), (n)-->(e:C), (n)-->(f:C), "
            + "(n)-->(g:C), (n)-->(h:C), (n)-->(i:C), (n)-->(j:C) WHERE ~a.u < #~ AND ~ RETURN 1"
            + "~100000"
      })
  void planningTakesATimeInProportion(String parts) {
    String[] part = parts.split("~");
    StringBuilder query = new StringBuilder(part[0]);
    for (int i = 1; i <= Integer.parseInt(part[4]); i++) {
      query.append(i == 1 ? "" : part[2]).append(part[1].replace("#", Integer.toString(i)));
    }
    String text = query.append(part[3]).toString();
    assertTimeoutPreemptively(Duration.ofSeconds(40), () -> plan(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n0.p = 0", "n199.p = 0"})
  void planningIsGivenUpWhenItsCallerWantsIt(String condition) {
    StringBuilder query = new StringBuilder("MATCH (n0)");
    for (int i = 1; i < 200; i++) {
      query.append(", (n").append(i).append(')');
    }
    query.append(" WHERE ").append(condition);
    for (int i = 1; i < 1_000; i++) {
      query.append(" AND ").append(condition).append(i);
    }
    ParsedQuery parsed = CypherParser.parse(query.append(" RETURN 1").toString());
    int[] asked = {0};
    // More often than there are expressions: while the nodes are ordered, too.
    BooleanSupplier later = () -> ++asked[0] == 5;
    WeftException error =
        assertThrows(
            WeftException.class,
            () -> Planner.plan(parsed, FixedCatalog.FILLED, ProcedureSignatures.NONE, later));
    assertEquals(ErrorCode.CANCELLED, error.code());
    assertEquals(5, asked[0]);
  }

  /** Half of what a WebAssembly engine gives. */
  private static final long STACK_BYTES = 512 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH 0 AS x |WITH x + 1 AS x |RETURN x|780",
        "MATCH (a:A) |MATCH (a)-[:R]->(a) |RETURN count(*)|780",
        "MATCH (a:A) |OPTIONAL MATCH (a)-[:R]->(:A) |RETURN count(*)|395",
        "MATCH (a:A) |MERGE (:B {x: 1}) |RETURN count(*)|390",
        "MATCH (a:A) |UNWIND [1] AS x WITH a, x WHERE x = a.x |RETURN count(*)|250",
        "UNWIND [1] AS x |WITH x, count(*) AS c ORDER BY c LIMIT 1 |RETURN x|250"
      })
  void theDeepestPlansRunOnASmallStack(String parts) throws InterruptedException {
    String[] part = parts.split("\\|");
    String query = part[0] + part[1].repeat(Integer.parseInt(part[3])) + part[2];
    GraphTransaction graph = GraphSnapshot.empty().begin();
    StatementRun.rows(plan("CREATE (a:A {x: 1})-[:R]->(a)"), graph);
    List<String> rows = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    Thread thread =
        new Thread(null, () -> rows.addAll(run(query, graph)), "small stack", STACK_BYTES);
    thread.setUncaughtExceptionHandler((ignored, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertEquals(List.of(), failures);
    assertEquals(1, rows.size());
  }

  private static List<String> run(String query, GraphTransaction graph) {
    return StatementRun.rows(
        Planner.plan(CypherParser.parse(query), new GraphCatalog(graph)), graph);
  }
}
