package org.weftdb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.weftdb.Database;

/**
 * Prints the figures of the engine on this machine: {@code Measure <WordNet snapshot>}. Times are
 * medians after a warm-up; on a shared machine only ratios within one run mean anything.
 */
public final class Measure {
  private static final int RUNS = 7;
  private static final int NODES = 1_000_000;
  private static final int WRITES = 10_000;
  private static final int PLACES = 200_000;

  private Measure() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: Measure <WordNet snapshot>");
      System.exit(2);
    }
    snapshot(Path.of(arguments[0]));
    scan();
    points();
    writes();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void snapshot(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long before = usedHeap();
    try (Database database = Database.inMemory()) {
      double load = medianMillis(() -> database.loadSnapshotFromBytes(bytes));
      double save = medianMillis(database::saveSnapshotToBytes);
      long heap = usedHeap() - before;
      print("WordNet snapshot, bytes", bytes.length);
      print("WordNet load, ms (bytes in memory)", load);
      print("WordNet save, ms (bytes in memory)", save);
      print("WordNet load, ms (file)", medianMillis(() -> database.loadSnapshot(file)));
      print("WordNet heap, MB", heap / 1e6);
      long[] rows = new long[1];
      double expand =
          medianMillis(
              () -> rows[0] = number(database, "MATCH (a)-->(b)-->(c) RETURN count(c.id)"));
      print("WordNet 2-step expand, rows", rows[0]);
      print("WordNet 2-step expand, million rows/s", rows[0] / expand / 1e3);
      double gloss =
          medianMillis(
              () -> number(database, "MATCH (s:Synset) WHERE s.pos = 'n' RETURN count(s)"));
      print("WordNet scan with string filter, million rows/s", 117_791 / gloss / 1e3);
    }
  }

  private static void scan() throws IOException {
    long before = usedHeap();
    try (Database database = filled(NODES)) {
      String query = "MATCH (n:Item) WHERE n.v < 500 RETURN count(n)";
      double millis = medianMillis(() -> number(database, query));
      print("label scan with property filter, million rows/s", NODES / millis / 1e3);
      database.execute(
          "MATCH (a:Item) WITH a, (a.id * 7919 + 13) % 1000000 AS other "
              + "MATCH (b:Item {id: other}) CREATE (a)-[:NEXT]->(b)");
      print(
          "heap of 1 M nodes, 2 properties, an index, 1 M relationships, MB",
          (usedHeap() - before) / 1e6);
      database.execute("DROP INDEX item_id");
      print("the same without the index, MB", (usedHeap() - before) / 1e6);
      String expand = "MATCH (a:Item)-[:NEXT]->(b)-[:NEXT]->(c) RETURN count(c.id)";
      print(
          "2-step expand over all nodes, million rows/s",
          NODES / medianMillis(() -> number(database, expand)) / 1e3);
    }
  }

  private static void points() throws IOException {
    try (Database database = Database.inMemory()) {
      // Golden-ratio steps: spread evenly, and the same in JavaScript.
      database.execute(
          "UNWIND range(1, $places) AS i WITH i, i * 0.6180339887 AS u, i * 0.7548776662 AS v "
              + "CREATE (:Place {p: point({longitude: 360 * (u - toInteger(u)) - 180,"
              + " latitude: 180 * (v - toInteger(v)) - 90})})",
          Map.of("places", (long) PLACES));
      String query =
          "UNWIND range(0, 9) AS i WITH point({longitude: 30 * i - 140, latitude: 10 * i - 40})"
              + " AS c MATCH (n:Place) WHERE point.distance(n.p, c) < 100000 RETURN count(n)";
      print("points in 10 circles of 100 km among 200,000", number(database, query));
      double without = medianMillis(() -> number(database, query));
      double index =
          medianMillis(
              () -> {
                database.execute("DROP INDEX place IF EXISTS");
                database.execute("CREATE POINT INDEX place FOR (n:Place) ON (n.p)");
              });
      double with = medianMillis(() -> number(database, query));
      print("the same by a scan, ms", without);
      print("the same by a POINT index, ms", with);
      print("POINT index of 200,000 points, ms to create", index);
    }
  }

  private static void writes() throws IOException {
    try (Database small = filled(10_000);
        Database large = filled(NODES)) {
      long next = 10_000_000;
      for (String[] statement :
          new String[][] {
            {"CREATE a node", "CREATE (:Item {id: $id, v: 1})"},
            {"SET a property", "MATCH (n:Item {id: $old}) SET n.v = $id"},
            {
              "CREATE a relationship",
              "MATCH (a:Item {id: $old}), (b:Item {id: $other}) CREATE (a)-[:R]->(b)"
            }
          }) {
        double[][] micros = new double[2][RUNS];
        // In turn, so that neither size has the warmer code.
        for (int run = 0; run < RUNS; run++) {
          for (int which = 0; which < 2; which++) {
            Database database = which == 0 ? small : large;
            long start = System.nanoTime();
            for (int i = 0; i < WRITES; i++) {
              long id = next++;
              database.execute(
                  statement[1], Map.of("id", id, "old", id % 9_973, "other", id % 9_967));
            }
            micros[which][run] = (System.nanoTime() - start) / 1e3 / WRITES;
          }
        }
        Arrays.sort(micros[0]);
        Arrays.sort(micros[1]);
        print(statement[0] + " at 10 thousand nodes, µs", micros[0][RUNS / 2]);
        print(statement[0] + " at 1 million nodes, µs", micros[1][RUNS / 2]);
      }
    }
  }

  private static Database filled(int nodes) {
    Database database = Database.inMemory();
    database.execute("CREATE INDEX item_id FOR (n:Item) ON (n.id)");
    database.execute(
        "UNWIND range(0, $last) AS i CREATE (:Item {id: i, v: i % 1000})",
        Map.of("last", (long) nodes - 1));
    return database;
  }

  private static long number(Database database, String query) {
    try (var result = database.execute(query)) {
      return Objects.requireNonNull((Long) result.next().get(0));
    }
  }

  private static double medianMillis(Work work) throws IOException {
    double[] millis = new double[RUNS];
    for (int run = -2; run < RUNS; run++) {
      long start = System.nanoTime();
      work.run();
      if (run >= 0) {
        millis[run] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[RUNS / 2];
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void print(String what, double value) {
    System.out.printf("%-72s %,16.2f%n", what, value);
  }
}
