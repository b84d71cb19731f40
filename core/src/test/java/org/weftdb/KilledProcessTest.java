package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it commits. */
final class KilledProcessTest {
  @TempDir Path temporary;

  @Test
  void everyAcknowledgedCommitIsThereAfterTheProcessWasKilled() throws Exception {
    Path directory = temporary.resolve("database");
    long acknowledged = 0;
    for (int round = 0; round < 3; round++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  locationOf(Database.class) + File.pathSeparator + locationOf(Committer.class),
                  Committer.class.getName(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader lines = process.inputReader()) {
        for (int line = 0; line < 100 + 37 * round; line++) {
          String text = lines.readLine();
          assertNotNull(text, "the process ended by itself");
          acknowledged = Long.parseLong(text);
        }
        process.destroyForcibly();
      }
      process.waitFor();
      try (Database database = Database.open(directory)) {
        List<Map<String, Object>> rows =
            database
                .execute("MATCH (n:N)-[:OF]->(:M) RETURN count(n) AS count, max(n.i) AS last")
                .toList();
        long last = (Long) rows.get(0).get("last");
        assertTrue(last >= acknowledged, last + " of " + acknowledged);
        assertEquals(last, rows.get(0).get("count"));
        assertEquals(2 * last, database.nodeCount());
      }
    }
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Commits for ever and prints the number of each commit that was acknowledged. */
  static final class Committer {
    public static void main(String[] arguments) {
      Database database = Database.builder().segmentBytes(2_000).open(Path.of(arguments[0]));
      for (long i = database.nodeCount() / 2 + 1; ; i++) {
        database.execute("CREATE (:N {i: $i})-[:OF]->(:M)", Map.of("i", i));
        System.out.print(i + "\n");
        System.out.flush();
      }
    }
  }
}
