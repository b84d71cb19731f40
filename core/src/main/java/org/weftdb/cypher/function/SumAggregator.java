package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.temporal.DurationValue;

/**
 * {@code sum}: exact for integers, with an error when it leaves 64 bits; a float from the first
 * float on; integer 0 without values; a duration for durations.
 */
final class SumAggregator implements Aggregator {
  private long whole;
  private final FloatSum floats = new FloatSum();
  private boolean anyFloat;
  private boolean anyNumber;
  private @Nullable DurationValue durations;

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Long number) {
      addLong(number);
    } else if (value instanceof Double number) {
      addDouble(number);
    } else if (value instanceof DurationValue duration) {
      durations = durations == null ? duration : durations.plus(duration);
      checkOneKind();
    } else if (value != null) {
      throw Arguments.aggregateOver("sum", value, "numbers and durations");
    }
  }

  @Override
  public void addLong(long value) {
    anyNumber = true;
    checkOneKind();
    if (anyFloat) {
      floats.add(value);
    } else {
      whole = Arithmetic.add(whole, value);
    }
  }

  @Override
  public void addDouble(double value) {
    anyNumber = true;
    checkOneKind();
    if (!anyFloat) {
      anyFloat = true;
      floats.add(whole);
    }
    floats.add(value);
  }

  private void checkOneKind() {
    if (durations != null && anyNumber) {
      throw Arguments.aggregateOver("sum", durations, "numbers or on durations, not on both");
    }
  }

  @Override
  public Object result() {
    if (durations != null) {
      return durations;
    }
    return anyFloat ? (Object) floats.sum() : (Object) whole;
  }
}
