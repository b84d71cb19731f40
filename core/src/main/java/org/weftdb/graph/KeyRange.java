package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/** Which values of one key of an index are wanted. */
public sealed interface KeyRange {
  /** Those that equal a value; none for null. */
  record Equal(@Nullable Object value) implements KeyRange {}

  /** Those between bounds, of which at least one is not null, and that compare with both. */
  record Between(
      @Nullable Object lower,
      boolean lowerInclusive,
      @Nullable Object upper,
      boolean upperInclusive)
      implements KeyRange {}

  /** The strings that start with this one. */
  record Prefix(String prefix) implements KeyRange {}

  /** All of them. */
  record Any() implements KeyRange {}
}
