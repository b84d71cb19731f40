package org.weftdb.value;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A place in one of the {@linkplain CoordinateSystem coordinate systems}.
 *
 * <p>Coordinates are finite; a latitude is from -90 to 90, and a longitude beyond 180 degrees goes
 * around the Earth. Points are equal when their systems and all coordinates are; 0.0 and -0.0 are
 * one coordinate. They have an order for {@code ORDER BY} and indexes, by the number of the system
 * and then coordinate by coordinate, but {@code <} of two points is null.
 *
 * @param system the coordinate system
 * @param x the first coordinate, or the longitude in degrees
 * @param y the second coordinate, or the latitude in degrees
 * @param z the third coordinate, or the height in metres; 0 in two dimensions
 */
public record Point(CoordinateSystem system, double x, double y, double z) {
  /** The names of what a point consists of. */
  private static final String COMPONENTS =
      "x, y, z, longitude, latitude, height, crs and srid, each where the point has it";

  public Point {
    if (!isFinite(x) || !isFinite(y) || !isFinite(z)) {
      throw invalid("a point needs finite coordinates");
    }
    if (system.isGeographic() && Math.abs(y) > 90) {
      throw invalid("a latitude is from -90 to 90, not " + Numbers.toText(y));
    }
    if (system.isGeographic() && Math.abs(x) > 180) {
      x = Numbers.remainder(x, 360);
      x = x >= 180 ? x - 360 : x < -180 ? x + 360 : x;
    }
    // Adding a zero makes -0.0 to 0.0, so that equal points are one group and one text.
    x += 0.0;
    y += 0.0;
    z = system.dimensions() == 3 ? z + 0.0 : 0.0;
  }

  private static boolean isFinite(double number) {
    return number - number == 0;
  }

  private static WeftException invalid(String message) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT_VALUE, message);
  }

  /**
   * A component by its name: {@code x}, {@code latitude}, {@code crs}.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when the point has none of the
   *     name
   */
  public Object component(String name) {
    boolean high = system.dimensions() == 3;
    boolean geographic = system.isGeographic();
    Object component =
        switch (name) {
          case "x" -> x;
          case "y" -> y;
          case "z" -> high ? (Object) z : null;
          case "longitude" -> geographic ? (Object) x : null;
          case "latitude" -> geographic ? (Object) y : null;
          case "height" -> geographic && high ? (Object) z : null;
          case "crs" -> system.text();
          case "srid" -> (long) system.srid();
          default -> null;
        };
    if (component == null) {
      throw invalid(
          "a point of the system "
              + system.text()
              + " has no component "
              + name
              + ", expected one of "
              + COMPONENTS);
    }
    return component;
  }

  /** The order of indexes and {@code ORDER BY}. */
  static int compare(Point a, Point b) {
    int order = Integer.compare(a.system.srid(), b.system.srid());
    if (order == 0) {
      order = Numbers.compare(a.x, b.x);
    }
    if (order == 0) {
      order = Numbers.compare(a.y, b.y);
    }
    return order == 0 ? Numbers.compare(a.z, b.z) : order;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Point point && compare(this, point) == 0;
  }

  @Override
  public int hashCode() {
    int hash = system.srid();
    hash = hash * 31 + ValueEquality.hash(x);
    hash = hash * 31 + ValueEquality.hash(y);
    return hash * 31 + ValueEquality.hash(z);
  }

  /** The text of {@code toString()} in Cypher: {@code point({x: 1.0, y: 2.0, crs: ...})}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("point({x: ");
    Numbers.append(text, x);
    Numbers.append(text.append(", y: "), y);
    if (system.dimensions() == 3) {
      Numbers.append(text.append(", z: "), z);
    }
    return text.append(", crs: '").append(system.text()).append("'})").toString();
  }
}
