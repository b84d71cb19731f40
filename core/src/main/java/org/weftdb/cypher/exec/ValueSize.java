package org.weftdb.cypher.exec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ByteString;
import org.weftdb.value.ComputedList;
import org.weftdb.value.PathReference;
import org.weftdb.value.Vector;
import org.weftdb.value.VectorValue;

/**
 * About how many bytes values take. Of lists and maps a few elements are looked at, so that an
 * estimate costs little; a list in which a few large values hide among many small ones is estimated
 * too low or too high.
 */
final class ValueSize {
  /** Of what has no parts, with the reference to it. */
  static final int FLAT = 24;

  private static final int REFERENCE = 8;
  private static final int COLLECTION = 56;
  private static final int TEXT = 48;
  private static final int MAP_ENTRY = 56;
  private static final int SMALL_TEXT = (QueryMemory.WORTH_COUNTING - TEXT) / 2;
  private static final int SAMPLES = 4;
  private static final int DEPTH = 4;

  /** A whole node or relationship, as callers see it. */
  private static final int ENTITY = 256;

  /** Larger estimates are cut off: sums of them must not overflow. */
  private static final double MOST = 1L << 56;

  private ValueSize() {}

  static long of(@Nullable Object value) {
    return (long) Math.min(MOST, of(value, 0));
  }

  private static double of(@Nullable Object value, int depth) {
    if (value == null) {
      return REFERENCE;
    } else if (value instanceof String text) {
      return TEXT + 2.0 * text.length();
    } else if (value instanceof ComputedList) {
      return TEXT;
    } else if (value instanceof PathReference path) {
      return COLLECTION + 8.0 * path.relationships().length;
    } else if (value instanceof List<?> list) {
      return COLLECTION + list.size() * (REFERENCE + element(list, depth));
    } else if (value instanceof Map<?, ?> map) {
      return COLLECTION + map.size() * (MAP_ENTRY + entry(map, depth));
    } else if (value instanceof VectorValue vector) {
      return TEXT + vector.sizeBytes();
    } else if (value instanceof ByteString bytes) {
      return TEXT + bytes.size();
    }
    return FLAT;
  }

  private static double element(List<?> list, int depth) {
    int size = list.size();
    if (size == 0 || depth == DEPTH) {
      return FLAT;
    }
    int samples = Math.min(SAMPLES, size);
    double sum = 0;
    Object before = null;
    for (int i = 0; i < samples; i++) {
      Object each = list.get((int) ((long) i * size / samples));
      sum += each == before ? REFERENCE : of(each, depth + 1);
      before = each;
    }
    return sum / samples;
  }

  private static double entry(Map<?, ?> map, int depth) {
    if (map.isEmpty() || depth == DEPTH) {
      return FLAT;
    }
    double sum = 0;
    int samples = 0;
    for (Object each : map.values()) {
      sum += of(each, depth + 1);
      if (++samples == SAMPLES) {
        break;
      }
    }
    return sum / samples;
  }

  /**
   * Whether a value is not {@linkplain QueryMemory#WORTH_COUNTING worth counting}, as far as one
   * glance can tell; that is all there is time for in a loop of calls.
   */
  static boolean isSmall(@Nullable Object value) {
    return value == null
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof String text && text.length() < SMALL_TEXT;
  }

  /** Of the values of some rows; one that stands in rows after one another counts once. */
  static long of(Vector column, int @Nullable [] rows, int from, int count) {
    if (column.kind != Vector.Kind.OBJECT) {
      return (long) FLAT * count;
    }
    double sum = 0;
    Object before = null;
    for (int i = from; i < from + count; i++) {
      Object value = column.objects[rows == null ? i : rows[i]];
      sum += value == before ? REFERENCE : of(value, 0);
      before = value;
    }
    return (long) Math.min(MOST, sum);
  }

  /** Of the rows of a result, with whole nodes and relationships. */
  static long ofResult(Batch batch) {
    double sum = 0;
    int rows = batch.rows();
    for (int i = 0; i < batch.columns.length; i++) {
      Vector column = batch.column(i);
      sum +=
          switch (column.kind) {
            case NODE, RELATIONSHIP -> (double) ENTITY * rows;
            case INTEGER, FLOAT, BOOLEAN, OBJECT -> of(column, batch.selection, 0, rows);
          };
    }
    return (long) Math.min(MOST, sum);
  }
}
