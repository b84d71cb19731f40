package org.weftdb.cypher.function;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ComputedList;

/** The list that {@code range()} gives: its elements are computed, not kept. */
final class IntegerRange extends AbstractList<Object> implements RandomAccess, ComputedList {
  private final long start;
  private final long step;
  private final int size;

  private IntegerRange(long start, long step, int size) {
    this.start = start;
    this.step = step;
    this.size = size;
  }

  /**
   * The integers from start to end, both included, by steps.
   *
   * @param step not 0
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} for 2^31 or more
   */
  static List<Object> of(long start, long end, long step) {
    if (step > 0 ? start > end : start < end) {
      return List.of();
    }
    // As unsigned numbers neither the distance nor the step overflows.
    long distance = step > 0 ? end - start : start - end;
    long steps = Long.divideUnsigned(distance, step > 0 ? step : -step);
    if (steps < 0 || steps >= Integer.MAX_VALUE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "range("
              + start
              + ", "
              + end
              + ", "
              + step
              + ") has more than "
              + Integer.MAX_VALUE
              + " elements");
    }
    return new IntegerRange(start, step, (int) steps + 1);
  }

  @Override
  public Object get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }
}
