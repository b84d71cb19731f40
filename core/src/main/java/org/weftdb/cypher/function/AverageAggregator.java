package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.temporal.DurationValue;

/** {@code avg}: a float, or a duration for durations; null without values. */
final class AverageAggregator implements Aggregator {
  private final FloatSum sum = new FloatSum();
  private long count;
  private @Nullable DurationValue durations;
  private long durationCount;

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Long number) {
      addLong(number);
    } else if (value instanceof Double number) {
      addDouble(number);
    } else if (value instanceof DurationValue duration) {
      durations = durations == null ? duration : durations.plus(duration);
      durationCount++;
      checkOneKind();
    } else if (value != null) {
      throw Arguments.aggregateOver("avg", value, "numbers and durations");
    }
  }

  @Override
  public void addLong(long value) {
    sum.add(value);
    count++;
    checkOneKind();
  }

  @Override
  public void addDouble(double value) {
    sum.add(value);
    count++;
    checkOneKind();
  }

  private void checkOneKind() {
    if (durations != null && count > 0) {
      throw Arguments.aggregateOver("avg", durations, "numbers or on durations, not on both");
    }
  }

  @Override
  public @Nullable Object result() {
    if (durations != null) {
      return durations.dividedBy(durationCount);
    }
    return count == 0 ? null : (Object) (sum.sum() / count);
  }
}
