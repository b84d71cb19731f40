package org.weftdb.bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
 * <directory> [commits] [recovery] [checkpoints]}, all three when none is named. The directory
 * should be on the medium that is meant. Each figure is next to what the same medium does without a
 * database in the same run.
 *
 * <p>A commit beside a checkpoint that takes much longer than one without is told with its time
 * since the virtual machine's start, to be held against what {@code -Xlog:gc,safepoint} says.
 */
public final class MeasureStorage {
  private static final int RECORD_BYTES = 45;
  private static final int LOGGED_COMMITS = 1_000_000;
  private static final int ENTITIES = 1_000_000;
  private static final int CHECKPOINTS = 20;
  private static final int MOST_COMMITS = 1 << 15;

  /** A commit beside a checkpoint may take so much longer than those without one. */
  private static final double MOST_MORE_MILLIS = 10;

  private MeasureStorage() {}

  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of("commits", "recovery", "checkpoints");
    List<String> asked =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    if (arguments.length == 0 || !all.containsAll(asked)) {
      System.err.println("usage: MeasureStorage <directory> [commits] [recovery] [checkpoints]");
      System.exit(2);
    }
    List<String> parts = asked.isEmpty() ? all : asked;
    Path scratch = Files.createTempDirectory(Path.of(arguments[0]), "weftdb-bench");
    try {
      if (parts.contains("commits")) {
        commits(scratch.resolve("commits"));
      }
      if (parts.contains("recovery")) {
        recovery(scratch.resolve("recovery"));
      }
      if (parts.contains("checkpoints")) {
        checkpoints(scratch.resolve("checkpoints"));
      }
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
      printWaits(database);
      for (int run = 0; run < 3; run++) {
        database.execute("CREATE (:Last)");
        long start = System.nanoTime();
        database.checkpoint();
        double time = seconds(start);
        Path snapshot = newest(directory);
        double megabytes = Files.size(snapshot) / 1e6;
        print("snapshot, MB", megabytes);
        print("checkpoint, MB/s", megabytes / time);
        double copied = copyRate(snapshot, megabytes);
        print("  of a copy of the file with a sync", megabytes / time / copied);
      }
    }
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      try (Database database = Database.open(directory)) {
        double time = seconds(start);
        double megabytes = Files.size(newest(directory)) / 1e6;
        print("opening a directory with that snapshot, MB/s", megabytes / time);
        print("opening it, s", time);
      }
    }
    delete(directory);
  }

  /** Commits made one after another: when each began, and how long it took. */
  private static final class Waits {
    private final long[] startNanos;
    private final double[] millis;
    private int count;

    Waits(int room) {
      startNanos = new long[room];
      millis = new double[room];
    }

    void add(long start) {
      if (count < millis.length) {
        startNanos[count] = start;
        millis[count++] = (System.nanoTime() - start) / 1e6;
      }
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  /**
   * Commits beside checkpoints, and in turn with them as many seconds of commits alone, so that
   * what else the machine does meets both alike.
   */
  private static void printWaits(Database database) throws InterruptedException {
    Waits alone = new Waits(CHECKPOINTS * MOST_COMMITS);
    Waits[] beside = new Waits[CHECKPOINTS];
    int count = 0;
    for (int run = 0; run < CHECKPOINTS; run++) {
      beside[run] = new Waits(MOST_COMMITS);
      long start = System.nanoTime();
      commitWhile(database, database::checkpoint, beside[run]);
      long millis = (System.nanoTime() - start) / 1_000_000;
      count += beside[run].count;
      commitWhile(database, () -> pause(millis), alone);
    }
    double[] all = new double[count];
    int at = 0;
    for (Waits waits : beside) {
      System.arraycopy(waits.millis, 0, all, at, waits.count);
      at += waits.count;
    }
    Arrays.sort(all);
    double[] usual = alone.sorted();
    printWaits("a commit's time, no checkpoint", usual);
    printWaits("a commit's time beside a checkpoint", all);
    double usuallyMost = usual[usual.length - 1];
    print("checkpoints", CHECKPOINTS);
    for (double without : new double[] {usuallyMost, at(usual, 0.999)}) {
      int exceeded = 0;
      for (Waits waits : beside) {
        double[] sorted = waits.sorted();
        exceeded += sorted[sorted.length - 1] > without + MOST_MORE_MILLIS ? 1 : 0;
      }
      String which = without == usuallyMost ? "the most" : "the 99.9 %";
      print("  with a commit over 10 ms above " + which + " without", exceeded);
    }
    for (Waits waits : beside) {
      printSlow("beside a checkpoint", waits);
    }
    printSlow("without", alone);
  }

  private static void commitWhile(Database database, Runnable other, Waits waits)
      throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              other.run();
              ended.set(true);
            });
    database.execute("CREATE (:Before)");
    thread.start();
    while (!ended.get()) {
      long start = System.nanoTime();
      database.execute("CREATE (:Beside {at: $at})", Map.of("at", start));
      waits.add(start);
    }
    thread.join();
  }

  /** Says when the commits that took over 10 ms ended, in seconds of the virtual machine's life. */
  private static void printSlow(String where, Waits waits) {
    double now = (System.currentTimeMillis() - startMillis()) / 1e3;
    long nanos = System.nanoTime();
    for (int i = 0; i < waits.count; i++) {
      if (waits.millis[i] > MOST_MORE_MILLIS) {
        double end = now - (nanos - waits.startNanos[i]) / 1e9 + waits.millis[i] / 1e3;
        System.out.printf("  %s, until %.3f s: %.2f ms%n", where, end, waits.millis[i]);
      }
    }
  }

  private static long startMillis() {
    return ManagementFactory.getRuntimeMXBean().getStartTime();
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
