package org.weftdb.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.Zone;

/**
 * When two values are the same, in the two senses that openCypher has.
 *
 * <p><em>Equality</em> is what {@code =} and {@code IN} ask: null is unknown, also inside lists and
 * maps, and NaN equals nothing. <em>Equivalence</em> is what grouping, {@code DISTINCT} and indexes
 * ask: null is the same as null and NaN as NaN. Both compare an integer with a float exactly,
 * without rounding either, take -0.0 for 0.0, and know an entity by its id alone, in either of its
 * forms.
 *
 * <p>Nesting deeper than {@link ValueCodec#MAX_NESTING} is {@link ErrorCode#VALUE_TOO_LARGE}.
 */
public final class ValueEquality {
  private ValueEquality() {}

  /** Whether {@code a = b}; null when that is unknown. */
  public static @Nullable Boolean equal(@Nullable Object a, @Nullable Object b) {
    return equal(a, b, 0, null);
  }

  private static @Nullable Boolean equal(
      @Nullable Object a, @Nullable Object b, int depth, @Nullable Walk walk) {
    if (a == null || b == null) {
      return null;
    }
    if (a instanceof List<?> listA) {
      return b instanceof List<?> listB ? listsEqual(listA, listB, depth + 1, walk) : Boolean.FALSE;
    }
    if (a instanceof Map<?, ?> mapA) {
      return b instanceof Map<?, ?> mapB ? mapsEqual(mapA, mapB, depth + 1, walk) : Boolean.FALSE;
    }
    return flatEqual(a, b);
  }

  /** Equality of values that contain no others; false when one of them is a list or a map. */
  private static boolean flatEqual(Object a, Object b) {
    if (a instanceof Long longA) {
      if (b instanceof Long longB) {
        return longA.longValue() == longB.longValue();
      }
      return b instanceof Double doubleB && Numbers.equal(longA, doubleB);
    } else if (a instanceof String textA) {
      return b instanceof String textB && textA.equals(textB);
    } else if (a instanceof Double doubleA) {
      if (b instanceof Double doubleB) {
        return doubleA.doubleValue() == doubleB.doubleValue();
      }
      return b instanceof Long longB && Numbers.equal(longB, doubleA);
    } else if (a instanceof Boolean truthA) {
      return b instanceof Boolean truthB && truthA.booleanValue() == truthB.booleanValue();
    } else if (a instanceof TemporalValue || a instanceof DurationValue || isWhole(a)) {
      return a.equals(b);
    }
    return Entities.same(a, b);
  }

