package org.weftdb.cypher.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.Point;
import org.weftdb.value.PointBox;
import org.weftdb.value.PointDistance;
import org.weftdb.value.PointFromMap;

/** Functions on points. */
final class SpatialFunctions {
  private SpatialFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.SPATIAL);
    library.addUnary(
        "point(input :: MAP) :: POINT",
        "A POINT from a map with x, y and z, or longitude, latitude and height.",
        (argument, context) -> make(argument));
    // A property may hold something else than a point in some nodes, which an index of points has
    // not, so that it must not be an error without the index either.
    library.addStrict(
        "point.distance(from :: POINT, to :: POINT) :: FLOAT",
        "The distance between two points, in metres on the Earth; null when their coordinate"
            + " systems are different or one is no point.",
        (arguments, context) ->
            arguments[0] instanceof Point from && arguments[1] instanceof Point to
                ? distance(from, to)
                : null);
    library.addStrict(
        "point.withinBBox(point :: POINT, lowerLeft :: POINT, upperRight :: POINT) :: BOOLEAN",
        "Whether a point is in a box, its border included; null when the coordinate systems are"
            + " different or one is no point.",
        (arguments, context) ->
            arguments[0] instanceof Point point
                    && arguments[1] instanceof Point lowerLeft
                    && arguments[2] instanceof Point upperRight
                ? within(point, lowerLeft, upperRight)
                : null);
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
    return PointFromMap.of(map);
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
