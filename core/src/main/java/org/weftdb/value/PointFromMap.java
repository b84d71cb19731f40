package org.weftdb.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Makes points of maps: {@code x}, {@code y} and maybe {@code z}, or {@code longitude}, {@code
 * latitude} and maybe {@code height}, with a {@code crs} or an {@code srid} when the system is not
 * the one that follows from the names.
 */
public final class PointFromMap {
  /** The keys that mean something; a null for one of them makes the point null. */
  private static final List<String> KEYS =
      List.of("x", "y", "z", "longitude", "latitude", "height", "crs", "srid");

  private PointFromMap() {}

  /**
   * The point of a map, or null when one of its components is.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when no point is like this
   */
  public static @Nullable Point of(Map<?, ?> map) {
    boolean cartesian = map.containsKey("x") && map.containsKey("y");
    boolean geographic = map.containsKey("longitude") && map.containsKey("latitude");
    if (!cartesian && !geographic) {
      throw invalid("point() needs the keys x and y, or longitude and latitude");
    }
    for (String key : KEYS) {
      if (map.containsKey(key) && map.get(key) == null) {
        return null;
      }
    }
    String first = cartesian ? "x" : "longitude";
    String second = cartesian ? "y" : "latitude";
    String third = map.containsKey("z") ? "z" : map.containsKey("height") ? "height" : null;
    CoordinateSystem system = system(map, geographic && !cartesian, third == null ? 2 : 3);
    return new Point(
        system,
        coordinate(map, first),
        coordinate(map, second),
        third == null ? 0 : coordinate(map, third));
  }

  private static double coordinate(Map<?, ?> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw invalid("point() needs a number as " + key + ", not " + described(map.get(key)));
  }

  private static CoordinateSystem system(Map<?, ?> map, boolean geographic, int dimensions) {
    Object crs = map.get("crs");
    Object srid = map.get("srid");
    if (crs != null && srid != null) {
      throw invalid("point() takes crs or srid, not both");
    }
    if (crs == null && srid == null) {
      return CoordinateSystem.of(geographic, dimensions);
    }
    Object given = crs != null ? crs : srid;
    CoordinateSystem system =
        given instanceof String text
            ? CoordinateSystem.ofText(text)
            : given instanceof Long number ? CoordinateSystem.ofSrid(number) : null;
    if (system == null) {
      throw invalid(
          "point() knows the systems wgs-84 (4326), wgs-84-3d (4979), cartesian (7203) and"
              + " cartesian-3d (9157), not "
              + (given instanceof String || given instanceof Long ? given : described(given)));
    }
    if (system.dimensions() != dimensions) {
      throw invalid(
          "the system "
              + system.text()
              + " has "
              + system.dimensions()
              + " dimensions, point() was given "
              + dimensions
              + " coordinates");
    }
    if (geographic && !system.isGeographic()) {
      throw invalid("the system " + system.text() + " has no longitude and latitude");
    }
    return system;
  }

  private static WeftException invalid(String message) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT_VALUE, message);
  }

  private static String described(@Nullable Object value) {
    ValueType type = ValueType.of(value);
    return (type == ValueType.INTEGER ? "an " : "a ") + type.displayName();
  }
}
