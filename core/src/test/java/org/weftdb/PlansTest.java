package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.cypher.plan.PlanDescription.Measured;
import org.weftdb.engine.Access;
import org.weftdb.engine.Result;
import org.weftdb.engine.Transaction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** EXPLAIN and PROFILE. */
class PlansTest {
  private Database database;

  @BeforeEach
  void fill() {
    database = Database.inMemory();
    database.execute(
        "UNWIND range(1, 40) AS i CREATE (:A {i: i})-[:R]->(:B {i: i % 4}), (:A {i: -i})");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Measured measured(PlanDescription plan) {
    return Objects.requireNonNull(plan.measured(), plan.operator());
  }

  private static PlanDescription find(PlanDescription plan, String operator) {
    for (PlanDescription at = plan; ; at = at.children().get(0)) {
      if (at.operator().equals(operator)) {
        return at;
      }
      assertFalse(at.children().isEmpty(), () -> "no " + operator + " in\n" + plan);
    }
  }

  @Test
  void explainDoesNotRunTheQueryAndSaysWhatItExpects() {
    try (Result result = database.execute("EXPLAIN MATCH (a:A)-[:R]->(b) SET a.x = 1 RETURN b")) {
      assertEquals(List.of(), result.columns());
      assertFalse(result.hasNext());
      assertEquals(0, result.summary().propertiesSet());
      assertEquals(
          """
          estimated  operator
          27         Result b
          27         Apply a.x = 1
          27         Filter a:A
          40         RelationshipTypeScan (a)-[_1:R]->(b)
          1          Start
          """,
          Objects.requireNonNull(result.plan()).toText());
    }
    assertEquals(0L, count("MATCH (n) WHERE n.x = 1 RETURN count(n) AS n"));
    assertEquals(
        database.explain("MATCH (a:A)-[:R]->(b) RETURN b"),
        database.explain("EXPLAIN MATCH (a:A)-[:R]->(b) RETURN b"));
  }

  private Object count(String query) {
    try (Result result = database.execute(query)) {
      return result.next().get(0);
    }
  }

  @Test
  void explainNeedsNoParametersAndNoWriteTransaction() {
    try (Transaction reading = database.begin(Access.READ)) {
      assertNotNull(reading.execute("EXPLAIN CREATE (:N {p: $p})").plan());
      assertNull(reading.execute("RETURN 1").plan());
    }
    assertNotNull(database.execute("EXPLAIN CREATE INDEX FOR (n:A) ON (n.i)").plan());
    assertEquals("CreateIndex", database.explain("CREATE INDEX i FOR (n:A) ON (n.i)").operator());
  }

  @Test
  void profileGivesTheRowsAndWhatEachOperatorDid() {
    try (Result result = database.execute("PROFILE MATCH (a:A) WHERE a.i > 0 RETURN a.i AS i")) {
      assertEquals(40, result.toList().size());
      PlanDescription plan = Objects.requireNonNull(result.plan());
      assertEquals("Result", plan.operator());
      assertEquals(40, measured(plan).rows());
      PlanDescription scan = find(plan, "NodeByLabelScan");
      assertEquals(80, measured(scan).rows());
      assertEquals(80, scan.estimatedRows());
      assertTrue(measured(scan).pages() > 0, plan::toText);
      assertTrue(measured(find(plan, "Filter")).pages() > 0, plan::toText);
      assertEquals(0, measured(find(plan, "Start")).pages());
    }
  }

  @Test
  void pagesAreThoseThatAnOperatorReadsItself() {
    PlanDescription plan =
        database.profile(
            "MATCH (b:B) WITH b MATCH (a:A)-[:R]->(b) RETURN count(b.i) AS n", Map.of());
    // A page of relationships for each of the nodes it starts from.
    assertEquals(40, measured(find(plan, "Expand")).pages(), plan::toText);
    assertEquals(1, measured(find(plan, "GroupBy")).rows());
  }

  @Test
  void whatIsDoneByTheOperatorAboveIsNotMeasured() {
    PlanDescription plan =
        database.profile("MATCH (a:A) WITH a MATCH (a)-[r:R]->() RETURN count(r)", Map.of());
    assertNull(find(plan, "Expand").measured(), plan::toText);
    assertEquals(80, measured(find(plan, "NodeByLabelScan")).rows());
    assertTrue(plan.toText().contains("-  "), plan::toText);
  }

  @Test
  void theLeastAndTheGreatestValueAreReadAtTheEndsOfAnIndex() {
    database.execute("CREATE INDEX FOR (a:A) ON (a.i)");
    database.execute("MATCH (a:A)-[r:R]->() SET r.w = a.i");
    database.execute("CREATE INDEX FOR ()-[r:R]-() ON (r.w)");
    PlanDescription plan = database.profile("MATCH (a:A) RETURN max(a.i)", Map.of());
    assertEquals(1, measured(find(plan, "Limit")).rows());
    assertTrue(measured(find(plan, "NodeIndexSeek")).rows() < 80, plan::toText);
    assertEquals(List.of(List.of(40L)), rows("MATCH (a:A) RETURN max(a.i)"));
    assertEquals(
        List.of(List.of(-40L, 40L)), rows("MATCH (a:A) WHERE a.i <> 0 RETURN min(a.i), max(a.i)"));
    assertEquals(List.of(List.of(7L)), rows("MATCH (a:A) WHERE a.i > 6 RETURN min(a.i)"));
    plan = database.profile("MATCH ()-[r:R]->() WHERE r.w < 30 RETURN max(r.w)", Map.of());
    assertTrue(measured(find(plan, "RelationshipIndexSeek")).rows() < 29, plan::toText);
    assertEquals(List.of(List.of(29L)), rows("MATCH ()-[r:R]->() WHERE r.w < 30 RETURN max(r.w)"));
  }

  @Test
  void relationshipsComeInTheOrderOfTheirIndex() {
    database.execute("MATCH (a:A)-[r:R]->() SET r.w = a.i");
    database.execute("CREATE INDEX FOR ()-[r:R]-() ON (r.w)");
    String query =
        "MATCH (a)-[r:R]->(b) WHERE r.w > 3 RETURN r.w AS w, b.i AS i ORDER BY w DESC LIMIT 2";
    PlanDescription plan = database.profile(query, Map.of());
    assertTrue(measured(find(plan, "RelationshipIndexSeek")).rows() < 36, plan::toText);
    assertFalse(plan.toText().contains("Sort"), plan::toText);
    assertEquals(List.of(List.of(40L, 0L), List.of(39L, 3L)), rows(query));
  }

  @Test
  void relationshipsOfATypeAreScannedWhereThatIsLess() {
    PlanDescription plan = database.profile("MATCH (a)-[r:R]->(b) RETURN a, b", Map.of());
    assertEquals(40, measured(find(plan, "RelationshipTypeScan")).rows());
    String fromOne = "MATCH (a)-[r:R]->(b) WHERE id(a) = 1 RETURN a, b";
    assertNotNull(find(database.explain(fromOne), "Expand"));
  }

  private List<List<Object>> rows(String query) {
    try (Result result = database.execute(query)) {
      List<List<Object>> rows = new ArrayList<>();
      result.toList().forEach(row -> rows.add(new ArrayList<>(row.values())));
      return rows;
    }
  }

  @Test
  void profileOfAWritingQueryCommits() {
    try (Result result = database.execute("PROFILE CREATE (c:C) RETURN c")) {
      assertEquals(1, result.summary().nodesCreated());
      assertEquals(1, measured(find(Objects.requireNonNull(result.plan()), "Create")).rows());
    }
    assertEquals(1L, count("MATCH (c:C) RETURN count(c)"));
  }

  @Test
  void aSubqueryThatIsTheSameForAllRowsRunsOnce() {
    for (String query :
        List.of(
            "UNWIND range(1, 100) AS x CALL { MATCH (a:A) RETURN count(a.i) AS c } RETURN x, c",
            "UNWIND range(1, 100) AS x CALL { MATCH (a:A) RETURN a ORDER BY a.i } RETURN x, a",
            "UNWIND range(1, 100) AS x RETURN COUNT { MATCH (a:A) WHERE a.i > 1 } AS c",
            "UNWIND range(1, 100) AS x RETURN COLLECT { MATCH (a:A) RETURN a.i } AS c")) {
      PlanDescription plan = database.profile(query, Map.of());
      assertEquals(80, scannedInside(plan), plan::toText);
      assertEquals(100, measured(find(plan, "Unwind")).rows(), plan::toText);
    }
    for (String query :
        List.of(
            "UNWIND range(1, 10) AS x CALL (x) { MATCH (a:A) WHERE a.i <> x RETURN count(a) AS c }"
                + " RETURN c",
            "UNWIND range(1, 10) AS x CALL { MATCH (a:A) WHERE rand() < 2 RETURN count(a) AS c }"
                + " RETURN c",
            "UNWIND range(1, 10) AS x RETURN COUNT { MATCH (a:A) WHERE a.i <> x } AS c")) {
      PlanDescription plan = database.profile(query, Map.of());
      assertEquals(800, scannedInside(plan), plan::toText);
    }
  }

  /** The rows of the scan in the only inner plan. */
  private static long scannedInside(PlanDescription plan) {
    for (PlanDescription at = plan; !at.children().isEmpty(); at = at.children().get(0)) {
      if (at.children().size() > 1) {
        return measured(find(at.children().get(1), "NodeByLabelScan")).rows();
      }
    }
    throw new AssertionError("no inner plan in\n" + plan.toText());
  }

  @Test
  void innerPlansAreMeasuredOverAllTheirRuns() {
    PlanDescription plan =
        database.profile(
            "MATCH (b:B) WHERE EXISTS { MATCH (b)<-[:R]-(a {i: 1}) } "
                + "OPTIONAL MATCH (b)-->(c) RETURN b, c",
            Map.of());
    PlanDescription optional = find(plan, "OptionalApply");
    PlanDescription inner = optional.children().get(1);
    assertEquals(PlanDescription.Role.INNER, inner.role());
    assertEquals(0, measured(inner).rows());
    PlanDescription exists = find(plan, "Filter").children().get(1);
    assertEquals(PlanDescription.Role.EXPRESSION, exists.role());
    assertEquals(1, measured(exists).rows());
  }

  @Test
  void theParametersOfAProfileAreChecked() {
    WeftException missing =
        assertThrows(WeftException.class, () -> database.profile("RETURN $p", Map.of()));
    assertEquals(ErrorCode.MISSING_PARAMETER, missing.code());
  }

  @Test
  void aQueryThatFailsWhileItIsProfiledLeavesTheTransactionUsable() {
    try (Transaction writing = database.begin(Access.WRITE)) {
      assertThrows(
          WeftException.class,
          () -> writing.execute("PROFILE UNWIND [1, 0] AS x CREATE (:C {p: 1 / x})"));
      assertEquals(1, writing.execute("CREATE (:C)").summary().nodesCreated());
      writing.commit();
    }
    assertEquals(1L, count("MATCH (c:C) RETURN count(c)"));
  }
}
