package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.function.FunctionCategory;
import org.weftdb.cypher.function.FunctionDescription;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.engine.Result;
import org.weftdb.error.WeftException;
import org.weftdb.testing.ShownValue;

/**
 * Makes {@code docs/functions.md} of the table of functions and of {@code function-examples.txt},
 * which has an expression, or a query from MATCH or UNWIND on, for every function. The document
 * must be what is made; with {@code -Drewrite=true} it is written.
 */
class FunctionDocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "functions.md");
  private static final Path EXAMPLES = Path.of("src/test/resources/function-examples.txt");

  private static final String HEAD =
      """
      # Functions of WeftDB

      Made of the table of functions and of examples that run in WeftDB's tests; `SHOW FUNCTIONS` lists the same.

      Names are told apart without regard to case. A parameter with `=` may be left out and then has that value;
      `...` stands for any number of arguments. Unless the description says otherwise, the result is null as soon as
      an argument is null, and an argument of another type than the signature's is the error
      `INVALID_ARGUMENT_VALUE`, or `INVALID_ARGUMENT_TYPE` when it is known before the query runs. Strings are
      counted in characters (code points). No function makes a list or a string beyond a limit (`VALUE_TOO_LARGE`).

      `graph.names`, `graph.byName`, `graph.byElementId` and `graph.propertiesByName` are refused (`NOT_SUPPORTED`), as Neo4j
      refuses them on a database that is not made of others.

      The examples run on the graph `(:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person {name: 'Charles'})`.
      """;

  private static final String GRAPH =
      "CREATE (:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person {name: 'Charles'})";

  @Test
  void theDocumentListsEveryFunctionWithAnExampleThatRuns() throws IOException {
    Map<String, String> examples = examples();
    List<FunctionDescription> descriptions = FunctionRegistry.standard().descriptions();
    Set<String> names = new TreeSet<>();
    for (FunctionDescription description : descriptions) {
      names.add(description.name());
    }
    assertEquals(names, new TreeSet<>(examples.keySet()));
    StringBuilder text = new StringBuilder(HEAD);
    try (Database database = Database.inMemory()) {
      database.execute(GRAPH).close();
      for (FunctionCategory category : FunctionCategory.values()) {
        section(category, descriptions, examples, database, text);
      }
    }
    if (Boolean.getBoolean("rewrite")) {
      Files.writeString(DOCUMENT, text.toString());
    }
    assertEquals(Files.readString(DOCUMENT), text.toString());
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    for (String line : Files.readAllLines(EXAMPLES)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        assertEquals(null, examples.put(line.substring(0, colon), line.substring(colon + 2)), line);
      }
    }
    return examples;
  }

  private static void section(
      FunctionCategory category,
      List<FunctionDescription> descriptions,
      Map<String, String> examples,
      Database database,
      StringBuilder text) {
    List<String> rows = new ArrayList<>();
    for (FunctionDescription description : descriptions) {
      if (description.category() == category) {
        rows.add(row(description, examples.get(description.name()), database));
      }
    }
    if (!rows.isEmpty()) {
      text.append("\n## ").append(category.displayName()).append("\n\n");
      text.append("| function | what it gives | example | result |\n|---|---|---|---|\n");
      for (String row : rows) {
        text.append(row).append('\n');
      }
    }
  }

  private static String row(FunctionDescription description, String example, Database database) {
    assertTrue(description.description().endsWith("."), description.toString());
    String name = description.name().toLowerCase(Locale.ROOT);
    assertTrue(example.toLowerCase(Locale.ROOT).contains(name + "("), example);
    String what = description.description();
    if (!description.aliasOf().isEmpty()) {
      what = "Another name of `" + description.aliasOf() + "`. " + what;
    }
    return "| `"
        + cell(description.signature())
        + "` | "
        + cell(what)
        + " | `"
        + cell(example)
        + "` | `"
        + cell(run(example, database))
        + "` |";
  }

  private static String run(String example, Database database) {
    boolean isQuery = example.startsWith("MATCH ") || example.startsWith("UNWIND ");
    try (Result result = database.execute(isQuery ? example : "RETURN " + example)) {
      return ShownValue.of(result.next().get(result.columns().get(0)));
    } catch (WeftException exception) {
      throw new AssertionError(example + ": " + exception.getMessage(), exception);
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
