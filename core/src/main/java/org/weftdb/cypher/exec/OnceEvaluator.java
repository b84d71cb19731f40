package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * An expression that has one value for all rows of an execution, such as {@code date('2020-01-01')}
 * or a cast of a parameter: computed for the first row that asks, so that its errors come when it
 * is met and not before.
 */
final class OnceEvaluator extends Evaluator {
  private final QueryMemory memory;
  private final Evaluator inner;
  private boolean known;
  private @Nullable Object value;
  private int filled;

  OnceEvaluator(QueryMemory memory, Evaluator inner) {
    this.memory = memory;
    this.inner = inner;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    if (!known) {
      long before = memory.made();
      Object computed = inner.value(batch, row);
      memory.makeAgain(before);
      long bytes = ValueSize.of(computed);
      if (bytes >= QueryMemory.WORTH_COUNTING) {
        memory.share("a constant").set(bytes);
      }
      value = computed;
      known = true;
    }
    return value;
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    if (filled < batch.size) {
      if (count == 0) {
        result.reset(Vector.Kind.OBJECT, batch.size);
        return result;
      }
      Object constant = value(batch, rows == null ? 0 : rows[0]);
      result.reset(kindOf(constant), batch.size);
      for (int row = 0; row < batch.size; row++) {
        result.set(row, constant);
      }
      filled = batch.size;
    }
    return result;
  }
}
