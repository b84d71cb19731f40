package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;

/**
 * {@code min} and {@code max} in the order of {@link ValueOrder}; of equal values the first; null
 * without any.
 */
final class ExtremeAggregator implements Aggregator {
  /** 1 for the greatest value, -1 for the least. */
  private final int sign;

  /** The best value; null when it is {@link #bestLong} or when there is none. */
  private @Nullable Object best;

  private long bestLong;
  private boolean isLong;

  ExtremeAggregator(int sign) {
    this.sign = sign;
  }

  @Override
  public void add(@Nullable Object value) {
    if (value instanceof Long number) {
      addLong(number);
    } else if (value != null) {
      Object current = result();
      if (current == null || ValueOrder.compare(value, current) * sign > 0) {
        best = value;
        isLong = false;
      }
    }
  }

  @Override
  public void addLong(long value) {
    if (isLong) {
      if (sign > 0 ? value > bestLong : value < bestLong) {
        bestLong = value;
      }
    } else if (best == null || ValueOrder.compare(value, best) * sign > 0) {
      best = null;
      bestLong = value;
      isLong = true;
    }
  }

  @Override
  public @Nullable Object result() {
    return isLong ? (Object) bestLong : best;
  }
}
