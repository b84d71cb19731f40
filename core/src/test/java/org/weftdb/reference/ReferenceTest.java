package org.weftdb.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random queries over random graphs with random indexes get the answers of the reference.
 *
 * <p>{@code -Dreference.queries=1000000} tries so many, {@code -Dreference.first=n} begins with
 * another seed, {@code -Dreference.seed=n} runs one only. A seed is a graph and {@link #QUERIES}
 * queries.
 */
final class ReferenceTest {
  /** The queries of each graph. */
  private static final int QUERIES = 10;

  /** Failures after which it ends. */
  private static final int FAILURES = 4;

  @Test
  void randomQueriesGetTheAnswersOfTheReference() {
    long graphs = Long.getLong("reference.queries", 20_000) / QUERIES;
    Long only = Long.getLong("reference.seed");
    Tally tally = new Tally();
    long first = only == null ? Long.getLong("reference.first", 0) : only;
    long last = only == null ? first + graphs : only + 1;
    for (long seed = first; seed < last && tally.failures.size() < FAILURES; seed++) {
      queriesOf(seed, tally);
    }
    assertEquals("", String.join("\n\n\n", tally.failures));
    if (only == null) {
      assertTrue(tally.found > tally.asked / 3, "too few queries find something: " + tally);
      assertTrue(tally.failed > tally.asked / 600, "too few queries fail: " + tally);
      assertTrue(tally.leftOut < tally.asked / 50, "too many queries are left out: " + tally);
      if (tally.asked >= 20_000) {
        tally.paths.check();
      }
    }
  }

  private static final class Tally {
    int asked;
    int found;
    int failed;
    int leftOut;
    final List<String> failures = new ArrayList<>();
    final AccessTally paths = new AccessTally();

    @Override
    public String toString() {
      return asked
          + " asked, "
          + found
          + " found something, "
          + failed
          + " failed on both sides, "
          + leftOut
          + " left out";
    }
  }

  private static void queriesOf(long seed, Tally tally) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    boolean large = random.nextInt(50) == 0;
    boolean reads = random.nextInt(8) == 0;
    ReferenceGraph graph = RandomGraph.graph(random, large);
    List<String> indexes = RandomGraph.indexes(random, reads);
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      queries.add(large ? RandomQuery.seek(random, true) : RandomQuery.text(random, reads));
    }
    try (Comparison comparison = new Comparison(graph, indexes)) {
      // The plans of some of them say whether all ways to rows are taken.
      if (seed % 5 == 0) {
        queries.forEach(query -> tally.paths.add(query, comparison.plan(query)));
      }
      for (String query : queries) {
        tally.asked++;
        try {
          Comparison.Outcome outcome = comparison.of(query);
          tally.found += outcome.found() ? 1 : 0;
          tally.failed += outcome.failed() ? 1 : 0;
          if (outcome.differ()) {
            tally.failures.add(report(seed, new Shrinker.Case(graph, indexes, query)));
          }
        } catch (ReferenceQueries.TooManyRows e) {
          tally.leftOut++;
        } catch (RuntimeException e) {
          throw new AssertionError(replay(seed) + "\n" + graph.creation() + "\n" + query, e);
        }
      }
    }
  }

  private static String replay(long seed) {
    return "mvn -pl core test -Dtest=ReferenceTest -Dreference.seed=" + seed;
  }

  private static String report(long seed, Shrinker.Case failing) {
    Shrinker.Case small = Shrinker.shrink(failing);
    try (Comparison comparison = new Comparison(small.graph(), small.indexes())) {
      Comparison.Outcome outcome = comparison.of(small.query());
      return replay(seed)
          + "\nquery: "
          + failing.query()
          + "\n\nsmaller: "
          + small.query()
          + "\ngraph: "
          + small.graph().creation()
          + "\nindexes: "
          + small.indexes()
          + "\n\nexpected:\n"
          + outcome.expected()
          + "\n\nactual:\n"
          + outcome.actual();
    }
  }
}
