package org.weftdb.cypher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.graph.GraphSnapshot;

/**
 * Random paths with repetitions, label expressions and selections over random graphs, planned for
 * random counts, give the rows that trying everything gives. {@code -Dseed=n} runs one seed only,
 * {@code -Dseeds=n} so many of them.
 */
final class RandomPathsTest {
  private static final int SEEDS = Integer.getInteger("seeds", 500);
  private static final int CATALOGS = 3;

  /**
   * Which paths between the same ends are kept, and how that is written.
   *
   * @param groups whether the count is of lengths, not of paths
   * @param any whether paths of any length will do
   */
  private record Selection(String before, String after, int count, boolean groups, boolean any) {}

  @Test
  void repetitionsAndLabelExpressionsAreFoundLikeByTryingEverything() {
    forEachSeed(
        RandomPaths::all,
        (paths, random) -> {
          List<String> expected = new ArrayList<>();
          List<PathEnumeration.Row> rows = PathEnumeration.rows(paths);
          if (rows == null) {
            return 0;
          }
          rows.forEach(row -> expected.add(PathEnumeration.text(paths, row)));
          expected.sort(null);
          check(paths.query("", ""), expected, paths, random);
          if (paths.parts.size() == 1 && !paths.bindsFirst) {
            checkCounts(paths, rows, random);
          }
          return expected.size();
        });
  }

  @Test
  void pathsAreSelectedFromThoseBetweenTheSameEnds() {
    forEachSeed(
        RandomPaths::selectable,
        (paths, random) -> {
          int count = 1 + random.nextInt(3);
          Selection selection =
              switch (random.nextInt(4)) {
                case 0 -> new Selection("ALL SHORTEST ", "", 1, true, false);
                case 1 -> new Selection("SHORTEST " + count + " GROUPS ", "", count, true, false);
                case 2 -> new Selection("SHORTEST " + count + " ", "", count, false, false);
                default -> new Selection("ANY " + count + " ", "", count, false, true);
              };
          return checkSelection(paths, selection, random);
        });
  }

  @Test
  void shortestPathsAreTheShortestOfThoseThatSatisfyTheConditions() {
    forEachSeed(
        RandomPaths::function,
        (paths, random) ->
            checkSelection(
                paths,
                random.nextBoolean()
                    ? new Selection("shortestPath(", ")", 1, false, false)
                    : new Selection("allShortestPaths(", ")", 1, true, false),
                random));
  }

  private interface Make {
    RandomPaths make(RandomPattern.Graph graph, Random random);
  }

  /** Checks; answers how many rows were expected. */
  private interface Check {
    int check(RandomPaths paths, Random random);
  }

  private static void forEachSeed(Make make, Check check) {
    Long only = Long.getLong("seed");
    int withRows = 0;
    for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
      Random random = new Random(seed);
      RandomPattern.Graph shape = RandomPattern.Graph.random(random);
      RandomPaths paths = make.make(shape, random);
      try {
        withRows += check.check(paths, random) > 0 ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError("-Dseed=" + seed + "\n" + shape.creation(), e);
      } catch (AssertionError e) {
        throw new AssertionError("-Dseed=" + seed + "\n" + shape.creation() + e.getMessage(), e);
      }
    }
    assertTrue(only != null || withRows > SEEDS / 5, "too few patterns are found: " + withRows);
  }

  private static void check(String text, List<String> expected, RandomPaths paths, Random random) {
    forEachPlan(
        text,
        paths,
        random,
        actual -> {
          actual.sort(null);
          String both = String.join("\n", expected) + "\n--\n" + String.join("\n", actual);
          return expected.equals(actual) ? "" : both;
        });
  }

  private static void checkCounts(
      RandomPaths paths, List<PathEnumeration.Row> rows, Random random) {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.node("n0"), 1, Integer::sum));
    List<String> expected = new ArrayList<>();
    for (int node = 0; node < paths.graph.x().length; node++) {
      expected.add(node + " " + counts.getOrDefault(node, 0));
    }
    expected.sort(null);
    check(paths.countQuery(), expected, paths, random);
  }

  private static int checkSelection(RandomPaths paths, Selection selection, Random random) {
    Map<String, PathEnumeration.Row> byText = new HashMap<>();
    Map<String, List<Integer>> lengths = new TreeMap<>();
    List<PathEnumeration.Row> rows = PathEnumeration.rows(paths);
    if (rows == null) {
      return 0;
    }
    for (PathEnumeration.Row row : rows) {
      byText.put(PathEnumeration.text(paths, row), row);
      lengths.computeIfAbsent("" + row.ends(), key -> new ArrayList<>()).add(row.length());
    }
    Map<String, List<Integer>> expected = new TreeMap<>();
    lengths.forEach((ends, all) -> expected.put(ends, selected(all, selection)));
    forEachPlan(
        paths.query(selection.before(), selection.after()),
        paths,
        random,
        actual -> {
          Map<String, List<Integer>> got = new TreeMap<>();
          Map<String, Boolean> seen = new HashMap<>();
          for (String text : actual) {
            PathEnumeration.Row row = byText.get(text);
            if (row == null || seen.put(text, true) != null) {
              return (row == null ? "no such path: " : "twice: ") + text;
            }
            int length = selection.any() ? 0 : row.length();
            got.computeIfAbsent("" + row.ends(), key -> new ArrayList<>()).add(length);
          }
          got.values().forEach(list -> list.sort(null));
          return expected.equals(got) ? "" : "lengths " + expected + " but " + got;
        });
    return byText.size();
  }

  /** The lengths that the selected paths have; those of any paths do not count. */
  private static List<Integer> selected(List<Integer> all, Selection selection) {
    all.sort(null);
    List<Integer> chosen = new ArrayList<>();
    int groups = 0;
    int last = -1;
    for (int length : all) {
      groups += length != last ? 1 : 0;
      last = length;
      if (selection.groups() ? groups <= selection.count() : chosen.size() < selection.count()) {
        chosen.add(selection.any() ? 0 : length);
      }
    }
    return chosen;
  }

  /** Runs a query in several plans; what is wrong with their rows, if anything, fails the test. */
  private static void forEachPlan(
      String text, RandomPaths paths, Random random, Function<List<String>, String> mismatch) {
    GraphSnapshot graph = RandomPatternTest.graph(paths.graph);
    ParsedQuery query = CypherParser.parse(text);
    SemanticAnalyzer.analyze(query, FunctionRegistry.standard(), ProcedureSignatures.NONE);
    for (int i = 0; i < CATALOGS; i++) {
      Statement statement = Planner.plan(query, RandomPatternTest.catalog(random));
      List<String> rows;
      try {
        rows = StatementRun.rows(statement, graph);
      } catch (RuntimeException e) {
        throw new IllegalStateException(text + "\n" + PlanPrinter.print(statement), e);
      }
      String wrong = mismatch.apply(rows);
      assertEquals("", wrong, () -> "\n" + text + "\n" + PlanPrinter.print(statement));
    }
  }
}
