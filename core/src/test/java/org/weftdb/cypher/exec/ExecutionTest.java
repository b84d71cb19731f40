package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphTransaction;

final class ExecutionTest {
  private static ErrorCode codeOf(Runnable work) {
    return assertThrows(WeftException.class, work::run).code();
  }

  private static long number(CypherSession session, String query) {
    return (Long) session.run(query).rows().get(0).get(0);
  }

  @Test
  void rowsInAndOutOfManyBatchesAreTheSame() {
    CypherSession session = new CypherSession();
    session.run("UNWIND range(0, 4999) AS i CREATE (:N {i: i, m: i % 10})");
    session.run("CREATE INDEX n FOR (n:N) ON (n.i)");
    session.run(
        "MATCH (a:N) WHERE a.m < 5 WITH a, a.i + 1 AS next MATCH (b:N {i: next})"
            + " CREATE (a)-[:T {i: a.i}]->(b)");
    assertEquals(5000, number(session, "MATCH (n:N) RETURN count(*)"));
    assertEquals(2500, number(session, "MATCH (a)-[r:T]->(b) RETURN count(*)"));
    assertEquals(2500, number(session, "MATCH (a)-[r:T]->(b) WHERE b.i = r.i + 1 RETURN count(*)"));
    assertEquals(
        5000, number(session, "MATCH (a:N) OPTIONAL MATCH (a)-[r:T]->(b) RETURN count(a)"));
    assertEquals(
        2500, number(session, "MATCH (a:N) OPTIONAL MATCH (a)-[r:T]->(b) RETURN count(b)"));
    assertEquals(
        2500,
        number(
            session,
            "MATCH (a:N) OPTIONAL MATCH (a)-[r:T]->(b) WITH a, b WHERE (b IS NULL) = (a.m >= 5)"
                + " AND (b IS NULL OR b.i = a.i + 1) RETURN count(a) - 2500"));
    assertEquals(2500, number(session, "MATCH (a:N) WHERE (a)-[:T]->() RETURN count(*)"));
    assertEquals(2500, number(session, "MATCH (a:N) RETURN sum(size([(a)-[:T]->(b) | b.i]))"));
    assertEquals(
        4999,
        number(
            session, "MATCH (a:N) WITH a ORDER BY a.m DESC, a.i DESC LIMIT 3000 RETURN max(a.i)"));
    assertEquals(
        500 * 4, number(session, "MATCH (a:N) WITH a ORDER BY a.m SKIP 3000 RETURN count(a)"));
    assertEquals(10, number(session, "MATCH (a:N) WITH DISTINCT a.m AS m RETURN count(m)"));
  }

  @Test
  void sortingIsStableAcrossBatches() {
    CypherSession session = new CypherSession();
    List<List<Object>> rows =
        session.run("UNWIND range(0, 9999) AS i WITH i, i % 3 AS k ORDER BY k RETURN k, i").rows();
    List<List<Object>> expected = new ArrayList<>();
    for (long k = 0; k < 3; k++) {
      for (long i = k; i < 10_000; i += 3) {
        expected.add(List.of(k, i));
      }
    }
    assertEquals(expected, rows);
  }

