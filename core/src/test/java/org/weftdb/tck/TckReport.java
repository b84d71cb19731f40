package org.weftdb.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.weftdb.error.WeftException;

/**
 * Prints which scenarios pass, by directory of features, and what the others fail of, most frequent
 * first.
 *
 * <p>Arguments: parts of scenario ids (a scenario is run when it has one of them; without any, all
 * are), and {@code -v}, which also prints each failing scenario with what was expected and what
 * came.
 */
public final class TckReport {
  private static final int FRAMES = 30;
  private static final int REASONS = 60;
  private static final int REASON_CHARACTERS = 150;

  private TckReport() {}

  public static void main(String[] arguments) {
    List<String> filters = new ArrayList<>(List.of(arguments));
    boolean verbose = filters.remove("-v");
    TckRunner runner = new TckRunner(WeftDatabase::new);
    Map<String, int[]> passedAndAll = new TreeMap<>();
    Map<String, List<String>> idsByReason = new TreeMap<>();
    int[] total = new int[2];
    for (TckScenario scenario : TckFeatures.read()) {
      if (!filters.isEmpty() && filters.stream().noneMatch(scenario.id()::contains)) {
        continue;
      }
      String directory = scenario.feature().substring(0, scenario.feature().lastIndexOf('/'));
      int[] counts = passedAndAll.computeIfAbsent(directory, name -> new int[2]);
      counts[1]++;
      total[1]++;
      TckRunner.Failure failure = runner.run(scenario);
      if (failure == null) {
        counts[0]++;
        total[0]++;
        continue;
      }
      idsByReason.computeIfAbsent(failure.reason(), reason -> new ArrayList<>()).add(scenario.id());
      if (verbose) {
        print(scenario, failure);
      }
    }
    System.out.println();
    idsByReason.entrySet().stream()
        .sorted((a, b) -> b.getValue().size() - a.getValue().size())
        .limit(REASONS)
        .forEach(
            entry ->
                System.out.printf(
                    "%5d  %s%n       %s%n",
                    entry.getValue().size(),
                    shortened(entry.getKey()),
                    "e.g. " + entry.getValue().get(0)));
    System.out.println();
    passedAndAll.forEach(
        (directory, counts) ->
            System.out.printf("%5d of %5d  %s%n", counts[0], counts[1], directory));
    System.out.printf("%5d of %5d  pass%n", total[0], total[1]);
    // Scenarios that do not end have left threads behind.
    System.exit(0);
  }

  private static String shortened(String reason) {
    return reason.length() <= REASON_CHARACTERS
        ? reason
        : reason.substring(0, REASON_CHARACTERS) + "...";
  }

  private static void print(TckScenario scenario, TckRunner.Failure failure) {
    System.out.println("\n=== " + scenario.id());
    for (TckScenario.Step step : scenario.steps()) {
      switch (step) {
        case TckScenario.Setup setup ->
            setup.queries().forEach(query -> System.out.println("given    " + query.strip()));
        case TckScenario.Execute execute ->
            System.out.println("query    " + execute.query().strip());
        default -> System.out.println(step);
      }
    }
    System.out.println("FAILS    " + failure.reason() + "\n" + failure.detail());
    Throwable cause = failure.cause();
    if (cause != null && !(cause instanceof WeftException)) {
      for (int i = 0; i < Math.min(FRAMES, cause.getStackTrace().length); i++) {
        System.out.println("    at " + cause.getStackTrace()[i]);
      }
    }
  }
}
