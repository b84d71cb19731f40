package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * An expression that makes values of any size: counts them as used until it is asked again, which
 * is how long its results are valid.
 */
final class HeldEvaluator extends Evaluator {
  private final QueryMemory memory;
  private final Evaluator inner;
  private long held;

  HeldEvaluator(QueryMemory memory, Evaluator inner) {
    this.memory = memory;
    this.inner = inner;
  }

  private long begin() {
    memory.drop(held);
    held = 0;
    return memory.made();
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    long before = begin();
    Object value = inner.value(batch, row);
    held = memory.hold(before);
    return value;
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    long before = begin();
    Vector values = inner.evaluate(batch, rows, count);
    held = memory.hold(before);
    return values;
  }

  @Override
  int select(Batch batch, int @Nullable [] rows, int count, int[] target) {
    long before = begin();
    int selected = inner.select(batch, rows, count, target);
    memory.makeAgain(before);
    return selected;
  }

  @Override
  boolean isConstant() {
    return inner.isConstant();
  }
}