  @Test
  void firstBatchesAreSmallSoThatALimitStaysCheap() {
    CypherSession session = new CypherSession();
    session.run("UNWIND range(0, 9999) AS i CREATE (:N {i: i})");
    ResultCursor cursor =
        Execution.start(
            session.compile("MATCH (n:N) RETURN n.i"),
            session.graph(),
            Map.of(),
            ExecutionContext.of(0, 0));
    List<Integer> sizes = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null && sizes.size() < 5; batch = cursor.next()) {
      sizes.add(batch.rows());
    }
    assertEquals(List.of(16, 64, 256, 1024, 1024), sizes);
  }

  @Test
  void aTrailThroughALongChainIsFoundAndAnotherWalkStartsClean() {
    CypherSession session = new CypherSession();
    session.run("UNWIND range(0, 20000) AS i CREATE (:N {i: i})");
    session.run("CREATE INDEX n FOR (n:N) ON (n.i)");
    session.run("MATCH (a:N) WITH a, a.i + 1 AS next MATCH (b:N {i: next}) CREATE (a)-[:T]->(b)");
    assertEquals(20_000, number(session, "MATCH p = (:N {i: 0})-[*20000]->(b) RETURN length(p)"));
    assertEquals(
        20_000 + 19_999, number(session, "MATCH (a:N)-[*]->(b) WHERE a.i < 2 RETURN count(*)"));
    assertEquals(
        3,
        session
            .run("MATCH (a:N) WHERE a.i < 3 WITH a WHERE EXISTS { (a)-[:T*100]->() } RETURN a")
            .rows()
            .size());
  }

  @Test
  void cancellingStopsALongWalk() {
    CypherSession session = new CypherSession();
    session.run("UNWIND range(1, 12) AS i CREATE (:N)");
    session.run("MATCH (a:N), (b:N) CREATE (a)-[:T]->(b)");
    int[] asked = {0};
    ExecutionContext context =
        new ExecutionContext() {
          @Override
          public long randomSeed() {
            return 0;
          }

          @Override
          public long clockMillis() {
            return 0;
          }

          @Override
          public boolean cancelled() {
            return ++asked[0] > 100;
          }
        };
    ResultCursor cursor =
        Execution.start(
            session.compile("MATCH p = (a:N)-[*]->(b) WHERE length(p) < 0 RETURN count(*)"),
            session.graph(),
            Map.of(),
            context);
    assertEquals(ErrorCode.CANCELLED, codeOf(cursor::next));
  }

  @Test
  void aStatementThatWritesNeedsATransaction() {
    CypherSession session = new CypherSession();
    Statement statement = session.compile("CREATE (:N)");
    assertEquals(
        ErrorCode.WRITE_IN_READ_TRANSACTION,
        codeOf(
            () ->
                Execution.start(statement, session.graph(), Map.of(), ExecutionContext.of(0, 0))));
  }

  @Test
  void aFailedStatementCanBeUndoneBySavepoint() {
    CypherSession session = new CypherSession();
    session.run("CREATE (:N)");
    GraphTransaction transaction = session.graph().begin();
    var savepoint = transaction.savepoint();
    ResultCursor cursor =
        Execution.start(
            session.compile("UNWIND [1, 0] AS x CREATE (:M {x: 1 / x})"),
            transaction,
            Map.of(),
            ExecutionContext.of(0, 0));
    assertEquals(ErrorCode.DIVISION_BY_ZERO, codeOf(cursor::next));
    transaction.rollbackTo(savepoint);
    assertEquals(1, transaction.nodeCount());
  }

  @Test
  void aCursorThatWasClosedGivesNoMoreRows() {
    CypherSession session = new CypherSession();
    ResultCursor cursor =
        Execution.start(
            session.compile("UNWIND range(1, 100) AS x RETURN x"),
            session.graph(),
            Map.of(),
            ExecutionContext.of(0, 0));
    assertTrue(cursor.next() != null);
    cursor.close();
    assertNull(cursor.next());
  }

  @Test
  void parametersOfJavaTypesBecomeCypherValues() {
    Map<String, Object> given = new HashMap<>();
    given.put("i", 1);
    given.put("f", 1.5f);
    given.put("a", new int[] {1, 2});
    given.put("o", new Object[] {(short) 3, null, 'c'});
    given.put("m", Map.of("k", List.of((byte) 4)));
    given.put("n", null);
    Map<String, Object> checked = ParameterValues.check(given);
    assertEquals(1L, checked.get("i"));
    assertEquals(1.5, checked.get("f"));
    assertEquals(List.of(1L, 2L), checked.get("a"));
    assertEquals(Arrays.asList(3L, null, "c"), checked.get("o"));
    assertEquals(Map.of("k", List.of(4L)), checked.get("m"));
    assertTrue(checked.containsKey("n"));
    WeftException refused =
        assertThrows(
            WeftException.class, () -> ParameterValues.check(Map.of("when", new StringBuilder())));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
    assertTrue(refused.getMessage().contains("$when"), refused.getMessage());
  }

  @Test
  void aParameterThatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertEquals(ErrorCode.VALUE_TOO_LARGE, codeOf(() -> ParameterValues.check(Map.of("p", list))));
  }

  @Test
  void laterChangesOfAParameterDoNotMatter() {
    List<Object> list = new ArrayList<>(List.of(1L));
    Map<String, Object> checked = ParameterValues.check(Map.of("l", list));
    list.add(2L);
    assertEquals(List.of(1L), checked.get("l"));
  }

  /** As in a browser, where an overflow of the stack could not be caught. */
  private static void runInOneMegabyteOfStack(Runnable work) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable failure) {
                thrown[0] = failure;
              }
            },
            "one megabyte of stack",
            1 << 20);
    thread.start();
    thread.join();
    assertNull(thrown[0]);
  }

  @Test
  void theDeepestPlansThatArePlannedRunInASmallStack() throws InterruptedException {
    runInOneMegabyteOfStack(
        () -> {
          CypherSession session = new CypherSession();
          session.run("CREATE (:A)-[:T]->(:A)-[:T]->(:A)");
          assertEquals(
              351,
              number(
                  session,
                  "UNWIND [1] AS x" + " WITH DISTINCT x + 1 AS x".repeat(350) + " RETURN x"));
          assertEquals(
              3,
              number(
                  session,
                  "MATCH (a)"
                      + " OPTIONAL MATCH (a)-->(b) WITH DISTINCT a".repeat(250)
                      + " RETURN count(*)"));
          assertEquals(
              3,
              number(
                  session,
                  "MATCH (n)" + " MERGE (m:A) WITH DISTINCT n".repeat(200) + " RETURN count(*)"));
          assertEquals(
              3,
              number(
                  session,
                  "MATCH (a) WHERE "
                      + "EXISTS { MATCH (a) WHERE ".repeat(120)
                      + "true"
                      + "}".repeat(120)
                      + " RETURN count(*)"));
        });
  }
}
