package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * The points of one coordinate system whose coordinates lie between bounds, the bounds included.
 *
 * <p>On the Earth a box with {@code minX} east of {@code maxX} goes over the 180th meridian.
 * Otherwise a box with a lower bound above the upper one has no point in it.
 *
 * @param system the system of the points
 * @param minX the lower bound of the first coordinate, or the western one; may be infinite, as all
 *     bounds may
 * @param minZ 0 in two dimensions, as {@code maxZ}
 */
public record PointBox(
    CoordinateSystem system,
    double minX,
    double maxX,
    double minY,
    double maxY,
    double minZ,
    double maxZ) {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** What is added to a radius, relative to it, for what rounding may take from a distance. */
  private static final double ROUNDING = 1e-9;

  /** The squares of smaller distances lose digits, or are 0. */
  private static final double SHORTEST = 1e-150;

  /** The error of an angle on the Earth, in radians: near the other side the formula is rough. */
  private static final double ANGLE_ERROR = 1e-7;

  /** The box between two corners of one system. */
  public static PointBox between(Point lowerLeft, Point upperRight) {
    return new PointBox(
        lowerLeft.system(),
        lowerLeft.x(),
        upperRight.x(),
        lowerLeft.y(),
        upperRight.y(),
        lowerLeft.z(),
        upperRight.z());
  }

  /**
   * A box that has in it every point whose {@linkplain PointDistance distance} from the centre is
   * at most the radius, and others; null when there is no such point, as for a negative radius and
   * NaN.
   *
   * @param radius in the unit of the coordinates, or metres on the Earth
   */
  public static @Nullable PointBox around(Point center, double radius) {
    if (!(radius >= 0)) {
      return null;
    }
    double reach = radius * (1 + ROUNDING) + SHORTEST;
    boolean flat = center.system().dimensions() == 2;
    double minZ = flat ? 0 : center.z() - reach;
    double maxZ = flat ? 0 : center.z() + reach;
    if (center.system().isGeographic()) {
      return onEarth(center, reach, minZ, maxZ);
    }
    return new PointBox(
        center.system(),
        center.x() - reach,
        center.x() + reach,
        center.y() - reach,
        center.y() + reach,
        minZ,
        maxZ);
  }

  private static PointBox onEarth(Point center, double reach, double minZ, double maxZ) {
    // The radius of the circle that a distance is measured on is at half the height between both.
    double smallestRadius = PointDistance.EARTH_RADIUS_METRES + (center.z() + minZ) / 2;
    double angle = smallestRadius > 0 ? reach / smallestRadius : INFINITY;
    angle += angle * ROUNDING + ANGLE_ERROR;
    double degrees = Math.toDegrees(angle);
    double south = center.y() - degrees;
    double north = center.y() + degrees;
    double west = -180;
    double east = 180;
    if (south > -90 && north < 90) {
      // No pole is in the circle: the meridians that touch it are its bounds.
      double sine = Math.sin(angle) / Math.cos(Math.toRadians(center.y()));
      double wide = sine < 1 - 1e-6 ? Math.toDegrees(Math.asin(sine) + ANGLE_ERROR) : 180;
      if (wide < 90) {
        west = center.x() - wide;
        east = center.x() + wide;
      }
    }
    // A place on the 180th meridian has two longitudes.
    if (west <= -180 && east < 180) {
      west += 360;
    } else if (east >= 180 && west > -180) {
      east -= 360;
    }
    return new PointBox(center.system(), west, east, south, north, minZ, maxZ);
  }

  /** Whether the box goes over the 180th meridian. */
  public boolean isAround() {
    return system.isGeographic() && minX > maxX;
  }

  /** Whether a point of the system is in the box. */
  public boolean contains(Point point) {
    boolean right = point.x() >= minX;
    boolean left = point.x() <= maxX;
    return (isAround() ? right || left : right && left)
        && point.y() >= minY
        && point.y() <= maxY
        && point.z() >= minZ
        && point.z() <= maxZ;
  }
}
