package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.PointBox;

/**
 * One version of an index. A RANGE index has the entities by the values of its keys, sorted by the
 * total order of values and then by id; entities without one of the properties are not in it. A
 * TEXT index has the entities whose property is a string by its parts, a POINT index those whose
 * property is a point by its place.
 *
 * <p>Cursors find what the operators of Cypher find: {@code null} and NaN, or a list with one of
 * them in it, equal nothing; a range finds only values that compare with its bounds, that is,
 * numbers for a number, strings for a string. A value of a type that no property can have finds
 * nothing.
 */
public abstract sealed class Index permits ValueIndex {
  Index() {}

  /** The entries in the index; a TEXT index has many for each entity. */
  public abstract long size();

  /**
   * The entities of a RANGE index whose keys are in ranges, in the order of the index or against
   * it.
   *
   * @param keys ranges for the first keys of the index, at least one; all but the last are {@link
   *     KeyRange.Equal}
   */
  public abstract IndexCursor find(List<KeyRange> keys, boolean descending);

  /**
   * About how many entities {@link #find} would find, without looking at all of them; for ranges of
   * lists too many.
   */
  public abstract long estimate(List<KeyRange> keys);

  /** About how many different values the first keys have, at least 1. */
  public abstract long estimateDistinct(int keys);

  /**
   * The entities of a TEXT index whose string may contain a part, by ascending id: all that do, and
   * others when the part has more than three chars.
   */
  public abstract IndexCursor containing(String part);

  /** About how many entities {@link #containing} would find, without looking at all of them. */
  public abstract long estimateContaining(String part);

  /**
   * The entities of a POINT index whose point may be in a box, each once and in no order: all whose
   * point is, and others near it.
   */
  public abstract IndexCursor within(PointBox box);

  /** How many entities {@link #within} would find, without looking at all of them. */
  public abstract long estimateWithin(PointBox box);

  /** About how many different values there are, at least 1; what equality divides the size by. */
  public final long estimateDistinct() {
    return estimateDistinct(Integer.MAX_VALUE);
  }

  /** The entities whose first key equals a value, by ascending id when it is the only key. */
  public final IndexCursor equal(@Nullable Object value) {
    return find(List.of(new KeyRange.Equal(value)), false);
  }

  /**
   * The entities whose first key lies between bounds; a null bound is none, and at least one must
   * be given.
   */
  public final IndexCursor range(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive) {
    return find(List.of(new KeyRange.Between(lower, lowerInclusive, upper, upperInclusive)), false);
  }

  /** The entities whose first key is a string that starts with this one. */
  public final IndexCursor prefix(String prefix) {
    return find(List.of(new KeyRange.Prefix(prefix)), false);
  }

  /** All entities in the index in the order of their values. */
  public final IndexCursor all() {
    return find(List.of(new KeyRange.Any()), false);
  }
}
