package org.weftdb.tck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.WeftException;
import org.weftdb.tck.TckScenario.Phase;
import org.weftdb.tck.TckScenario.Step;
import org.weftdb.tck.TckScenario.Table;
import org.weftdb.testing.ErrorPlaces;

/**
 * Runs scenarios, each in a database of its own and in a thread that is given up on when it does
 * not end.
 */
final class TckRunner {
  private static final long GIVE_UP_AFTER_SECONDS = 60;

  private final Supplier<TckDatabase> databases;

  TckRunner(Supplier<TckDatabase> databases) {
    this.databases = databases;
  }

  /**
   * Why a scenario does not pass.
   *
   * @param reason in short, without the scenario's own values where possible: what failures are
   *     grouped by
   * @param detail what was expected and what came
   */
  record Failure(String reason, String detail, @Nullable Throwable cause) {}

  /** Runs a scenario; null when it passes. */
  @Nullable Failure run(TckScenario scenario) {
    CompletableFuture<@Nullable Failure> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(runHere(scenario));
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            },
            "TCK " + scenario.id());
    // A scenario that never ends must not keep the run from ending.
    thread.setDaemon(true);
    thread.start();
    try {
      return outcome.get(GIVE_UP_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      return new Failure(cause.getClass().getSimpleName(), String.valueOf(cause), cause);
    } catch (TimeoutException e) {
      return new Failure("does not end", "gave up after " + GIVE_UP_AFTER_SECONDS + " s", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failure("interrupted", "the run was interrupted", e);
    }
  }

  private @Nullable Failure runHere(TckScenario scenario) {
    try (TckDatabase database = databases.get()) {
      Run run = new Run(database);
      for (Step step : scenario.steps()) {
        Failure failure = run.step(step);
        if (failure != null) {
          return failure;
        }
      }
      return run.unexpectedError();
    }
  }

  /** One scenario on its way: what the last query gave. */
  private static final class Run {
    private final TckDatabase database;
    private Map<String, TckValue> parameters = Map.of();
    private Table result = new Table(List.of(), List.of());
    private @Nullable WeftException error;
    private Map<String, Integer> sideEffects = Map.of();

    Run(TckDatabase database) {
      this.database = database;
    }

    @Nullable Failure step(Step step) {
      // An error is expected by the next step, or it is a failure.
      if (!(step instanceof TckScenario.ExpectError) && error != null) {
        return unexpectedError();
      }
      return switch (step) {
        case TckScenario.Setup setup -> setUp(setup);
        case TckScenario.Parameters given -> {
          parameters = given.values();
          yield null;
        }
        case TckScenario.Procedure procedure -> {
          database.register(procedure);
          yield null;
        }
        case TckScenario.Execute execute -> {
          execute(execute.query());
          yield null;
        }
        case TckScenario.ExpectResult expected -> checkResult(expected);
        case TckScenario.ExpectEmptyResult expected ->
            result.rows().isEmpty()
                ? null
                : new Failure("rows where none are expected", describe(result), null);
        case TckScenario.ExpectSideEffects expected -> checkSideEffects(expected.effects());
        case TckScenario.ExpectError expected -> checkError(expected);
      };
    }

    private @Nullable Failure setUp(TckScenario.Setup setup) {
      for (String query : setup.queries()) {
        try {
          database.execute(query, Map.of());
        } catch (WeftException e) {
          return new Failure("set-up: " + reasonOf(e), query + "\n" + e.getMessage(), e);
        }
      }
      return null;
    }

    private void execute(String query) {
      GraphState before = database.state();
      try {
        result = database.execute(query, parameters);
      } catch (WeftException e) {
        ErrorPlaces.check(e, query);
        error = e;
      }
      sideEffects = GraphState.difference(before, database.state());
    }

    @Nullable Failure unexpectedError() {
      return error == null ? null : new Failure(reasonOf(error), messageOf(error), error);
    }

    private @Nullable Failure checkResult(TckScenario.ExpectResult expected) {
      Table wanted = expected.table();
      Table got = result;
      if (expected.ignoreListOrder()) {
        wanted = wanted.withSortedLists();
        got = got.withSortedLists();
      }
      if (!wanted.columns().equals(got.columns())) {
        return differs("wrong columns", wanted, got);
      }
      boolean same =
          expected.ordered()
              ? wanted.rows().equals(got.rows())
              : sortedRows(wanted).equals(sortedRows(got));
      if (same) {
        return null;
      }
      if (sortedRows(wanted).equals(sortedRows(got))) {
        return differs("wrong order of rows", wanted, got);
      }
      boolean asMany = wanted.rows().size() == got.rows().size();
      return differs(asMany ? "wrong values" : "wrong number of rows", wanted, got);
    }

    private @Nullable Failure checkSideEffects(Map<String, Integer> expected) {
      Map<String, Integer> wanted = new TreeMap<>(expected);
      wanted.values().removeIf(count -> count == 0);
      Map<String, Integer> got = new TreeMap<>(sideEffects);
      return wanted.equals(got)
          ? null
          : new Failure("wrong side effects", "expected " + wanted + "\nactual   " + got, null);
    }

    private @Nullable Failure checkError(TckScenario.ExpectError expected) {
      String wanted = expected.type() + "/" + expected.detail() + " at " + expected.phase();
      WeftException got = error;
      error = null;
      if (got == null) {
        return new Failure(
            "no error, expected " + expected.type() + "/" + expected.detail(),
            "expected " + wanted + "\nactual   " + describe(result),
            null);
      }
      boolean phaseFits =
          expected.phase() == Phase.ANY_TIME
              || (expected.phase() == Phase.COMPILE_TIME) == got.code().compileTime();
      boolean fits =
          phaseFits
              && expected.type().equals(got.code().type())
              && (expected.detail().equals("*") || expected.detail().equals(got.code().detail()));
      return fits
          ? null
          : new Failure(
              "wrong error: " + reasonOf(got) + ", expected " + wanted,
              "expected " + wanted + "\nactual   " + messageOf(got),
              got);
    }

    private static String reasonOf(WeftException e) {
      String message = String.valueOf(e.getMessage());
      int end = message.indexOf('\n');
      return e.code() + ": " + (end < 0 ? message : message.substring(0, end));
    }

    private static String messageOf(WeftException e) {
      return (e.code().type() + "/" + e.code().detail())
          + (" at " + (e.code().compileTime() ? Phase.COMPILE_TIME : Phase.RUNTIME))
          + (", " + e.code() + ": " + e.getMessage());
    }

    private static Failure differs(String reason, Table wanted, Table got) {
      return new Failure(
          reason, "expected " + describe(wanted) + "\nactual   " + describe(got), null);
    }

    private static String describe(Table table) {
      StringBuilder text = new StringBuilder(table.columns().toString());
      table.rows().forEach(row -> text.append("\n         ").append(row));
      return text.toString();
    }

    private static List<String> sortedRows(Table table) {
      List<String> rows = new ArrayList<>();
      table.rows().forEach(row -> rows.add(keyed(table.columns(), row).toString()));
      rows.sort(null);
      return rows;
    }

    private static Map<String, TckValue> keyed(List<String> columns, List<TckValue> row) {
      Map<String, TckValue> keyed = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        keyed.put(columns.get(i), row.get(i));
      }
      return keyed;
    }
  }
}
