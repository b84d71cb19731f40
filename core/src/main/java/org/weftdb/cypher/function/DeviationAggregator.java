package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;

/**
 * {@code stDev} and {@code stDevP}: the standard deviation of a sample and of a population, by
 * Welford, "Note on a method for calculating corrected sums of squares and products" (1962). 0.0
 * for less than two values.
 */
final class DeviationAggregator implements Aggregator {
  private final AggregateFunction function;
  private long count;
  private double mean;
  private double squares;

  DeviationAggregator(AggregateFunction function) {
    this.function = function;
  }

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Number number) {
      addDouble(number.doubleValue());
    } else if (value != null) {
      throw Arguments.aggregateOver(function.functionName(), value, "numbers");
    }
  }

  @Override
  public void addLong(long value) {
    addDouble(value);
  }

  @Override
  public void addDouble(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  @Override
  public Object result() {
    if (count < 2) {
      return 0.0;
    }
    long divisor = function == AggregateFunction.ST_DEV ? count - 1 : count;
    return Math.sqrt(squares / divisor);
  }
}
