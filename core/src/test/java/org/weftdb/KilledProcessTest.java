package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.bytes.Prng;
import org.weftdb.engine.Access;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.Transaction;
import org.weftdb.engine.VerificationReport;

/**
 * A process that is killed again and again while it commits in several threads and makes
 * checkpoints, always with the same directory; {@code -Dkills=1000} kills it more often.
 */
final class KilledProcessTest {
  private static final int KILLS = Integer.getInteger("kills", 50);
  private static final int THREADS = 3;

  @TempDir Path temporary;

  private final long[] acknowledged = new long[THREADS];

  @Test
  void everyAcknowledgedCommitIsThereAfterTheProcessWasKilled() throws Exception {
    Prng random = new Prng(1);
    Path directory = temporary.resolve("database");
    for (int kill = 0; kill < KILLS; kill++) {
      runAndKill(directory, random);
      // Mostly it is the killed process's successor that opens what it has left.
      Path opened = kill % 4 == 0 ? directory : copy(directory, temporary.resolve("copy" + kill));
      VerificationReport report = Database.verify(opened);
      assertTrue(report.isClean(), report.toText());
      try (Database database = Database.open(opened)) {
        assertHolds(database, "kill " + kill);
      }
    }
    for (int thread = 0; thread < THREADS; thread++) {
      assertTrue(acknowledged[thread] > KILLS, "thread " + thread);
    }
  }

  private void runAndKill(Path directory, Prng random) throws Exception {
    Process process =
        new ProcessBuilder(ChildJvm.command(Committer.class, directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertEquals("opening", lines.readLine());
      if (random.nextInt(8) == 0) {
        // Killed while it opens the database, or soon after.
        process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
        process.toHandle().destroyForcibly();
      } else {
        int count = 1 + random.nextInt(120);
        for (int line = 0; line < count; line++) {
          acknowledge(lines.readLine());
        }
        process.toHandle().destroyForcibly();
      }
      // What it wrote before it died was acknowledged, too; the last line may be torn.
      String last = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (last != null) {
          acknowledge(last);
        }
        last = line;
      }
    }
    process.waitFor();
  }

  private void acknowledge(String line) {
    assertNotNull(line, "the process ended by itself");
    int space = line.indexOf(' ');
    int thread = Integer.parseInt(line.substring(0, space));
    acknowledged[thread] =
        Math.max(acknowledged[thread], Long.parseLong(line, space + 1, line.length(), 10));
  }

  private void assertHolds(Database database, String where) {
    long all = 0;
    for (int thread = 0; thread < THREADS; thread++) {
      Map<String, Object> row =
          database
              .execute(
                  "OPTIONAL MATCH (n:N {thread: $t})-[:OF]->(:M) WITH count(n) AS count,"
                      + " coalesce(max(n.i), 0) AS last OPTIONAL MATCH (c:Counter {thread: $t})"
                      + " RETURN count, last, coalesce(c.count, 0) AS counted",
                  Map.of("t", thread))
              .toList()
              .get(0);
      long last = (Long) row.get("last");
      assertTrue(last >= acknowledged[thread], where + ": " + last + " of " + acknowledged[thread]);
      assertEquals(last, row.get("count"), where);
      assertEquals(last, row.get("counted"), where);
      all += last;
    }
    Map<String, Object> rest =
        database
            .execute(
                "MATCH (n) RETURN count(CASE WHEN n:N OR n:M THEN 1 END) AS all,"
                    + " count(CASE WHEN n:Gone THEN 1 END) AS gone")
            .toList()
            .get(0);
    assertEquals(Map.of("all", 2 * all, "gone", 0L), rest, where);
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** Commits for ever and prints thread and number of each commit that was acknowledged. */
  static final class Committer {
    public static void main(String[] arguments) {
      say("opening");
      CheckpointPolicy policy = new CheckpointPolicy(0, 25, 0, 2);
      Database database =
          Database.builder().segmentBytes(2_000).checkpoints(policy).open(Path.of(arguments[0]));
      database.execute(
          "UNWIND range(0, $last) AS t MERGE (c:Counter {thread: t}) ON CREATE SET c.count = 0",
          Map.of("last", THREADS - 1));
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        new Thread(() -> commit(database, number)).start();
      }
    }

    private static void commit(Database database, int thread) {
      List<Map<String, Object>> rows =
          database
              .execute("MATCH (c:Counter {thread: $t}) RETURN c.count AS c", Map.of("t", thread))
              .toList();
      for (long i = (Long) rows.get(0).get("c") + 1; ; i++) {
        Map<String, Object> parameters = Map.of("i", i, "t", thread);
        if (i % 5 == 0) {
          try (Transaction transaction = database.begin(Access.WRITE)) {
            transaction.execute("CREATE (:Gone)");
          }
        }
        try (Transaction transaction = database.begin(Access.WRITE)) {
          transaction.execute("CREATE (:N {i: $i, thread: $t})-[:OF]->(:M)", parameters);
          transaction.execute("MATCH (c:Counter {thread: $t}) SET c.count = $i", parameters);
          transaction.commit();
        }
        say(thread + " " + i);
      }
    }

    private static synchronized void say(String line) {
      System.out.print(line + "\n");
      System.out.flush();
    }
  }
}
