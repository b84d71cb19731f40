package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;

/**
 * Random chains of reading and writing clauses, over more rows than a batch has, do the same with
 * the barriers that the planner puts as with a barrier everywhere. {@code -Dseed=n} runs one seed
 * only.
 */
final class RandomWritesTest {
  private static final int SEEDS = 120;

  private static final String[] FIRST = {
    "MATCH (n:A), (m:A)",
    "MATCH (n:A), (m:B)",
    "MATCH (n), (m:B {x: 1})",
    "UNWIND range(1, 150) AS i MATCH (n:A {x: i % 7}), (m:B {x: i % 3})",
    "MATCH (n:A)-[:R]->(m) WITH n, m UNWIND range(1, 40) AS i WITH n, m",
    "MATCH (n:A {x: 2}) MATCH (m) WHERE id(m) < 30",
    "MATCH (n:B), (m:A) OPTIONAL MATCH (m)-[:R]->(o:C)"
  };

  private static final String[] LATER = {
    "SET n.x = m.x + 1",
    "SET m.y = n.x",
    "SET m.y = coalesce(m.y, 0) + 1",
    "SET n += {x: 3}",
    "SET m = {y: 1}",
    "SET n:C",
    "REMOVE m:B",
    "REMOVE n.x",
    "CREATE (:A {x: n.x})",
    "CREATE (n)-[:R]->(:B {x: 1})",
    "CREATE (n)-[:S]->(m)",
    "MERGE (:A {x: m.x})",
    "MERGE (n)-[:R]->(m)",
    "MERGE (:C {y: coalesce(m.y, 0)}) ON CREATE SET n.y = 5",
    "WITH n, m WHERE n.x > 1",
    "WITH n, m WHERE m.y IS NULL OR m:B",
    "WITH DISTINCT n, m",
    "WITH n, m MATCH (z:C) WITH n, m, count(*) AS c",
    "WITH n, m MATCH (n)-[:R]->(z) WITH n, z AS m LIMIT 2000",
    "WITH n, m OPTIONAL MATCH (m)<-[:S]-(z:A) WITH n, m, z LIMIT 3000 WITH n, m",
    "WITH n, m ORDER BY n.x, id(n), id(m) LIMIT 1200",
    "WITH m, collect(n) AS ns WITH m, head(ns) AS n",
    "WITH n, m WHERE EXISTS { (n)-[:S]->() } OR n.x < 4",
    "DETACH DELETE m WITH n, n AS m"
  };

  private static final String[] LAST = {
    "RETURN count(*) AS c",
    "RETURN n.x AS x, count(*) AS c ORDER BY x, c",
    "WITH n.x AS x, m.y AS y RETURN x, y LIMIT 1100",
    "WITH n, m LIMIT 3 RETURN n:C AS c, m.y AS y",
    "RETURN size([(n)-[:R]->(q) | q]) AS s, count(*) AS c ORDER BY s, c",
    ""
  };

  /** Puts a barrier below every operator. */
  private static final class BarriersEverywhere extends TreeRewriter {
    @Override
    protected Plan operator(Plan plan) {
      return plan.children().isEmpty()
          ? plan
          : Inputs.replaceFirst(plan, new Plan.Eager(plan.children().get(0)));
    }
  }

  @Test
  void barriersAreWhereTheyAreNeeded() {
    GraphSnapshot start = start();
    Long only = Long.getLong("seed");
    int wrote = 0;
    for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
      String query = query(new Random(seed));
      Statement planned = Planner.plan(CypherParser.parse(query), new GraphCatalog(start));
      Statement careful =
          new Statement(
              ParsedQuery.Mode.EXECUTE,
              new BarriersEverywhere().rewrite(planned.root()),
              planned.columns(),
              planned.columnSlots(),
              planned.slotNames(),
              planned.writes(),
              planned.schema(),
              planned.parameters(),
              planned.origin(),
              planned.changeOrigin());
      String replay = "-Dseed=" + seed + "\n" + query + "\n" + PlanPrinter.print(planned);
      List<String> expected = run(careful, start);
      wrote += planned.writes() ? 1 : 0;
      assertEquals(String.join("\n", expected), String.join("\n", run(planned, start)), replay);
    }
    assertTrue(only != null || wrote > SEEDS / 2, "too few queries write");
  }

  private static String query(Random random) {
    StringBuilder query = new StringBuilder(FIRST[random.nextInt(FIRST.length)]);
    boolean writes = false;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String clause = LATER[random.nextInt(LATER.length)];
      if (writes && !isWrite(clause) || clause.startsWith("DETACH")) {
        query.append(clause.startsWith("WITH") ? "" : " WITH n, m");
      }
      writes = isWrite(clause);
      query.append(' ').append(clause);
    }
    String last = LAST[random.nextInt(LAST.length)];
    if (last.isEmpty() && !writes) {
      last = "RETURN count(*) AS c";
    }
    return query.append(' ').append(last).toString();
  }

  private static boolean isWrite(String clause) {
    return !clause.startsWith("WITH") && !clause.contains(" WITH ");
  }

  /** The rows, then the graph; or the error. */
  private static List<String> run(Statement statement, GraphSnapshot start) {
    GraphTransaction transaction = start.begin();
    List<String> result = new ArrayList<>();
    try {
      result.addAll(StatementRun.rows(statement, transaction));
    } catch (WeftException e) {
      return List.of(e.code().toString());
    }
    result.addAll(StatementRun.contents(transaction));
    return result;
  }

  private static GraphSnapshot start() {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    String[] setUp = {
      "UNWIND range(0, 39) AS i CREATE (:A {x: i % 5})",
      "UNWIND range(0, 39) AS i CREATE (:B {x: i % 4})",
      "UNWIND range(0, 3) AS i CREATE (:C {y: i})",
      "MATCH (a:A {x: 1}), (b:B {x: 1}) CREATE (a)-[:R]->(b)",
      "MATCH (a:A {x: 2}), (c:C) CREATE (a)-[:S]->(c), (c)-[:R]->(a)",
      "CREATE INDEX FOR (n:A) ON (n.x)",
      "CREATE INDEX FOR (n:C) ON (n.y)"
    };
    for (String query : setUp) {
      StatementRun.rows(
          Planner.plan(CypherParser.parse(query), new GraphCatalog(transaction)), transaction);
    }
    return transaction.commit();
  }
}
