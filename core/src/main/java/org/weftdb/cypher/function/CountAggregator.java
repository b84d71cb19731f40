package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/** {@code count}: how many values are not null. */
final class CountAggregator implements Aggregator {
  private long count;

  @Override
  public void add(@Nullable Object value) {
    if (value != null) {
      count++;
    }
  }

  @Override
  public void addLong(long value) {
    count++;
  }

  @Override
  public void addDouble(double value) {
    count++;
  }

  @Override
  public Object result() {
    return count;
  }
}
