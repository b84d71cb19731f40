package org.weftdb.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.weftdb.bytes.Prng;

final class PointBoxTest {
  /** A number between -1 and 1. */
  private static double part(Prng random) {
    return (random.nextInt(2_000_001) - 1_000_000) / 1e6;
  }

  private static Point random(Prng random, CoordinateSystem system, double scale) {
    if (system.isGeographic()) {
      double latitude =
          random.nextInt(4) == 0 ? 90 * (random.nextInt(2) * 2 - 1) : 90 * part(random);
      double longitude =
          random.nextInt(4) == 0 ? 180 * (random.nextInt(2) * 2 - 1) : 180 * part(random);
      return new Point(system, longitude, latitude, scale * part(random));
    }
    return new Point(system, scale * part(random), scale * part(random), scale * part(random));
  }

  /** A point some way from another. */
  private static Point near(Prng random, Point point, double way) {
    CoordinateSystem system = point.system();
    double x = point.x() + way * part(random);
    double y = point.y() + way * part(random);
    double z = point.z() + way * part(random);
    return new Point(system, x, system.isGeographic() ? Math.max(-90, Math.min(90, y)) : y, z);
  }

  @Test
  void everyPointOfACircleIsInItsBox() {
    double[] scales = {1e-160, 1e-3, 1, 1_000, 7e6, 1e20, 1e300};
    for (long seed = 0; seed < 200_000; seed++) {
      Prng random = new Prng(seed);
      CoordinateSystem system = CoordinateSystem.values()[random.nextInt(4)];
      Point center = random(random, system, scales[random.nextInt(scales.length)]);
      Point other =
          random.nextInt(3) == 0
              ? random(random, system, scales[random.nextInt(scales.length)])
              : near(random, center, scales[random.nextInt(scales.length)]);
      // The nearest radius that has the other point in it.
      double radius = PointDistance.between(center, other);
      PointBox box = PointBox.around(center, radius);
      assertNotNull(box);
      assertTrue(
          box.contains(other), "seed " + seed + ": " + other + " in " + radius + " of " + center);
    }
  }

  @Test
  void aSmallCircleHasASmallBox() {
    Point berlin = new Point(CoordinateSystem.WGS_84, 13.4, 52.5, 0);
    PointBox box = PointBox.around(berlin, 1_000);
    assertNotNull(box);
    assertEquals(0.018, box.maxY() - box.minY(), 0.001);
    assertEquals(0.0295, box.maxX() - box.minX(), 0.001);
    assertFalse(box.isAround());
  }

  @Test
  void aCircleOverTheMeridianOrAPoleGoesAround() {
    PointBox fiji = PointBox.around(new Point(CoordinateSystem.WGS_84, 179.9, -17, 0), 50_000);
    assertNotNull(fiji);
    assertTrue(fiji.isAround());
    assertTrue(fiji.contains(new Point(CoordinateSystem.WGS_84, -179.9, -17, 0)));
    assertFalse(fiji.contains(new Point(CoordinateSystem.WGS_84, 0, -17, 0)));
    PointBox pole = PointBox.around(new Point(CoordinateSystem.WGS_84, 10, 89.9, 0), 50_000);
    assertNotNull(pole);
    assertTrue(pole.contains(new Point(CoordinateSystem.WGS_84, -170, 89.9, 0)));
    assertFalse(pole.contains(new Point(CoordinateSystem.WGS_84, 10, 0, 0)));
  }

  @Test
  void nothingIsNearerThanNothing() {
    Point zero = new Point(CoordinateSystem.CARTESIAN, 0, 0, 0);
    assertNull(PointBox.around(zero, -1));
    assertNull(PointBox.around(zero, Double.NaN));
    PointBox all = PointBox.around(zero, Double.POSITIVE_INFINITY);
    assertNotNull(all);
    assertTrue(all.contains(new Point(CoordinateSystem.CARTESIAN, 1e308, -1e308, 0)));
  }

  @Test
  void longitudesGoAroundExactly() {
    assertEquals(-170, new Point(CoordinateSystem.WGS_84, 190, 0, 0).x());
    assertEquals(180, new Point(CoordinateSystem.WGS_84, 180, 0, 0).x());
    assertEquals(-180, new Point(CoordinateSystem.WGS_84, 540, 0, 0).x());
    assertEquals(0, new Point(CoordinateSystem.WGS_84, -720, 0, 0).x());
    for (double far = 200; far < 1e300; far *= 7.3) {
      double x = new Point(CoordinateSystem.WGS_84, far, 0, 0).x();
      assertTrue(x >= -180 && x <= 180, far + " is at " + x);
    }
  }

  @Test
  void distancesBelowTheCentreOfTheEarthAreNotNegative() {
    Point low = new Point(CoordinateSystem.WGS_84_3D, 0, 0, -1e8);
    assertEquals(0, PointDistance.between(low, new Point(CoordinateSystem.WGS_84_3D, 5, 0, -1e8)));
  }
}
