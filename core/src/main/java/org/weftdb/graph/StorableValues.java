package org.weftdb.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.Point;
import org.weftdb.value.ValueType;
import org.weftdb.value.VectorValue;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * Which values a property may hold: booleans, integers, floats, strings, byte strings, temporal
 * values, points, vectors and lists of these.
 */
final class StorableValues {
  private StorableValues() {}

  /**
   * The value as it is to be stored: a list is copied, so that nobody can change it.
   *
   * @throws WeftException {@link ErrorCode#INVALID_PROPERTY_TYPE} when no property may hold it
   */
  static Object checked(Object value) {
    if (isScalar(value)) {
      return value;
    }
    if (value instanceof List<?> list) {
      int size = list.size();
      List<Object> copy = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        Object element = list.get(i);
        if (!isScalar(element)) {
          throw new WeftException(
              ErrorCode.INVALID_PROPERTY_TYPE,
              "a property cannot hold a list with a value of type " + nameOf(element) + " in it");
        }
        copy.add(element);
      }
      return Collections.unmodifiableList(copy);
    }
    throw new WeftException(
        ErrorCode.INVALID_PROPERTY_TYPE, "a property cannot hold a value of type " + nameOf(value));
  }

  /** Whether a property may hold the value. */
  static boolean isStorable(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return isScalar(value);
    }
    for (int i = 0; i < list.size(); i++) {
      if (!isScalar(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof TemporalValue
        || value instanceof DurationValue
        || value instanceof Point
        || value instanceof VectorValue
        || value instanceof ByteString;
  }

  private static String nameOf(@Nullable Object value) {
    ValueType type = ValueType.ofOrNull(value);
    return type == null ? "unknown to Cypher" : type.displayName();
  }
}
