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
  private LeafEvaluators.@Nullable Constant constant;

  OnceEvaluator(QueryMemory memory, Evaluator inner) {
    this.memory = memory;
    this.inner = inner;
  }

  private Evaluator computed(Batch batch, int row) {
    LeafEvaluators.Constant known = constant;
    if (known == null) {
      long before = memory.made();
      Object value = inner.value(batch, row);
      memory.makeAgain(before);
      long bytes = ValueSize.of(value);
      if (bytes >= QueryMemory.WORTH_COUNTING) {
        memory.share("a constant").set(bytes);
      }
      known = new LeafEvaluators.Constant(value);
      constant = known;
    }
    return known;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    return computed(batch, row).value(batch, row);
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    if (count == 0) {
      return super.evaluate(batch, rows, count);
    }
    return computed(batch, rows == null ? 0 : rows[0]).evaluate(batch, rows, count);
  }
}
