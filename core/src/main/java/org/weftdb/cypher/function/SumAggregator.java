package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Arithmetic;

/**
 * {@code sum}: exact for integers, with an error when it leaves 64 bits; a float from the first
 * float on; integer 0 without values.
 */
final class SumAggregator implements Aggregator {
  private long whole;
  private final FloatSum floats = new FloatSum();
  private boolean anyFloat;

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Long number) {
      addLong(number);
    } else if (value instanceof Double number) {
      addDouble(number);
    } else if (value != null) {
      throw Arguments.aggregateOver("sum", value, "numbers");
    }
  }

  @Override
  public void addLong(long value) {
    if (anyFloat) {
      floats.add(value);
    } else {
      whole = Arithmetic.add(whole, value);
    }
  }

  @Override
  public void addDouble(double value) {
    if (!anyFloat) {
      anyFloat = true;
      floats.add(whole);
    }
    floats.add(value);
  }

  @Override
  public Object result() {
    return anyFloat ? (Object) floats.sum() : (Object) whole;
  }
}
