package org.weftdb.cypher.plan;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks of a POINT index. The index finds points near those asked for, too, so that
 * the condition is not solved.
 */
final class PointConditions {
  private PointConditions() {}

  /**
   * The range of an index on a property that has all for which a condition is true, or null.
   *
   * @param slot the node or relationship with the property
   * @param isKnown whether a value can be computed before it is found
   */
  static @Nullable IndexRange range(
      Scalar condition, int slot, String property, Predicate<Scalar> isKnown) {
    if (condition instanceof Scalar.Call call
        && call.function().equals("point.withinbbox")
        && call.arguments().size() == 3) {
      List<Scalar> arguments = call.arguments();
      return isProperty(arguments.get(0), slot, property)
              && isKnown.test(arguments.get(1))
              && isKnown.test(arguments.get(2))
          ? new IndexRange.InBox(arguments.get(1), arguments.get(2))
          : null;
    }
    return condition instanceof Scalar.Binary binary
        ? switch (binary.operator()) {
          case EQUAL -> {
            IndexRange range = same(binary.left(), binary.right(), slot, property, isKnown);
            yield range != null
                ? range
                : same(binary.right(), binary.left(), slot, property, isKnown);
          }
          case LESS, LESS_OR_EQUAL -> near(binary.left(), binary.right(), slot, property, isKnown);
          case GREATER, GREATER_OR_EQUAL ->
              near(binary.right(), binary.left(), slot, property, isKnown);
          default -> null;
        }
        : null;
  }

  private static @Nullable IndexRange same(
      Scalar subject, Scalar value, int slot, String property, Predicate<Scalar> isKnown) {
    return isProperty(subject, slot, property)
            && isKnown.test(value)
            && !(value instanceof Scalar.Constant)
        ? new IndexRange.SamePlace(value)
        : null;
  }

  private static @Nullable IndexRange near(
      Scalar distance, Scalar radius, int slot, String property, Predicate<Scalar> isKnown) {
    if (!(distance instanceof Scalar.Call call)
        || !call.function().equals("point.distance")
        || call.arguments().size() != 2
        || !isKnown.test(radius)) {
      return null;
    }
    Scalar first = call.arguments().get(0);
    Scalar second = call.arguments().get(1);
    if (isProperty(first, slot, property) && isKnown.test(second)) {
      return new IndexRange.Near(second, radius);
    }
    return isProperty(second, slot, property) && isKnown.test(first)
        ? new IndexRange.Near(first, radius)
        : null;
  }

  private static boolean isProperty(Scalar scalar, int slot, String key) {
    return scalar instanceof Scalar.Property property
        && property.key().equals(key)
        && property.subject() instanceof Scalar.Slot subject
        && subject.slot() == slot;
  }
}
