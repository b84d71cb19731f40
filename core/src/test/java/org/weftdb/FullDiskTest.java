package org.weftdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.VerificationReport;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Databases on file systems that take no more. */
final class FullDiskTest {
  private static final String CREATE = "CREATE (:N {i: $i, text: $text})";

  @TempDir Path temporary;

  private static void create(Database database, long i) {
    database.execute(CREATE, Map.of("i", i, "text", ("text " + i + " ").repeat(20)));
  }

  private static void assertHolds(Database database, long acknowledged) {
    Map<String, Object> row =
        database
            .execute("MATCH (n:N) RETURN count(n) AS count, coalesce(max(n.i), 0) AS last")
            .toList()
            .get(0);
    long last = (Long) row.get("last");
    assertEquals(last, row.get("count"));
    assertTrue(last == acknowledged || last == acknowledged + 1, last + " of " + acknowledged);
  }

  private static void assertIsClean(Path directory) {
    VerificationReport report = Database.verify(directory);
    assertTrue(report.isClean(), report.toText());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException thereIsNoSuchCommand) {
      return false;
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullFileSystemLosesNothingAndGoesOnWhenThereIsRoom() throws Exception {
    Path mounted = Files.createDirectory(temporary.resolve("mounted"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k", "weft-test", mounted.toString()),
        "only who may mount file systems can make a small one");
    try {
      Path other = mounted.resolve("other");
      Files.write(other, new byte[200_000]);
      Path directory = mounted.resolve("database");
      long acknowledged = fill(directory, 0);
      // All can still be read; what little room opening has made is used up, too.
      acknowledged = fill(directory, acknowledged);
      assertIsClean(directory);
      Files.delete(other);
      long last;
      try (Database database = Database.open(directory)) {
        assertHolds(database, acknowledged);
        last = database.nodeCount();
        create(database, last + 1);
        database.checkpoint();
      }
      try (Database database = Database.open(directory)) {
        assertEquals(last + 1, database.nodeCount());
      }
    } finally {
      assertTrue(run("umount", mounted.toString()));
    }
  }

  /**
   * Commits until the file system is full; checkpoints that fail first must not matter.
   *
   * @param before what was acknowledged before
   */
  private static long fill(Path directory, long before) {
    CheckpointPolicy policy = CheckpointPolicy.onlyAsked();
    long acknowledged = before;
    int failedCheckpoints = 0;
    try (Database database =
        Database.builder().segmentBytes(20_000).checkpoints(policy).open(directory)) {
      assertHolds(database, before);
      acknowledged = database.nodeCount();
      for (int i = 1; i < 10_000; i++) {
        create(database, acknowledged + 1);
        acknowledged++;
        failedCheckpoints += i % 100 == 0 && checkpointFails(database) ? 1 : 0;
      }
      throw new AssertionError("the file system does not become full");
    } catch (WeftException full) {
      assertEquals(ErrorCode.LOG_FAILED, full.code(), full.getMessage());
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
    }
    if (before == 0) {
      assertTrue(acknowledged > 300, "commits " + acknowledged);
      assertTrue(failedCheckpoints > 0, "the checkpoints had room");
    }
    return acknowledged;
  }

  private static boolean checkpointFails(Database database) {
    try {
      database.checkpoint();
      return false;
    } catch (WeftException full) {
      assertEquals(ErrorCode.IO_FAILED, full.code(), full.getMessage());
      return true;
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLimitOfTheFileSizeLosesNothing() throws Exception {
    Path directory = temporary.resolve("database");
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 64 && exec \"$@\"", "bash"));
    command.addAll(ChildJvm.command(Filler.class, directory.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    long acknowledged = 0;
    String end = "";
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("LOG_FAILED")) {
          end = line;
        } else {
          acknowledged = Long.parseLong(line);
        }
      }
    }
    assertEquals(0, process.waitFor());
    assertTrue(end.contains("File too large"), end);
    assertTrue(acknowledged > 100, "commits " + acknowledged);
    assertIsClean(directory);
    try (Database database = Database.open(directory)) {
      assertHolds(database, acknowledged);
      create(database, database.nodeCount() + 1);
    }
    try (Database database = Database.open(directory)) {
      assertTrue(database.nodeCount() > acknowledged);
    }
  }

  /** Commits until it fails, and says what has happened. */
  static final class Filler {
    public static void main(String[] arguments) {
      Database database = Database.open(Path.of(arguments[0]));
      long i = 1;
      try {
        for (; ; i++) {
          create(database, i);
          System.out.println(i);
        }
      } catch (WeftException failure) {
        System.out.println(failure.code() + " " + failure.getMessage());
      }
      try {
        database.nodeCount();
        System.exit(2);
      } catch (WeftException failure) {
        database.close();
        System.exit(failure.code() == ErrorCode.LOG_FAILED ? 0 : 3);
      }
    }
  }
}
