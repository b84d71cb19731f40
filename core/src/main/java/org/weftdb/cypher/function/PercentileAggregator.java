package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Numbers;
import org.weftdb.value.ValueOrder;

/**
 * {@code percentileDisc}: the value below or at which the given share of the sorted values lies,
 * and {@code percentileCont}: the same interpolated between neighbours, always a float. Null
 * without values.
 */
final class PercentileAggregator implements Aggregator {
  private final AggregateFunction function;
  private final double percentile;
  private final List<Object> values = new ArrayList<>();

  /**
   * @throws WeftException {@link ErrorCode#NUMBER_OUT_OF_RANGE} when the percentile is not from 0
   *     to 1
   */
  PercentileAggregator(AggregateFunction function, @Nullable Object percentile) {
    if (!(percentile instanceof Number number)) {
      throw Arguments.wrongType(function.functionName(), 2, percentile, "a number");
    }
    this.function = function;
    this.percentile = number.doubleValue();
    if (!(this.percentile >= 0 && this.percentile <= 1)) {
      throw new WeftException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          function.functionName()
              + "() needs a percentile from 0.0 to 1.0, not "
              + Numbers.toText(number));
    }
  }

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Number) {
      values.add(value);
    } else if (value != null) {
      throw Arguments.aggregateOver(function.functionName(), value, "numbers");
    }
  }

  @Override
  public @Nullable Object result() {
    if (values.isEmpty()) {
      return null;
    }
    values.sort(ValueOrder.ASCENDING);
    int count = values.size();
    if (function == AggregateFunction.PERCENTILE_DISC) {
      int index = (int) Math.ceil(percentile * count) - 1;
      return values.get(Math.max(index, 0));
    }
    double position = percentile * (count - 1);
    int below = (int) position;
    double low = ((Number) values.get(below)).doubleValue();
    double share = position - below;
    if (share == 0) {
      return low;
    }
    double high = ((Number) values.get(below + 1)).doubleValue();
    return low * (1 - share) + high * share;
  }
}
