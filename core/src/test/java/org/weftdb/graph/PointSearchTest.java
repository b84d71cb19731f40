package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.PointBox;

final class PointSearchTest {
  private static final IndexDefinition DEFINITION =
      new IndexDefinition("points", IndexDefinition.Kind.POINT, true, 0, List.of(0));

  private static final double[] SPECIAL = {
    0,
    1,
    -1,
    180,
    -180,
    90,
    -90,
    1e-300,
    -1e-300,
    1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e12,
    -1e-8,
    0.1
  };

  private static double coordinate(Prng random, double limit) {
    double special = SPECIAL[random.nextInt(SPECIAL.length)];
    return random.nextInt(8) == 0 && Math.abs(special) <= limit
        ? special
        : (random.nextInt(2_000_001) - 1_000_000) / 1e6 * Math.min(limit, 1_000);
  }

  private static Point random(Prng random, CoordinateSystem system) {
    boolean earth = system.isGeographic();
    return new Point(
        system,
        coordinate(random, earth ? 180 : Double.MAX_VALUE),
        coordinate(random, earth ? 90 : Double.MAX_VALUE),
        coordinate(random, Double.MAX_VALUE));
  }

  private static ValueIndex index(List<Point> points) {
    IndexBuilder builder = new IndexBuilder(points.size());
    for (int id = 0; id < points.size(); id++) {
      builder.add(PointCurve.of(points.get(id)), id);
    }
    builder.sort();
    Editor editor = new Editor();
    return new ValueIndex(DEFINITION, new IndexTree(builder.build(editor), editor)).freeze();
  }

  private static Set<Integer> found(Index index, PointBox box) {
    Set<Integer> found = new HashSet<>();
    for (long id : Scanned.all(index.within(box))) {
      assertTrue(found.add((int) id), "twice " + id);
    }
    assertEquals(found.size(), index.estimateWithin(box));
    return found;
  }

  @Test
  void everyPointInABoxIsFoundOnce() {
    for (long seed = 0; seed < 30; seed++) {
      Prng random = new Prng(seed);
      List<Point> points = new ArrayList<>();
      for (int i = random.nextInt(3_000); i >= 0; i--) {
        points.add(random(random, CoordinateSystem.values()[random.nextInt(4)]));
      }
      ValueIndex index = index(points);
      for (int i = 0; i < 60; i++) {
        PointBox box = randomBox(random, points);
        Set<Integer> found = found(index, box);
        for (int id = 0; id < points.size(); id++) {
          boolean inside = points.get(id).system() == box.system() && box.contains(points.get(id));
          assertTrue(!inside || found.contains(id), "seed " + seed + ": " + box + points.get(id));
        }
      }
    }
  }

  private static PointBox randomBox(Prng random, List<Point> points) {
    Point from = points.get(random.nextInt(points.size()));
    if (random.nextInt(3) == 0) {
      PointBox box = PointBox.around(from, Math.abs(coordinate(random, 1e7)));
      assertNotNull(box);
      return box;
    }
    // Corners in any order, so that many boxes are empty or go around the Earth.
    return PointBox.between(from, random.nextInt(9) == 0 ? from : random(random, from.system()));
  }

  @Test
  void theCurveKeepsTheOrderOfEachCoordinate() {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      for (int dimension = 0; dimension < system.dimensions(); dimension++) {
        double[] ascending = {
          Double.NEGATIVE_INFINITY,
          -Double.MAX_VALUE,
          -1e40,
          -200,
          -180,
          -90.5,
          -90,
          -1,
          -1e-9,
          -Double.MIN_VALUE,
          0,
          Double.MIN_VALUE,
          1e-9,
          1,
          1.5,
          90,
          180,
          1e40,
          Double.MAX_VALUE,
          Double.POSITIVE_INFINITY
        };
        long before = 0;
        for (double coordinate : ascending) {
          long step = PointCurve.step(system, dimension, coordinate);
          assertTrue(step >= before, system + " " + coordinate);
          assertTrue(step < 1L << PointCurve.bits(system), system + " " + coordinate);
          before = step;
        }
      }
    }
  }

  @Test
  void littleIsLookedAtThatIsNotInTheBox() {
    for (CoordinateSystem system : CoordinateSystem.values()) {
      Prng random = new Prng(7);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < 50_000; i++) {
        double y = random.nextInt(180_001) / 1e3 - 90;
        points.add(new Point(system, random.nextInt(360_001) / 1e3 - 180, y, random.nextInt(100)));
      }
      ValueIndex index = index(points);
      for (int i = 0; i < 50; i++) {
        Point from = points.get(random.nextInt(points.size()));
        double wide = 1 + random.nextInt(30);
        Point to = new Point(system, from.x() + wide, Math.min(90, from.y() + wide), from.z() + 20);
        PointBox box = PointBox.between(from, to);
        int inside = 0;
        for (Point point : points) {
          inside += box.contains(point) ? 1 : 0;
        }
        int found = found(index, box).size();
        // In three dimensions the height counts for little: most bits of it say how large it is.
        int most = system.dimensions() == 2 ? 3 * inside + 100 : 10 * inside + 300;
        assertTrue(found <= most, system + " " + box + ": " + found + " for " + inside);
      }
    }
  }
}
