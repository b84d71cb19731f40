package org.weftdb.cypher.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.cypher.exec.CypherCases.Case;
import org.weftdb.error.WeftException;
import org.weftdb.testing.ErrorPlaces;

/**
 * Runs {@code cases/cypher/*.test}. With {@code -Drewrite=true} the files are written anew with
 * what the queries give, to be reviewed as a diff.
 */
final class CypherCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases/cypher");

  @TestFactory
  Stream<DynamicContainer> everyFileGivesWhatItSays() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(CASES)) {
      found.filter(file -> file.toString().endsWith(".test")).sorted().forEach(files::add);
    }
    List<DynamicContainer> containers = new ArrayList<>();
    for (Path file : files) {
      containers.add(container(file));
    }
    return containers.stream();
  }

  private static DynamicContainer container(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> rewritten = new ArrayList<>();
    CypherSession[] session = {new CypherSession()};
    List<DynamicTest> tests = new ArrayList<>();
    for (Case each : CypherCases.parse(lines)) {
      String name = each.line() + ": " + each.directive() + " " + each.text();
      tests.add(
          DynamicTest.dynamicTest(
              name,
              () -> {
                if (each.directive().equals("reset")) {
                  session[0] = new CypherSession();
                }
                List<String> actual = run(session[0], each);
                rewritten.addAll(each.print(actual));
                if (!Boolean.getBoolean("rewrite")) {
                  check(each, actual);
                }
              }));
    }
    if (Boolean.getBoolean("rewrite")) {
      tests.add(DynamicTest.dynamicTest("written", () -> Files.write(file, rewritten)));
    }
    return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
  }

  @SuppressWarnings("unchecked")
  private static List<String> run(CypherSession session, Case each) {
    List<String> output = new ArrayList<>();
    if (each.directive().equals("reset")) {
      return output;
    }
    if (each.directive().equals("file")) {
      session.addTable(each.argument(), CypherCases.table(each.query()));
      return output;
    }
    String json = each.parameters();
    Map<String, @Nullable Object> parameters =
        json == null
            ? Map.of()
            : (Map<String, @Nullable Object>) CypherCases.toCypher(Json.parse(json));
    try {
      CypherSession.Answer answer = session.run(each.text(), parameters);
      switch (each.directive()) {
        case "run" -> {
          Map<String, Long> counters = CypherCases.toJson(answer.counters());
          if (!counters.isEmpty()) {
            output.add(Json.print(counters));
          }
        }
        case "query", "ordered" -> {
          output.add(Json.print(answer.columns()));
          for (List<@Nullable Object> row : answer.rows()) {
            output.add(Json.print(CypherCases.toJson(row)));
          }
        }
        case "error", "fails" -> fail("no error, but " + answer.rows());
        default -> fail("unknown directive " + each.directive());
      }
    } catch (WeftException exception) {
      if (!each.directive().equals("error") && !each.directive().equals("fails")) {
        throw exception;
      }
      assertEquals(each.argument(), exception.code().name(), exception.getMessage());
      ErrorPlaces.check(exception, each.text());
    }
    return output;
  }

  private static void check(Case each, List<String> actual) {
    List<@Nullable Object> expectedValues = parsed(each.expected());
    List<@Nullable Object> actualValues = parsed(actual);
    boolean same =
        each.directive().equals("query")
            ? sameInAnyOrder(expectedValues, actualValues)
            : expectedValues.equals(actualValues);
    if (same) {
      return;
    }
    assertEquals(String.join("\n", each.expected()), String.join("\n", actual), () -> each.text());
  }

  private static List<@Nullable Object> parsed(List<String> lines) {
    List<@Nullable Object> values = new ArrayList<>();
    for (String line : lines) {
      values.add(Json.parse(line));
    }
    return values;
  }

  private static boolean sameInAnyOrder(List<?> expected, List<?> actual) {
    if (expected.size() != actual.size() || !expected.get(0).equals(actual.get(0))) {
      return false;
    }
    List<@Nullable Object> left = new ArrayList<>(actual.subList(1, actual.size()));
    for (Object row : expected.subList(1, expected.size())) {
      if (!left.remove(row)) {
        return false;
      }
    }
    return true;
  }
}
