package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/**
 * The state of one aggregate over one group of rows.
 *
 * <p>The caller removes duplicates for {@code DISTINCT} (with a {@link org.weftdb.value.ValueSet})
 * before it adds. For {@code count(*)} it adds any value that is not null, once for each row.
 */
public interface Aggregator {
  /**
   * Takes the value of one row; {@code null} is ignored.
   *
   * @throws org.weftdb.error.WeftException when the aggregate cannot work on the value
   */
  void add(@Nullable Object value);

  /** The same as {@link #add} of an integer. */
  default void addLong(long value) {
    add(value);
  }

  /** The same as {@link #add} of a floating-point number. */
  default void addDouble(double value) {
    add(value);
  }

  /** The aggregate of all values added; may be asked again after more were added. */
  @Nullable Object result();
}
