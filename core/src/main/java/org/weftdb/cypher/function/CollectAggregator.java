package org.weftdb.cypher.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;

/** {@code collect}: the list of the values that are not null, in the order of the rows. */
final class CollectAggregator implements Aggregator {
  private final List<Object> values = new ArrayList<>();

  @Override
  public void add(@Nullable Object value) {
    if (value != null) {
      if (values.size() >= Arithmetic.MAX_LIST_SIZE) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE,
            "collect() of more than " + Arithmetic.MAX_LIST_SIZE + " values");
      }
      values.add(value);
    }
  }

  @Override
  public Object result() {
    return Collections.unmodifiableList(values);
  }
}
