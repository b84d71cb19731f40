package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * The distinct values seen so far, in the sense of {@link ValueEquality#equivalent}: what {@code
 * DISTINCT} needs. For one thread.
 */
public final class ValueSet {
  private final ValueMap values = new ValueMap();

  /** Adds a value, null too; says whether it was not there yet. */
  public boolean add(@Nullable Object value) {
    int before = values.size();
    return values.indexOfOrAdd(value) == before;
  }

  /** {@link #add(Object)} of an integer, without an object for one that is already there. */
  public boolean addLong(long value) {
    int before = values.size();
    return values.indexOfOrAddLong(value) == before;
  }

  public boolean contains(@Nullable Object value) {
    return values.indexOf(value) >= 0;
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }
}
