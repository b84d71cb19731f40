package org.weftdb.cypher.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.PointBox;
import org.weftdb.value.PointDistance;

/** Functions on points. */
final class SpatialFunctions {
  /** The keys of {@code point()}; a null for one of them makes the point null. */
  private static final List<String> KEYS =
      List.of("x", "y", "z", "longitude", "latitude", "height", "crs", "srid");

  private SpatialFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.SPATIAL);
    library.addUnary(
        "point(input :: MAP) :: POINT",
        "A POINT from a map with x, y and z, or longitude, latitude and height.",
        (argument, context) -> make(argument));
    library.define(
        "point.distance(from :: POINT, to :: POINT) :: FLOAT",
        "The distance between two points, in metres on the Earth; null when their coordinate"
            + " systems are different.",
        arguments -> distance((Point) arguments[0], (Point) arguments[1]));
    library.define(
        "point.withinBBox(point :: POINT, lowerLeft :: POINT, upperRight :: POINT) :: BOOLEAN",
        "Whether a point is in a box, its border included; null when the coordinate systems are"
            + " different.",
        arguments -> within((Point) arguments[0], (Point) arguments[1], (Point) arguments[2]));
    addNamespace(library);
  }

  private static void addNamespace(Library library) {
    library.alias("geo.point", "point");
    library.alias("geo.distance", "point.distance");
    library.alias("geo.within_bbox", "point.withinBBox");
  }

  private static @Nullable Object make(Object argument) {
    if (argument instanceof Point) {
      return argument;
    }
    if (!(argument instanceof Map<?, ?> map)) {
      throw Arguments.wrongType("point", 1, argument, "a Map");
    }
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
    throw invalid("point() needs a number as " + key + ", not " + Arguments.describe(map.get(key)));
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
              + (given instanceof String || given instanceof Long
                  ? given
                  : Arguments.describe(given)));
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

  private static @Nullable Object distance(Point a, Point b) {
    return a.system() == b.system() ? PointDistance.between(a, b) : null;
  }

  private static @Nullable Object within(Point point, Point lowerLeft, Point upperRight) {
    CoordinateSystem system = point.system();
    return system == lowerLeft.system() && system == upperRight.system()
        ? PointBox.between(lowerLeft, upperRight).contains(point)
        : null;
  }
}
