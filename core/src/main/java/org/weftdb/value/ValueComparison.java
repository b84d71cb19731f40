package org.weftdb.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * The comparisons {@code < <= > >=} (openCypher's comparability, CIP2016-06-14).
 *
 * <p>Comparable are two numbers, two strings, two byte strings, two booleans, two temporal values
 * of one type (but no durations, which are not always equally long, no points and no vectors) and
 * two lists; everything else, and null, gives null. Comparison with NaN is false both ways. Lists
 * are compared at the first place where they are not equal; when it cannot be told whether they are
 * equal there, the answer is null; a prefix is less.
 */
public final class ValueComparison {
  /** What {@link #compare} answers when one of two numbers is NaN: no comparison holds. */
  public static final int UNORDERED = 2;

  /** What {@link #compare} answers when the values cannot be compared: the answer is null. */
  public static final int INCOMPARABLE = 3;

  private ValueComparison() {}

  /** -1, 0 or 1 when {@code a} is less than, equal to or greater than {@code b}, or a constant. */
  public static int compare(@Nullable Object a, @Nullable Object b) {
    return compare(a, b, 0, null);
  }

  private static int compare(
      @Nullable Object a, @Nullable Object b, int depth, @Nullable Walk walk) {
    if (a instanceof Long longA) {
      if (b instanceof Long longB) {
        return Long.compare(longA, longB);
      }
      return b instanceof Double doubleB
          ? compare(longA.longValue(), doubleB.doubleValue())
          : INCOMPARABLE;
    } else if (a instanceof Double doubleA) {
      if (b instanceof Double doubleB) {
        return compare(doubleA.doubleValue(), doubleB.doubleValue());
      }
      return b instanceof Long longB
          ? negated(compare(longB.longValue(), doubleA.doubleValue()))
          : INCOMPARABLE;
    } else if (a instanceof String textA) {
      return b instanceof String textB ? Integer.signum(Texts.compare(textA, textB)) : INCOMPARABLE;
    } else if (a instanceof Boolean truthA) {
      return b instanceof Boolean truthB ? Boolean.compare(truthA, truthB) : INCOMPARABLE;
    } else if (a instanceof List<?> listA && b instanceof List<?> listB) {
      return compareLists(listA, listB, depth + 1, walk);
    } else if (a instanceof TemporalValue temporalA && b instanceof TemporalValue temporalB) {
      return ValueType.of(a) == ValueType.of(b)
          ? Integer.signum(TemporalValue.compare(temporalA, temporalB))
          : INCOMPARABLE;
    } else if (a instanceof ByteString bytesA && b instanceof ByteString bytesB) {
      return Integer.signum(ByteString.compare(bytesA, bytesB));
    }
    return INCOMPARABLE;
  }

  private static int compare(long a, double b) {
    return b != b ? UNORDERED : Numbers.compare(a, b);
  }

  /** {@link #compare(Object, Object)} of two floats. */
  public static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED;
  }

  private static int negated(int order) {
    return order == UNORDERED ? UNORDERED : -order;
  }

  private static int compareLists(List<?> a, List<?> b, int depth, @Nullable Walk walk) {
    int shorter = Math.min(a.size(), b.size());
    Walk inside = Walk.enter(walk, depth, shorter);
    for (int i = 0; i < shorter; i++) {
      Object elementA = a.get(i);
      Object elementB = b.get(i);
      int order = compare(elementA, elementB, depth, inside);
      if (order == INCOMPARABLE && comparableByEqualityOnly(elementA)) {
        Boolean equal = ValueEquality.equal(elementA, elementB);
        order = equal != null && equal ? 0 : INCOMPARABLE;
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static boolean comparableByEqualityOnly(@Nullable Object value) {
    return value instanceof Map
        || value instanceof NodeReference
        || value instanceof RelationshipReference
        || value instanceof PathReference
        || value instanceof Node
        || value instanceof Relationship
        || value instanceof Path
        || value instanceof DurationValue
        || value instanceof Point
        || value instanceof VectorValue;
  }

  /** Whether {@code a < b}; null when they cannot be compared. */
  public static @Nullable Boolean less(@Nullable Object a, @Nullable Object b) {
    int order = compare(a, b);
    return order == INCOMPARABLE ? null : Boolean.valueOf(order == -1);
  }

  /** Whether {@code a <= b}; null when they cannot be compared. */
  public static @Nullable Boolean lessOrEqual(@Nullable Object a, @Nullable Object b) {
    int order = compare(a, b);
    return order == INCOMPARABLE ? null : Boolean.valueOf(order == -1 || order == 0);
  }

  /** Whether {@code a > b}; null when they cannot be compared. */
  public static @Nullable Boolean greater(@Nullable Object a, @Nullable Object b) {
    int order = compare(a, b);
    return order == INCOMPARABLE ? null : Boolean.valueOf(order == 1);
  }

  /** Whether {@code a >= b}; null when they cannot be compared. */
  public static @Nullable Boolean greaterOrEqual(@Nullable Object a, @Nullable Object b) {
    int order = compare(a, b);
    return order == INCOMPARABLE ? null : Boolean.valueOf(order == 1 || order == 0);
  }
}
