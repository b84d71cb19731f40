package org.weftdb.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A row of a result; it stays valid when the result has ended. Values are null, {@code Boolean},
 * {@code Long}, {@code Double}, {@code String}, {@code List}, {@code Map}, and {@code Node}, {@code
 * Relationship} and {@code Path} of {@code org.weftdb.value}.
 */
public final class Row {
  private final List<String> columns;
  private final @Nullable Object[] values;

  Row(List<String> columns, @Nullable Object[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The value of a column by its place, from 0.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when there is no such column
   */
  public @Nullable Object get(int column) {
    if (column < 0 || column >= values.length) {
      throw new WeftException(
          ErrorCode.INVALID_USE, "there is no column " + column + " of " + values.length);
    }
    return values[column];
  }

  /**
   * The value of a column by its name.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when there is no such column
   */
  public @Nullable Object get(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new WeftException(
          ErrorCode.INVALID_USE, "there is no column " + column + " among " + columns);
    }
    return values[index];
  }

  /** The values by name, in the order of the columns. */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(columns.get(i), values[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row
        && columns.equals(row.columns)
        && Arrays.equals(values, row.values);
  }

  @Override
  public int hashCode() {
    return 31 * columns.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return asMap().toString();
  }
}
