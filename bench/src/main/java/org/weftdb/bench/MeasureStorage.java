package org.weftdb.bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.weftdb.Database;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.log.Durability;

/**
 * Prints the figures of log, recovery and checkpoints on this machine: {@code MeasureStorage
 * <directory>}, which should be on the medium that is meant. Each is next to what the same medium
 * does without a database in the same run.
 */
public final class MeasureStorage {
  private static final int RECORD_BYTES = 45;
  private static final int LOGGED_COMMITS = 1_000_000;
  private static final int ENTITIES = 1_000_000;

  private MeasureStorage() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: MeasureStorage <directory>");
      System.exit(2);
    }
    Path scratch = Files.createTempDirectory(Path.of(arguments[0]), "weftdb-bench");
    try {
      commits(scratch.resolve("commits"));
      recovery(scratch.resolve("recovery"));
      checkpoints(scratch.resolve("checkpoints"));
    } finally {
      delete(scratch);
    }
  }

  // ---- Commits ----------------------------------------------------------------------------------

  private static void commits(Path directory) throws Exception {
    commitRate(directory, Durability.NONE, 1, 100_000);
    for (Durability durability :
        List.of(Durability.PER_COMMIT, Durability.group(10), Durability.NONE)) {
      boolean waits = durability.mode() == Durability.Mode.PER_COMMIT;
      for (int threads : new int[] {1, 4, 16}) {
        // The medium's own rate changes from minute to minute, so it is taken before and after.
        int count = waits ? (int) Math.max(500, 2 * syncRate(directory, 200)) : 0;
        double before = syncRate(directory, count);
        double rate = commitRate(directory, durability, threads, waits ? 2 * count : 200_000);
        double bare = (before + syncRate(directory, count)) / 2;
        String what = "commits/s, " + durability.mode() + ", threads: " + threads;
        print(what, rate);
        if (waits) {
          print("  of bare append and sync, which is " + Math.round(bare) + "/s", rate / bare);
        }
      }
    }
  }

  private static double syncRate(Path directory, int count) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("bare");
    byte[] record = new byte[RECORD_BYTES];
    long start = System.nanoTime();
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      for (int i = 0; i < count; i++) {
        stream.write(record);
        stream.getFD().sync();
      }
    }
    double rate = count / seconds(start);
    Files.delete(file);
    return rate;
  }

  private static double commitRate(Path directory, Durability durability, int threads, int commits)
      throws Exception {
    double rate;
    try (Database database =
        Database.builder()
            .durability(durability)
            .checkpoints(CheckpointPolicy.onlyAsked())
            .open(directory)) {
      long bytes = database.logStatus().bytes();
      List<Thread> workers = new ArrayList<>();
      long start = System.nanoTime();
      for (int t = 0; t < threads; t++) {
        Thread worker = new Thread(() -> commit(database, commits / threads));
        workers.add(worker);
        worker.start();
      }
      for (Thread worker : workers) {
        worker.join();
      }
      rate = commits / seconds(start);
      if (durability.mode() == Durability.Mode.PER_COMMIT && threads == 1) {
        print(
            "bytes of log per commit of a node with one property",
            (double) (database.logStatus().bytes() - bytes) / commits);
      }
    }
    delete(directory);
    return rate;
  }

  private static void commit(Database database, int count) {
    for (int i = 0; i < count; i++) {
      database.execute("CREATE (:Item {id: $id})", Map.of("id", (long) i));
    }
  }

  // ---- Recovery ---------------------------------------------------------------------------------

  private static void recovery(Path directory) throws Exception {
    try (Database database =
        Database.builder()
            .durability(Durability.NONE)
            .checkpoints(CheckpointPolicy.onlyAsked())
            .open(directory)) {
      database.execute("CREATE (:Counter {value: 0})");
      for (int i = 0; i < LOGGED_COMMITS / 2; i++) {
        database.execute("CREATE (:Item {id: $id})", Map.of("id", (long) i));
        database.execute("MATCH (c:Counter) SET c.value = $v", Map.of("v", (long) i));
      }
    }
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      try (Database database = Database.open(directory)) {
        double time = seconds(start);
        print("commits recovered per second", (database.logStatus().nextLsn() - 1) / time);
      }
    }
    delete(directory);
  }

  // ---- Checkpoints ------------------------------------------------------------------------------

  private static void checkpoints(Path directory) throws Exception {
    try (Database database =
        Database.builder().checkpoints(CheckpointPolicy.onlyAsked()).open(directory)) {
      database.execute(
          "UNWIND range(1, $n) AS i CREATE (:Item {id: i, name: 'item ' + i})",
          Map.of("n", (long) ENTITIES));
      database.execute("CREATE INDEX item_id FOR (n:Item) ON (n.id)");
      database.execute(
          "UNWIND range(1, $n) AS i MATCH (a:Item {id: i}), (b:Item {id: 1 + i * 7919 % $n})"
              + " CREATE (a)-[:NEXT]->(b)",
          Map.of("n", (long) ENTITIES));
      database.checkpoint();
      double[] usual = waits(database, () -> pause(2_000));
      printWaits("a commit's time, no checkpoint", usual);
      double[] beside = new double[0];
      for (int run = 0; run < 3; run++) {
        beside = waits(database, database::checkpoint);
        printWaits("a commit's time beside a checkpoint", beside);
      }
      database.execute("CREATE (:Last)");
      long start = System.nanoTime();
      database.checkpoint();
      double time = seconds(start);
      Path snapshot = newest(directory);
      double megabytes = Files.size(snapshot) / 1e6;
      print("snapshot, MB", megabytes);
      print("checkpoint, MB/s", megabytes / time);
      print(
          "  of a copy of the file with a sync", megabytes / time / copyRate(snapshot, megabytes));
    }
    long start = System.nanoTime();
    try (Database database = Database.open(directory)) {
      double time = seconds(start);
      double megabytes = Files.size(newest(directory)) / 1e6;
      print("opening a directory with that snapshot, MB/s", megabytes / time);
      print("opening it, s", time);
    }
    delete(directory);
  }

  /** Times of commits, in ms and in ascending order, while something else is done. */
  private static double[] waits(Database database, Runnable beside) throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              beside.run();
              ended.set(true);
            });
    database.execute("CREATE (:Before)");
    List<Double> times = new ArrayList<>();
    other.start();
    while (!ended.get()) {
      long start = System.nanoTime();
      database.execute("CREATE (:Beside {at: $at})", Map.of("at", start));
      times.add((System.nanoTime() - start) / 1e6);
    }
    other.join();
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void printWaits(String what, double[] sorted) {
    System.out.printf(
        "%-52s n=%d, ms: median %.2f, 90 %% %.2f, 99 %% %.2f, 99.9 %% %.2f, most %.2f%n",
        what,
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        at(sorted, 0.999),
        sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, (long) (sorted.length * part))];
  }

  private static Path newest(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("snapshot-"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static double copyRate(Path file, double megabytes) throws IOException {
    Path copy = file.resolveSibling("copy");
    byte[] bytes = new byte[1 << 20];
    long start = System.nanoTime();
    try (var source = Files.newInputStream(file);
        FileOutputStream target = new FileOutputStream(copy.toFile())) {
      for (int n = source.read(bytes); n >= 0; n = source.read(bytes)) {
        target.write(bytes, 0, n);
      }
      target.getFD().sync();
    }
    double rate = megabytes / seconds(start);
    print("copying the file with a sync, MB/s", rate);
    Files.delete(copy);
    return rate;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void print(String what, double value) {
    System.out.printf("%-72s %,16.2f%n", what, value);
  }
}
