package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.ScalarFunction;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.VectorValue;

/** A call of a scalar function. */
final class CallEvaluator extends Evaluator {
  private final QueryState state;
  private final ScalarFunction function;
  private final String name;
  private final boolean makesLists;
  private final Evaluator[] arguments;
  private final Origin origin;

  /** Reused: a function does not keep its arguments, and a call inside an argument is another. */
  private final @Nullable Object[] values;

  CallEvaluator(
      QueryState state, FunctionDefinition definition, Evaluator[] arguments, Origin origin) {
    this.origin = origin;
    this.state = state;
    this.function = definition.body();
    this.name = definition.name() + "()";
    this.makesLists = definition.makesLists();
    this.arguments = arguments;
    this.values = new @Nullable Object[arguments.length];
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i].value(batch, row);
    }
    try {
      return call();
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  private @Nullable Object call() {
    long before = state.memory.made();
    state.work(1);
    for (Object value : values) {
      if (ValueSize.isSmall(value)) {
        continue;
      }
      if (value instanceof String text) {
        state.work(text.length() >> 4);
      } else if (value instanceof List<?> list) {
        countCopy(list);
      } else if (value instanceof VectorValue vector) {
        state.work(vector.dimension() >> 4);
      } else if (value instanceof ByteString bytes) {
        state.work(bytes.size() >> 4);
      }
    }
    Object made = function.call(values, state);
    state.memory.makeAgain(before);
    if (!ValueSize.isSmall(made)) {
      countMade(made);
    }
    return made;
  }

  /** A function that makes lists may copy an argument that takes no memory yet. */
  private void countCopy(List<?> list) {
    state.work(list.size());
    long bytes = (long) ValueSize.FLAT * list.size();
    if (makesLists && bytes >= QueryMemory.WORTH_COUNTING) {
      state.memory.make(bytes, name);
    }
  }

  private void countMade(@Nullable Object made) {
    boolean counts =
        made instanceof String
            || made instanceof List<?>
            || made instanceof VectorValue
            || made instanceof ByteString;
    if (!counts) {
      return;
    }
    for (Object value : values) {
      if (value == made) {
        return;
      }
    }
    long bytes = ValueSize.of(made);
    if (bytes >= QueryMemory.WORTH_COUNTING) {
      state.memory.make(bytes, name);
    }
  }
}
