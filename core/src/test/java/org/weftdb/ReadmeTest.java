package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.engine.Access;
import org.weftdb.engine.Result;
import org.weftdb.engine.Row;
import org.weftdb.engine.Transaction;

/** The Java example of the README stands here word for word, and runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path THIS = Path.of("src/test/java/org/weftdb/ReadmeTest.java");

  @TempDir Path directory;

  @Test
  void theJavaExampleDoesWhatItSays() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      example();
    } finally {
      System.setOut(before);
    }
    assertEquals("Charles since 1833", printed.toString(StandardCharsets.UTF_8).strip());
    try (Database database = Database.open(directory)) {
      Map<String, Object> row =
          database.execute("MATCH (p:Person {name: 'Ada'}) RETURN p.born AS born").toList().get(0);
      assertEquals(1815L, row.get("born"));
    }
  }

  @Test
  void theExampleInTheReadmeIsTheOneThatRuns() throws IOException {
    String readme = Files.readString(README);
    String start = "```java\n";
    int from = readme.indexOf(start) + start.length();
    String example = readme.substring(from, readme.indexOf("```", from));
    assertTrue(withoutIndent(Files.readString(THIS)).contains(withoutIndent(example)), example);
  }

  private static String withoutIndent(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }

  private void example() {
    try (Database database = Database.open(directory)) {
      database.execute(
          "CREATE (:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person {name: 'Charles'})");

      String query =
          "MATCH (a:Person {name: $name})-[k:KNOWS]->(b) RETURN b.name AS name, k.since AS since";
      try (Result result = database.execute(query, Map.of("name", "Ada"))) {
        for (Row row : result) {
          System.out.println(row.get("name") + " since " + row.get("since")); // Charles since 1833
        }
      }

      try (Transaction transaction = database.begin(Access.WRITE)) {
        transaction.execute("MATCH (p:Person {name: 'Ada'}) SET p.born = 1815");
        transaction.commit(); // without it, close() rolls back
      }
    }
  }
}
