package org.weftdb.value;

/** How far it is from one point to another. */
public final class PointDistance {
  /** The mean radius of the Earth that distances are computed with, in metres. */
  static final double EARTH_RADIUS_METRES = 6_378_140.0;

  private PointDistance() {}

  /**
   * The distance between two points of one system: along a straight line, or in metres on the
   * Earth. At least 0; infinite when it is more than a double can say.
   */
  public static double between(Point a, Point b) {
    double height = b.z() - a.z();
    if (!a.system().isGeographic()) {
      double dx = b.x() - a.x();
      double dy = b.y() - a.y();
      return Math.sqrt(dx * dx + dy * dy + height * height);
    }
    double ground = greatCircle(a, b, EARTH_RADIUS_METRES + (a.z() + b.z()) / 2);
    return height == 0 ? ground : Math.sqrt(ground * ground + height * height);
  }

  /** The haversine formula; 0 below the centre of the Earth. */
  private static double greatCircle(Point a, Point b, double radius) {
    double latitudeA = Math.toRadians(a.y());
    double latitudeB = Math.toRadians(b.y());
    double halfLatitude = Math.sin((latitudeB - latitudeA) / 2);
    double halfLongitude = Math.sin(Math.toRadians(b.x() - a.x()) / 2);
    double chord =
        halfLatitude * halfLatitude
            + Math.cos(latitudeA) * Math.cos(latitudeB) * halfLongitude * halfLongitude;
    // Rounding can put the square of the sine of opposite points above one.
    return 2 * Math.max(0, radius) * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
