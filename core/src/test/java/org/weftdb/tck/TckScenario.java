package org.weftdb.tck;

import java.util.List;
import java.util.Map;

/**
 * One scenario of the kit, outlines expanded.
 *
 * @param feature the feature's path below {@code features/}, without its ending
 * @param name the scenario's name, such as {@code [1] Create a single node}
 * @param example which example of the outline this is, from 1; 0 for a scenario without examples
 * @param steps what to do and to expect, in order
 */
record TckScenario(String feature, String name, int example, List<Step> steps) {
  TckScenario {
    steps = List.copyOf(steps);
  }

  /** Names this scenario among all, on one line. */
  String id() {
    return feature + " " + name + (example == 0 ? "" : " #" + example);
  }

  @Override
  public String toString() {
    return id();
  }

  /** What one line of a scenario asks for. */
  sealed interface Step {}

  /** Setting the graph up: queries of which only success is expected. */
  record Setup(List<String> queries) implements Step {
    Setup {
      queries = List.copyOf(queries);
    }
  }

  record Parameters(Map<String, TckValue> values) implements Step {}

  /** A procedure that the database must have, given by all of its rows. */
  record Procedure(String signature, Table table) implements Step {}

  /** The query in question, or one that afterwards looks at what it did. */
  record Execute(String query, boolean control) implements Step {}

  /** The rows of the last executed query. */
  record ExpectResult(Table table, boolean ordered, boolean ignoreListOrder) implements Step {}

  /** No rows from the last executed query. */
  record ExpectEmptyResult() implements Step {}

  /** What the last executed query changed; what is not named here, it did not change. */
  record ExpectSideEffects(Map<String, Integer> effects) implements Step {}

  /** How the last executed query fails; a detail of {@code *} is any. */
  record ExpectError(String type, Phase phase, String detail) implements Step {}

  /** When a query fails. */
  enum Phase {
    COMPILE_TIME,
    RUNTIME,
    ANY_TIME
  }

  /** Columns and rows; the cells are read. */
  record Table(List<String> columns, List<List<TckValue>> rows) {
    Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }

    Table withSortedLists() {
      return new Table(
          columns,
          rows.stream().map(row -> row.stream().map(TckValue::withSortedLists).toList()).toList());
    }
  }
}
