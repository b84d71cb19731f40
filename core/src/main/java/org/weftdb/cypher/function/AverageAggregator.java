package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/** {@code avg}: a float; null without values. */
final class AverageAggregator implements Aggregator {
  private final FloatSum sum = new FloatSum();
  private long count;

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Long number) {
      addLong(number);
    } else if (value instanceof Double number) {
      addDouble(number);
    } else if (value != null) {
      throw Arguments.aggregateOver("avg", value, "numbers");
    }
  }

  @Override
  public void addLong(long value) {
    sum.add(value);
    count++;
  }

  @Override
  public void addDouble(double value) {
    sum.add(value);
    count++;
  }

  @Override
  public @Nullable Object result() {
    return count == 0 ? null : (Object) (sum.sum() / count);
  }
}
