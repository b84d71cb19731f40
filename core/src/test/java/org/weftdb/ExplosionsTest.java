package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.error.WeftException;
import org.weftdb.testing.ErrorPlaces;

/** The queries of {@code explosions.txt}, on as much stack as WebAssembly engines give. */
class ExplosionsTest {
  private static final long STACK_BYTES = 1 << 20;
  private static final byte[] GRAPH = graph();

  @TestFactory
  Stream<DynamicTest> everyExplosionEndsAsItShould() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/explosions.txt"))) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        int colon = line.indexOf(':');
        List<String> wanted = Arrays.asList(line.substring(0, colon).split("/", -1));
        String query = line.substring(colon + 2);
        tests.add(DynamicTest.dynamicTest(query, () -> run(wanted, expanded(query))));
      }
    }
    return tests.stream();
  }

  /** A text with its repetitions written out. */
  private static String expanded(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    int start = text.indexOf("<<");
    while (start >= 0) {
      int colon = text.indexOf(':', start);
      int end = text.indexOf(">>", colon + 2);
      int times = Integer.parseInt(text.substring(start + 2, colon));
      out.append(text, at, start).append(text.substring(colon + 1, end).repeat(times));
      at = end + 2;
      start = text.indexOf("<<", at);
    }
    return out.append(text.substring(at)).toString();
  }

  private static void run(List<String> wanted, String query) throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                check(wanted, query);
              } catch (Throwable failure) {
                thrown.add(failure);
              }
            },
            "explosion",
            STACK_BYTES);
    thread.start();
    thread.join();
    if (!thrown.isEmpty()) {
      throw new AssertionError(thrown.get(0).toString(), thrown.get(0));
    }
  }

  private static void check(List<String> wanted, String query) {
    DatabaseBuilder builder = Database.builder().queryMemoryBytes(64 << 20);
    if (wanted.contains("TIMED_OUT")) {
      builder.timeoutMillis(300);
    }
    try (Database database = builder.inMemory()) {
      database.loadSnapshotFromBytes(GRAPH);
      String ended;
      try {
        database.execute(query).toList();
        ended = "OK";
      } catch (WeftException failure) {
        ended = failure.code().name();
        ErrorPlaces.check(failure, query);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.length() < 1_000, message);
      }
      assertTrue(wanted.contains(ended), ended);
      assertEquals("[{x=1}]", database.execute("RETURN 1 AS x").toList() + "");
      assertTrue(database.nodeCount() >= 12);
    }
  }

  private static byte[] graph() {
    try (Database database = Database.builder().inMemory()) {
      database.execute("UNWIND range(1, 12) AS i CREATE (:N {i: i})");
      database.execute("MATCH (a:N), (b:N) WHERE a <> b CREATE (a)-[:TO]->(b)");
      return database.saveSnapshotToBytes();
    }
  }
}
