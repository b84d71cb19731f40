package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;

/**
 * Random patterns over random graphs, planned for random counts, so in many orders, give the rows
 * that trying everything gives. {@code -Dseed=n} runs one seed only.
 */
final class RandomPatternTest {
  private static final int SEEDS = 600;
  private static final int CATALOGS = 4;

  @Test
  void everyPlanOfAPatternGivesTheSameRows() {
    Long only = Long.getLong("seed");
    int withRows = 0;
    int intersections = 0;
    for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
      Random random = new Random(seed);
      RandomPattern.Graph shape = RandomPattern.Graph.random(random);
      GraphSnapshot graph = graph(shape);
      RandomPattern pattern = RandomPattern.random(shape, random);
      ParsedQuery query = CypherParser.parse(pattern.query());
      SemanticAnalyzer.analyze(query, FunctionRegistry.standard(), ProcedureSignatures.NONE);
      ParsedQuery countQuery = CypherParser.parse(pattern.countQuery());
      List<String> expected = pattern.answer();
      withRows += expected.isEmpty() ? 0 : 1;
      for (int i = 0; i < CATALOGS; i++) {
        FixedCatalog catalog = catalog(random);
        Statement statement = Planner.plan(query, catalog);
        List<String> actual = StatementRun.rows(statement, graph);
        actual.sort(null);
        String replay = "-Dseed=" + seed + "\n" + shape.creation() + "\n" + pattern.query() + "\n";
        assertEquals(
            String.join("\n", expected),
            String.join("\n", actual),
            () -> replay + PlanPrinter.print(statement));
        boolean intersects = PlanPrinter.print(statement).contains("Intersect ");
        intersections += intersects && !expected.isEmpty() ? 1 : 0;
        Statement count = Planner.plan(countQuery, catalog);
        assertEquals(
            List.of(String.valueOf(expected.size())),
            StatementRun.rows(count, graph),
            () -> replay + PlanPrinter.print(count));
      }
    }
    assertTrue(only != null || withRows > SEEDS / 5, "too few patterns are found: " + withRows);
    assertTrue(only != null || intersections > 20, "too few intersect: " + intersections);
  }

  static GraphSnapshot graph(RandomPattern.Graph shape) {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    String[] setUp = {
      shape.creation(),
      "CREATE INDEX FOR (n:A) ON (n.x)",
      "CREATE INDEX FOR (n:B) ON (n.x)",
      "CREATE INDEX FOR ()-[r:R]-() ON (r.w)"
    };
    for (String query : setUp) {
      StatementRun.rows(
          Planner.plan(CypherParser.parse(query), new GraphCatalog(transaction)), transaction);
    }
    return transaction.commit();
  }

  static FixedCatalog catalog(Random random) {
    Map<String, Long> nodeIndexes = new HashMap<>();
    Map<String, Long> relationshipIndexes = new HashMap<>();
    if (random.nextBoolean()) {
      nodeIndexes.put("A.x", 1L + random.nextInt(1_000));
      nodeIndexes.put("B.x", 1L + random.nextInt(1_000));
    }
    if (random.nextBoolean()) {
      relationshipIndexes.put("R.w", 1L + random.nextInt(1_000));
    }
    return new FixedCatalog(
        random.nextInt(10_000),
        Map.of("A", count(random), "B", count(random)),
        random.nextInt(100_000),
        Map.of("R", count(random), "S", count(random)),
        nodeIndexes,
        relationshipIndexes);
  }

  private static long count(Random random) {
    return random.nextInt(3) == 0 ? 0 : random.nextInt(10_000);
  }
}