  /** Values whose own equality and hash are those of Cypher. */
  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Point || value instanceof VectorValue || value instanceof ByteString;
  }

  private static @Nullable Boolean listsEqual(
      List<?> a, List<?> b, int depth, @Nullable Walk walk) {
    int size = a.size();
    Walk inside = Walk.enter(walk, depth, size);
    if (size != b.size()) {
      return Boolean.FALSE;
    }
    boolean unknown = false;
    for (int i = 0; i < size; i++) {
      Boolean equal = equal(a.get(i), b.get(i), depth, inside);
      if (equal == null) {
        unknown = true;
      } else if (!equal) {
        return Boolean.FALSE;
      }
    }
    return unknown ? null : Boolean.TRUE;
  }

  private static @Nullable Boolean mapsEqual(
      Map<?, ?> a, Map<?, ?> b, int depth, @Nullable Walk walk) {
    Walk inside = Walk.enter(walk, depth, a.size());
    if (a.size() != b.size()) {
      return Boolean.FALSE;
    }
    for (Object key : a.keySet()) {
      if (!b.containsKey(key)) {
        return Boolean.FALSE;
      }
    }
    boolean unknown = false;
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Boolean equal = equal(entry.getValue(), b.get(entry.getKey()), depth, inside);
      if (equal == null) {
        unknown = true;
      } else if (!equal) {
        return Boolean.FALSE;
      }
    }
    return unknown ? null : Boolean.TRUE;
  }

  /** Whether {@code element IN list}; null when that is unknown. */
  public static @Nullable Boolean in(@Nullable Object element, List<?> list) {
    return in(element, list, 0, list.size());
  }

  /** The same of a part of the list, from an index to below another. */
  public static @Nullable Boolean in(@Nullable Object element, List<?> list, int from, int to) {
    boolean unknown = false;
    for (int i = from; i < to; i++) {
      Boolean equal = equal(element, list.get(i), 0, null);
      if (equal == null) {
        unknown = true;
      } else if (equal) {
        return Boolean.TRUE;
      }
    }
    return unknown ? null : Boolean.FALSE;
  }

  /** Whether two values are one group, one distinct value, one key of an index. */
  public static boolean equivalent(@Nullable Object a, @Nullable Object b) {
    return equivalent(a, b, 0, null);
  }

  private static boolean equivalent(
      @Nullable Object a, @Nullable Object b, int depth, @Nullable Walk walk) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof Double doubleA && b instanceof Double doubleB) {
      return Numbers.equivalent(doubleA, doubleB);
    }
    if (a instanceof List<?> listA) {
      return b instanceof List<?> listB && listsEquivalent(listA, listB, depth + 1, walk);
    }
    if (a instanceof Map<?, ?> mapA) {
      return b instanceof Map<?, ?> mapB && mapsEquivalent(mapA, mapB, depth + 1, walk);
    }
    return flatEqual(a, b);
  }

  private static boolean listsEquivalent(List<?> a, List<?> b, int depth, @Nullable Walk walk) {
    int size = a.size();
    Walk inside = Walk.enter(walk, depth, size);
    if (size != b.size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!equivalent(a.get(i), b.get(i), depth, inside)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mapsEquivalent(Map<?, ?> a, Map<?, ?> b, int depth, @Nullable Walk walk) {
    Walk inside = Walk.enter(walk, depth, a.size());
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      if (!b.containsKey(entry.getKey())
          || !equivalent(entry.getValue(), b.get(entry.getKey()), depth, inside)) {
        return false;
      }
    }
    return true;
  }

  /** A hash that is the same for equivalent values, and the same on every platform. */
  public static int hash(@Nullable Object value) {
    return hash(value, 0, null);
  }

  private static int hash(@Nullable Object value, int depth, @Nullable Walk walk) {
    if (value == null) {
      return 0;
    } else if (value instanceof Long number) {
      return hash(number.longValue());
    } else if (value instanceof String text) {
      return text.hashCode();
    } else if (value instanceof Double number) {
      return hash(number.doubleValue());
    } else if (value instanceof Boolean truth) {
      return truth ? 1231 : 1237;
    } else if (value instanceof List<?> list) {
      Walk inside = Walk.enter(walk, depth + 1, list.size());
      int hash = 1;
      for (int i = 0, size = list.size(); i < size; i++) {
        hash = 31 * hash + hash(list.get(i), depth + 1, inside);
      }
      return hash;
    } else if (value instanceof Map<?, ?> map) {
      Walk inside = Walk.enter(walk, depth + 1, map.size());
      int hash = 7;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        hash += entry.getKey().hashCode() * 31 ^ hash(entry.getValue(), depth + 1, inside);
      }
      return hash;
    } else if (value instanceof TemporalValue temporal) {
      return hash(temporal);
    } else if (isWhole(value)) {
      return value.hashCode();
    } else if (value instanceof DurationValue duration) {
      int hash = hash(duration.months()) * 31 + hash(duration.days());
      return (hash * 31 + hash(duration.seconds())) * 31 + duration.nanoseconds();
    }
    return Entities.hash(value);
  }

  /** Made of the parts, not of {@code hashCode}, which records do not promise on every platform. */
  private static int hash(TemporalValue value) {
    int hash = hash(value.epochDay()) * 31 + hash(value.nanoOfDay());
    Zone zone = value.zone();
    return zone == null ? hash : hash * 31 + zone.offsetSeconds();
  }

  /** The hash of an integer. */
  public static int hash(long value) {
    return (int) (value ^ value >>> 32);
  }

  /** The hash of a float; of a whole one that an integer equals, the hash of that. */
  public static int hash(double value) {
    long whole = (long) value;
    if (whole == value && whole != Long.MAX_VALUE) {
      return hash(whole);
    }
    return hash(value != value ? 0x7FF8000000000000L : Double.doubleToRawLongBits(value));
  }
}
