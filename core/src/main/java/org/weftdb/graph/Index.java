package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/**
 * One version of an index: entities by the value of a property, sorted by the total order of values
 * and then by id. Entities without the property are not in it.
 *
 * <p>Cursors find what the operators of Cypher find: {@code null} and NaN, or a list with one of
 * them in it, equal nothing; a range finds only values that compare with its bounds, that is,
 * numbers for a number, strings for a string. A value of a type that no property can have finds
 * nothing.
 */
public abstract sealed class Index permits ValueIndex {
  Index() {}

  /** The entries in the index. */
  public abstract long size();

  /** The entities whose value equals this one, by ascending id. */
  public abstract IndexCursor equal(@Nullable Object value);

  /**
   * The entities whose value lies between bounds; a null bound is none, and at least one must be
   * given.
   */
  public abstract IndexCursor range(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive);

  /** The entities whose value is a string that starts with this one. */
  public abstract IndexCursor prefix(String prefix);

  /** All entities in the index in the order of their values. */
  public abstract IndexCursor all();

  /** About how many entities {@link #equal} would find, without looking at all of them. */
  public abstract long estimateEqual(@Nullable Object value);

  /** About how many entities {@link #range} would find, without looking at all of them. */
  public abstract long estimateRange(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive);

  /** About how many entities {@link #prefix} would find, without looking at all of them. */
  public abstract long estimatePrefix(String prefix);

  /** About how many different values there are, at least 1; what equality divides the size by. */
  public abstract long estimateDistinct();
}
