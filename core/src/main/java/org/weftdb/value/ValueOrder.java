package org.weftdb.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * The total order of all values: that of {@code ORDER BY}, {@code min}, {@code max} and of indexes
 * (openCypher's orderability, CIP2016-06-14).
 *
 * <p>Values of different types are ordered by {@link ValueType#rank()}: maps, nodes, relationships,
 * lists, paths, vectors, points, date-times, local date-times, dates, times, local times,
 * durations, byte strings, strings, booleans, numbers, NaN, null. Vectors are ordered by the type
 * of their coordinates, then their dimension, then coordinate by coordinate. Temporal values are
 * ordered in time, durations by length. Strings are ordered by code point, numbers by value, lists
 * element by element (a prefix first), maps by their sorted keys and then by the values in that
 * order, entities by id. Values are equal in this order exactly when they are {@linkplain
 * ValueEquality#equivalent equivalent}.
 */
public final class ValueOrder {
  /** {@link #compare} as a comparator. */
  public static final Comparator<@Nullable Object> ASCENDING = ValueOrder::compare;

  private ValueOrder() {}

  /**
   * Less than, equal to or greater than zero as {@code a} sorts before, with or after {@code b}.
   */
  public static int compare(@Nullable Object a, @Nullable Object b) {
    return compare(a, b, 0, null);
  }

  private static int compare(
      @Nullable Object a, @Nullable Object b, int depth, @Nullable Walk walk) {
    if (a == b) {
      return 0;
    }
    if (a instanceof Long longA && b instanceof Long longB) {
      return Long.compare(longA, longB);
    }
    if (a instanceof String textA && b instanceof String textB) {
      return Texts.compare(textA, textB);
    }
    ValueType typeA = ValueType.of(a);
    ValueType typeB = ValueType.of(b);
    if (typeA.rank() != typeB.rank()) {
      return Integer.compare(typeA.rank(), typeB.rank());
    }
    if (a == null || b == null) {
      return 0;
    }
    return switch (typeA) {
      case INTEGER, FLOAT -> compareNumbers(a, b);
      case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
      case LIST -> compareLists((List<?>) a, (List<?>) b, depth + 1, walk);
      case MAP -> compareMaps((Map<?, ?>) a, (Map<?, ?>) b, depth + 1, walk);
      case STRING -> Texts.compare((String) a, (String) b);
      case NODE, RELATIONSHIP, PATH -> Entities.compare(a, b);
      case ZONED_DATETIME, LOCAL_DATETIME, DATE, ZONED_TIME, LOCAL_TIME ->
          TemporalValue.compare((TemporalValue) a, (TemporalValue) b);
      case DURATION -> DurationValue.compare((DurationValue) a, (DurationValue) b);
      case POINT -> Point.compare((Point) a, (Point) b);
      case VECTOR -> VectorValue.compare((VectorValue) a, (VectorValue) b);
      case BYTES -> ByteString.compare((ByteString) a, (ByteString) b);
      case NULL -> 0;
    };
  }

  private static int compareNumbers(Object a, Object b) {
    if (a instanceof Double doubleA) {
      return b instanceof Double doubleB
          ? Numbers.compare(doubleA, doubleB)
          : -Numbers.compare((Long) b, doubleA);
    }
    return b instanceof Double doubleB
        ? Numbers.compare((Long) a, doubleB)
        : Long.compare((Long) a, (Long) b);
  }

  private static int compareLists(List<?> a, List<?> b, int depth, @Nullable Walk walk) {
    Walk inside = Walk.enter(walk, depth, Math.min(a.size(), b.size()));
    int shorter = Math.min(a.size(), b.size());
    for (int i = 0; i < shorter; i++) {
      int order = compare(a.get(i), b.get(i), depth, inside);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareMaps(Map<?, ?> a, Map<?, ?> b, int depth, @Nullable Walk walk) {
    Walk inside = Walk.enter(walk, depth, Math.min(a.size(), b.size()));
    List<String> keysA = sortedKeys(a);
    List<String> keysB = sortedKeys(b);
    int order = compareLists(keysA, keysB, depth, inside);
    for (int i = 0; order == 0 && i < keysA.size(); i++) {
      order = compare(a.get(keysA.get(i)), b.get(keysA.get(i)), depth, inside);
    }
    return order;
  }

  private static List<String> sortedKeys(Map<?, ?> map) {
    List<String> keys = new ArrayList<>(map.size());
    for (Object key : map.keySet()) {
      keys.add((String) key);
    }
    Collections.sort(keys, Texts::compare);
    return keys;
  }
}
