package org.weftdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.error.WeftException;
import org.weftdb.storage.CrashStorage;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.PointDistance;

/**
 * Every entity is twice in the graph: as {@code :P} and {@code :R} with POINT indexes, and as
 * {@code :Q} and {@code :S} without. All queries find the same of both.
 */
final class PointIndexTest {
  private static final List<String> CONDITIONS =
      List.of(
          "point.distance(n.p, $a) <= $r",
          "point.distance(n.p, $a) < $r",
          "$r >= point.distance($a, n.p)",
          "$r > point.distance(n.p, $a)",
          "point.withinBBox(n.p, $a, $b)",
          "n.p = $a",
          "$b = n.p",
          "n.p = $v",
          "point.distance(n.p, $a) < $r AND point.withinBBox(n.p, $b, $a)",
          "point.withinBBox(n.p, $a, $b) AND n.id % 2 = 0",
          "point.withinBBox(n.p, $a, $b) OR n.p = $a",
          "NOT point.distance(n.p, $a) <= $r");

  private static final double[] RADII = {
    0,
    -1,
    1e-9,
    0.5,
    1,
    50,
    1_000,
    111_000,
    2e6,
    2e7,
    3e7,
    1e308,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  private final Map<String, Object> parameters = new HashMap<>();

  private static EngineOptions options() {
    return EngineOptions.singleThreaded(1, () -> 1_000);
  }

  private static double coordinate(Prng random, double limit) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(2) == 0 ? limit : -limit;
      case 1 -> 0;
      case 2 -> (random.nextInt(5) - 2) * (limit / 2);
      default -> (random.nextInt(20_001) - 10_000) / 1e4 * Math.min(limit, 200);
    };
  }

  private static Point point(Prng random) {
    CoordinateSystem system = CoordinateSystem.values()[random.nextInt(4)];
    boolean earth = system.isGeographic();
    double[] limits = {1, 10, 1e5, 1e300, Double.MAX_VALUE};
    double limit = limits[random.nextInt(limits.length)];
    return new Point(
        system,
        coordinate(random, earth ? 180 : limit),
        coordinate(random, earth ? 90 : limit),
        random.nextInt(2) == 0 ? random.nextInt(100) : coordinate(random, limit));
  }

  private @Nullable Object value(Prng random) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> 5L;
      case 2 -> "text";
      default -> point(random);
    };
  }

  private static void index(Engine engine) {
    engine.execute("CREATE POINT INDEX nodes FOR (n:P) ON (n.p)");
    engine.execute("CREATE POINT INDEX relationships FOR ()-[r:R]-() ON (r.p)");
  }

  private void write(Prng random, Engine engine) {
    parameters.put("id", (long) random.nextInt(120));
    parameters.put("p", value(random));
    String set = "SET n.p = $p, m.p = $p, r.p = $p, s.p = $p";
    String query =
        switch (random.nextInt(8)) {
          case 0, 1, 2 ->
              "MERGE (n:P {id: $id}) MERGE (m:Q {id: $id})"
                  + " MERGE (n)-[r:R {id: $id}]->(m) MERGE (m)-[s:S {id: $id}]->(n) "
                  + set;
          case 3 -> "MATCH (n:P {id: $id})-[r:R]->(m:Q)-[s:S]->(n) " + set;
          case 4 -> "MATCH (n:P {id: $id})-[:R]->(m:Q) DETACH DELETE n, m";
          case 5 -> "MATCH (n:P {id: $id})-[r:R]->(m:Q)-[s:S]->(n) DELETE r, s REMOVE n:P, m:Q";
          case 6 -> "MATCH (n:P)-[r:R]->(m:Q)-[s:S]->(n) WHERE n.id % 10 = $id % 10 " + set;
          // A statement that fails after it has written.
          default ->
              "MATCH (n:P)-[r:R]->(m:Q)-[s:S]->(n) "
                  + set
                  + " WITH n WHERE n.id > $id RETURN 1 / (n.id - n.id)";
        };
    try {
      engine.execute(query, parameters).toList();
    } catch (WeftException divided) {
      assertTrue(query.endsWith("(n.id - n.id)"), divided.getMessage());
    }
  }

  private Object ids(Engine engine, String pattern, String condition) {
    String query = "MATCH " + pattern + " WHERE " + condition + " RETURN n.id AS id ORDER BY id";
    try {
      return engine.execute(query, parameters).toList();
    } catch (WeftException failure) {
      return failure.code();
    }
  }

  private void assertSame(Prng random, Engine engine, long seed) {
    for (String condition : CONDITIONS) {
      List<Map<String, Object>> some =
          engine.execute("MATCH (n:P) WHERE n.p IS :: POINT NOT NULL RETURN n.p AS p").toList();
      for (String name : List.of("a", "b")) {
        boolean old = !some.isEmpty() && random.nextInt(2) == 0;
        parameters.put(name, old ? some.get(random.nextInt(some.size())).get("p") : point(random));
      }
      if (random.nextInt(3) > 0) {
        // Of one system, so that there is something to find.
        Point a = (Point) parameters.get("a");
        Point b = (Point) parameters.get("b");
        if (!a.system().isGeographic() || b.system().isGeographic()) {
          parameters.put("b", new Point(a.system(), b.x(), b.y(), b.z()));
        }
      }
      parameters.put("v", value(random));
      parameters.put("r", random.nextInt(9) == 0 ? 7L : RADII[random.nextInt(RADII.length)]);
      if (random.nextInt(3) == 0) {
        // To the point itself, so that it is on the border.
        Point a = (Point) parameters.get("a");
        Point b = (Point) parameters.get("b");
        parameters.put("r", a.system() == b.system() ? PointDistance.between(a, b) : 0.0);
      }
      String points = "n.p IS :: POINT AND " + condition;
      String where = "seed " + seed + ": " + condition + " " + parameters;
      assertEquals(ids(engine, "(n:Q)", points), ids(engine, "(n:P)", points), where);
      assertEquals(ids(engine, "()-[n:S]->()", points), ids(engine, "()-[n:R]->()", points), where);
    }
  }

  @Test
  void answersAreThoseWithoutAnIndex() {
    for (long seed = 0; seed < 12; seed++) {
      Prng random = new Prng(seed);
      CrashStorage storage = new CrashStorage();
      Engine engine = Engine.open(storage, options());
      boolean before = seed % 2 == 0;
      if (before) {
        index(engine);
      }
      for (int step = 0; step < 200; step++) {
        write(random, engine);
        if (step % 40 == 0) {
          assertSame(random, engine, seed);
        }
      }
      if (!before) {
        index(engine);
      }
      assertSame(random, engine, seed);
      Engine fromLog = Engine.open(storage.afterProcessDeath(), options());
      assertSame(random, fromLog, seed);
      Engine fromSnapshot = Engine.inMemory(options());
      fromSnapshot.loadSnapshotFromBytes(fromLog.saveSnapshotToBytes());
      assertSame(random, fromSnapshot, seed);
      write(random, fromSnapshot);
      assertSame(random, fromSnapshot, seed);
      String plan = fromSnapshot.explain("MATCH (n:P) WHERE n.p = $a RETURN n").toString();
      assertTrue(plan.contains("NodeIndexSeek"), plan);
    }
  }

  @Test
  void transactionsSeeTheirOwnPointsAndUndoThem() {
    Engine engine = Engine.inMemory(options());
    index(engine);
    String near =
        "MATCH (n:P) WHERE point.distance(n.p, point({x: 0, y: 0})) < 2 RETURN n.id AS id";
    engine.execute("CREATE (:P {id: 1, p: point({x: 1, y: 1})})");
    try (Transaction transaction = engine.begin(Access.WRITE)) {
      transaction.execute("CREATE (:P {id: 2, p: point({x: -1, y: 1})})");
      assertEquals(2, transaction.execute(near).toList().size());
      transaction.execute("MATCH (n:P {id: 1}) SET n.p = point({x: 9, y: 9})");
      assertEquals(List.of(Map.of("id", 2L)), transaction.execute(near).toList());
      assertEquals(1, engine.execute(near).toList().size());
      transaction.rollback();
    }
    assertEquals(List.of(Map.of("id", 1L)), engine.execute(near).toList());
  }
}
