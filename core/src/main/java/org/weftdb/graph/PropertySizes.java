package org.weftdb.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ByteString;
import org.weftdb.value.VectorValue;

/**
 * Estimates how many bytes the columns of properties take.
 *
 * <p>The values of a column are all looked at as long as they are few; of the others one in 32.
 * Equal texts that are one object, as loading a snapshot makes them, count once: a table of the
 * texts that were met last tells.
 */
final class PropertySizes {
  /** The pages of a column whose values are all looked at. */
  private static final int WHOLE_PAGES = 64;

  private static final int STEP = 32;
  private static final int MET = 1 << 12;

  /** Values inside of lists and maps are looked at so deep; they cannot be deeper in a graph. */
  private static final int DEPTH = 64;

  /** A value of a class with a few fields: a point, or a moment. */
  private static final int OTHER_VALUE = 48;

  private final @Nullable Object[] met = new @Nullable Object[MET];

  long of(PropertyColumn[] columns) {
    long bytes = 0;
    for (PropertyColumn column : columns) {
      bytes += column.directoryBytes();
      int seen = 0;
      for (int number = 0; number < column.pageBound(); number++) {
        PropertyPage page = column.page(number);
        if (page != null) {
          bytes += page.sizeBytes();
          if (page.kind >= PropertyPage.STRING) {
            bytes += valuesOf(page, seen++ < WHOLE_PAGES ? 1 : STEP);
          }
        }
      }
    }
    return bytes;
  }

  private long valuesOf(PropertyPage page, int step) {
    long bytes = 0;
    int looked = 0;
    @Nullable Object[] values = page.objects;
    for (int slot = 0; slot < values.length; slot += step) {
      Object value = values[slot];
      if (value != null) {
        bytes += of(value, 0);
        looked++;
      }
    }
    return looked == 0 ? 0 : (long) ((double) bytes * page.count / looked);
  }

  private long of(Object value, int depth) {
    if (value instanceof String text) {
      return isMet(text) ? 0 : ObjectSize.text(text);
    } else if (value instanceof Long || value instanceof Double) {
      return ObjectSize.NUMBER;
    } else if (value instanceof Boolean || depth == DEPTH) {
      return 0;
    } else if (value instanceof List<?> list) {
      long bytes = ObjectSize.object(8) + ObjectSize.array(list.size(), ObjectSize.REFERENCE);
      for (Object each : list) {
        bytes += each == null ? 0 : of(each, depth + 1);
      }
      return bytes;
    } else if (value instanceof Map<?, ?> map) {
      long bytes = ObjectSize.object(8) + ObjectSize.array(2 * map.size(), ObjectSize.REFERENCE);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += entry.getKey() == null ? 0 : of(entry.getKey(), depth + 1);
        bytes += entry.getValue() == null ? 0 : of(entry.getValue(), depth + 1);
      }
      return bytes;
    } else if (value instanceof VectorValue vector) {
      return ObjectSize.object(8) + ObjectSize.array((int) vector.sizeBytes(), 1);
    } else if (value instanceof ByteString bytes) {
      return ObjectSize.object(8) + ObjectSize.array(bytes.size(), 1);
    }
    return OTHER_VALUE;
  }

  /** Whether a text was met not long ago, as the same object. */
  private boolean isMet(String text) {
    int length = text.length();
    int hash = length;
    if (length > 0) {
      hash = hash * 31 + text.charAt(0);
      hash = hash * 31 + text.charAt(length >> 1);
      hash = hash * 31 + text.charAt(length - 1);
    }
    int slot = (hash * 0x9E3779B9 >>> 16) & MET - 1;
    if (met[slot] == text) {
      return true;
    }
    met[slot] = text;
    return false;
  }
}
