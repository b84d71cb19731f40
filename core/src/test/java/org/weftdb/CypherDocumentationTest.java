package org.weftdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.csv.CsvInput;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.error.WeftException;
import org.weftdb.testing.ShownValue;

/**
 * Runs every example of {@code docs/cypher.md}. A fenced block {@code cypher} is a query; what
 * follows it directly is what it must give:
 *
 * <ul>
 *   <li>a table: these rows in this order, each value in backticks;
 *   <li>a fenced block {@code text}: the plan of an EXPLAIN;
 *   <li>a line {@code > error CODE}: it must fail with this {@code ErrorCode};
 *   <li>anything else: it must run.
 * </ul>
 *
 * A fenced block {@code csv name} is a table that LOAD CSV finds under the name. A first line
 * {@code // parameters: {name: value}} gives parameters as a Cypher map. The database is empty at
 * each heading of the second level. With {@code -Drewrite=true} tables and plans are written anew,
 * to be reviewed as a diff.
 */
class CypherDocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "cypher.md");
  private static final String PARAMETERS = "// parameters: ";
  private static final String ERROR = "> error ";
  private static final String TABLE = "```csv ";
  private static final boolean REWRITE = Boolean.getBoolean("rewrite");

  /** The tables that LOAD CSV finds, by their names. */
  private final Map<String, String> tables = new LinkedHashMap<>();

  private Database database = open();

  /**
   * A query of the document.
   *
   * @param before the lines since the last one
   * @param block its own lines with the fence
   * @param expected the lines behind it that say what it gives
   */
  private record Example(int line, List<String> before, List<String> block, List<String> expected) {
    String query() {
      return String.join("\n", block.subList(1, block.size() - 1));
    }

    boolean beginsSection() {
      return before.stream().anyMatch(line -> line.startsWith("## "));
    }

    boolean fails() {
      return !expected.isEmpty() && expected.get(0).startsWith(ERROR);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleGivesWhatTheDocumentSays() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    List<String> rewritten = new ArrayList<>();
    List<DynamicTest> tests = new ArrayList<>();
    int at = 0;
    for (Example example = next(lines, at); example != null; example = next(lines, at)) {
      Example each = example;
      String name = each.line + ": " + each.block.get(1);
      tests.add(DynamicTest.dynamicTest(name, () -> check(each, rewritten)));
      at = each.line - 1 + each.block.size();
      at += each.expected.isEmpty() ? 0 : each.expected.size() + 1;
    }
    if (REWRITE) {
      List<String> after = lines.subList(at, lines.size());
      tests.add(
          DynamicTest.dynamicTest(
              "written",
              () -> {
                rewritten.addAll(after);
                Files.write(DOCUMENT, rewritten);
              }));
    }
    return tests.stream();
  }

  private static @Nullable Example next(List<String> lines, int from) {
    int start = from;
    while (start < lines.size() && !lines.get(start).equals("```cypher")) {
      start++;
    }
    if (start == lines.size()) {
      return null;
    }
    int end = start + 1;
    while (!lines.get(end).equals("```")) {
      end++;
    }
    return new Example(
        start + 1,
        lines.subList(from, start),
        lines.subList(start, end + 1),
        expectation(lines, end + 1));
  }

  /** The lines of a table, a plan or an error after an empty line, or none. */
  private static List<String> expectation(List<String> lines, int at) {
    if (at + 1 >= lines.size() || !lines.get(at).isEmpty()) {
      return List.of();
    }
    String first = lines.get(at + 1);
    int end = at + 1;
    if (first.startsWith(ERROR)) {
      end++;
    } else if (first.equals("```text")) {
      while (!lines.get(end).equals("```")) {
        end++;
      }
      end++;
    } else {
      while (end < lines.size() && lines.get(end).startsWith("|")) {
        end++;
      }
    }
    return lines.subList(at + 1, end);
  }

  private void check(Example example, List<String> rewritten) {
    if (example.beginsSection()) {
      database.close();
      database = open();
    }
    addTables(example.before());
    List<String> actual = run(example);
    rewritten.addAll(example.before);
    rewritten.addAll(example.block);
    if (!actual.isEmpty()) {
      rewritten.add("");
      rewritten.addAll(actual);
    }
    if (!REWRITE && !example.expected.isEmpty()) {
      assertEquals(String.join("\n", example.expected), String.join("\n", actual), example.query());
    }
  }

  private Database open() {
    return Database.builder()
        .csvSource(
            url ->
                new CsvInput() {
                  private byte[] left = tables.getOrDefault(url, "").getBytes(UTF_8);

                  @Override
                  public String name() {
                    return url;
                  }

                  @Override
                  public int read(byte[] target) {
                    int count = Math.min(left.length, target.length);
                    System.arraycopy(left, 0, target, 0, count);
                    left = Arrays.copyOfRange(left, count, left.length);
                    return count == 0 ? -1 : count;
                  }

                  @Override
                  public void close() {}
                })
        .inMemory();
  }

  /** A block of the language csv, whose name stands behind it, is a table. */
  private void addTables(List<String> lines) {
    String name = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith(TABLE)) {
        name = line.substring(TABLE.length());
        text.setLength(0);
      } else if (name != null && line.equals("```")) {
        tables.put(name, text.toString());
        name = null;
      } else if (name != null) {
        text.append(line).append('\n');
      }
    }
  }

  private List<String> run(Example example) {
    String query = example.query();
    try (Result result = database.execute(query, parameters(query))) {
      List<String> shown = show(result);
      assertTrue(!example.fails(), () -> "no error, but " + shown);
      return shown;
    } catch (WeftException exception) {
      if (!example.fails()) {
        throw exception;
      }
      return List.of(ERROR + exception.code());
    }
  }

  private Map<String, @Nullable Object> parameters(String query) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    if (query.startsWith(PARAMETERS)) {
      String map = query.substring(PARAMETERS.length(), query.indexOf('\n'));
      try (Result result = database.execute("RETURN " + map + " AS map")) {
        Map<?, ?> values = (Map<?, ?>) result.next().get("map");
        values.forEach((key, value) -> parameters.put((String) key, value));
      }
    }
    return parameters;
  }

  private static List<String> show(Result result) {
    List<String> table = new ArrayList<>();
    PlanDescription plan = result.plan();
    if (plan != null && !plan.toText().contains("pages")) {
      table.add("```text");
      plan.toText().lines().forEach(table::add);
      table.add("```");
      return table;
    }
    if (!result.columns().isEmpty()) {
      List<String> names = result.columns().stream().map(name -> cell(name)).toList();
      table.add("| " + String.join(" | ", names) + " |");
      table.add("|" + "---|".repeat(result.columns().size()));
    }
    for (Row row : result) {
      List<String> cells = new ArrayList<>();
      for (String column : result.columns()) {
        cells.add("`" + cell(ShownValue.of(row.get(column))) + "`");
      }
      table.add("| " + String.join(" | ", cells) + " |");
    }
    return table;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
