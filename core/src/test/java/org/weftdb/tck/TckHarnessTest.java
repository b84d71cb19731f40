package org.weftdb.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;
import org.weftdb.tck.TckScenario.Phase;
import org.weftdb.tck.TckScenario.Step;
import org.weftdb.tck.TckScenario.Table;

/**
 * The harness sees wrong what is wrong: it is tested on a database that answers what it is told.
 */
final class TckHarnessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-7",
        "1.5",
        "NaN",
        "-Inf",
        "'it\\'s'",
        "[]",
        "[1, [2], 'a, b']",
        "{a: 1, b: {c: null}}",
        "()",
        "(:A:B)",
        "(:A {x: 1})",
        "({x: [1]})",
        "[:T]",
        "[:T {x: 'y'}]",
        "<()>",
        "<(:A)-[:T]->(:B)<-[:U {x: 1}]-({y: 2})>"
      })
  void printsAValueAsItWasRead(String text) {
    assertEquals(text, TckValueParser.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1", "(:A", "'a", "1 2", "<()-[:T]-()>", "abc"})
  void refusesWhatIsNoValue(String text) {
    assertThrows(IllegalArgumentException.class, () -> TckValueParser.parse(text));
  }

  @Test
  void anIntegerIsNoFloatAndNaNIsItself() {
    assertEquals(TckValueParser.parse("NaN"), TckValueParser.parse("NaN"));
    assertEquals(TckValueParser.parse("0.0"), TckValueParser.parse("-0.0"));
    assertEquals(false, TckValueParser.parse("1").equals(TckValueParser.parse("1.0")));
    assertEquals(TckValueParser.parse("(:B:A)"), TckValueParser.parse("(:A:B)"));
  }

  @Test
  void acceptsRowsInAnyOrderOnlyWhereTheScenarioDoes() {
    Table answer = table("a", "1", "2");
    assertNull(run(answer, new TckScenario.ExpectResult(table("a", "2", "1"), false, false)));
    assertNotNull(run(answer, new TckScenario.ExpectResult(table("a", "2", "1"), true, false)));
    assertNotNull(run(answer, new TckScenario.ExpectResult(table("a", "1"), false, false)));
    assertNotNull(run(answer, new TckScenario.ExpectResult(table("b", "1", "2"), false, false)));
    assertNotNull(run(answer, new TckScenario.ExpectEmptyResult()));
  }

  @Test
  void acceptsElementsInAnyOrderOnlyWhereTheScenarioDoes() {
    Table answer = table("a", "[[2, 1], 3]");
    Table wanted = table("a", "[3, [1, 2]]");
    assertNull(run(answer, new TckScenario.ExpectResult(wanted, false, true)));
    assertNotNull(run(answer, new TckScenario.ExpectResult(wanted, false, false)));
  }

  @Test
  void comparesTypePhaseAndDetailOfAnError() {
    WeftException thrown =
        new WeftException(ErrorCode.UNDEFINED_VARIABLE, "no x", new Position(0, 1, 1));
    assertNull(fail(thrown, "SyntaxError", Phase.COMPILE_TIME, "UndefinedVariable"));
    assertNull(fail(thrown, "SyntaxError", Phase.ANY_TIME, "*"));
    assertNotNull(fail(thrown, "SyntaxError", Phase.RUNTIME, "UndefinedVariable"));
    assertNotNull(fail(thrown, "TypeError", Phase.COMPILE_TIME, "UndefinedVariable"));
    assertNotNull(fail(thrown, "SyntaxError", Phase.COMPILE_TIME, "UnexpectedSyntax"));
    assertNotNull(run(thrown, List.of()));
    assertNotNull(run(thrown, List.of(new TckScenario.ExpectSideEffects(Map.of()))));
    assertNotNull(
        run(
            table("a"),
            new TckScenario.ExpectError("SyntaxError", Phase.ANY_TIME, "UndefinedVariable")));
  }

  @Test
  void countsSideEffectsAsDifferenceOfTwoStates() {
    GraphState before =
        new GraphState(
            Set.of(1L, 2L), Set.of(), Set.of("A"), Set.of(property("x", "1"), property("y", "1")));
    GraphState after =
        new GraphState(
            Set.of(2L, 3L), Set.of(9L), Set.of(), Set.of(property("x", "2"), property("y", "1")));
    assertEquals(
        Map.of(
            "+nodes",
            1,
            "-nodes",
            1,
            "+relationships",
            1,
            "-labels",
            1,
            "+properties",
            1,
            "-properties",
            1),
        GraphState.difference(before, after));
    assertNotNull(run(table("a"), new TckScenario.ExpectSideEffects(Map.of("+nodes", 1))));
    assertNull(run(table("a"), new TckScenario.ExpectSideEffects(Map.of("+nodes", 0))));
  }

  private static GraphState.Property property(String key, String value) {
    return new GraphState.Property(true, 2, key, TckValueParser.parse(value));
  }

  private static Table table(String column, String... values) {
    return new Table(
        List.of(column),
        List.of(values).stream().map(value -> List.of(TckValueParser.parse(value))).toList());
  }

  private static TckRunner.Failure fail(
      WeftException thrown, String type, Phase phase, String detail) {
    return run(thrown, List.of(new TckScenario.ExpectError(type, phase, detail)));
  }

  private static TckRunner.Failure run(Table answer, Step expectation) {
    return run(answer, List.of(expectation));
  }

  private static TckRunner.Failure run(Object answer, List<Step> expectations) {
    List<Step> steps = new ArrayList<>();
    steps.add(new TckScenario.Execute("RETURN 1", false));
    steps.addAll(expectations);
    return new TckRunner(() -> new CannedDatabase(answer))
        .run(new TckScenario("feature", "name", 0, steps));
  }

  /** Answers every query with one table or one error, and never changes. */
  private record CannedDatabase(Object answer) implements TckDatabase {
    @Override
    public Table execute(String query, Map<String, TckValue> parameters) {
      if (answer instanceof WeftException error) {
        throw error;
      }
      return (Table) answer;
    }

    @Override
    public void register(TckScenario.Procedure procedure) {}

    @Override
    public GraphState state() {
      return new GraphState(Set.of(), Set.of(), Set.of(), Set.of());
    }

    @Override
    public void close() {}
  }
}
