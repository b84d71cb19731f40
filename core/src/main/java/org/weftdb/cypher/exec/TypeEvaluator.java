package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.Casts;

/** {@code IS :: TYPE} and casts. */
final class TypeEvaluator extends Evaluator {
  private final QueryState state;
  private final Scalar.Typed typed;
  private final Evaluator operand;

  TypeEvaluator(QueryState state, Scalar.Typed typed, Evaluator operand) {
    this.state = state;
    this.typed = typed;
    this.operand = operand;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    Object value = operand.value(batch, row);
    try {
      return switch (typed.operation()) {
        case IS -> (Object) typed.type().matches(value);
        case IS_NOT -> (Object) !typed.type().matches(value);
        case CAST -> counted(value, Casts.cast(value, typed.type(), state.zoneRules()));
        case TRY_CAST -> counted(value, Casts.tryCast(value, typed.type(), state.zoneRules()));
      };
    } catch (WeftException failure) {
      throw typed.origin().locate(failure);
    }
  }

  /** Counts the value that a cast has made. */
  private @Nullable Object counted(@Nullable Object value, @Nullable Object cast) {
    long bytes = cast == value ? 0 : ValueSize.of(cast);
    if (bytes >= QueryMemory.WORTH_COUNTING) {
      state.work((int) Math.min(Integer.MAX_VALUE, bytes >> 4));
      state.memory.make(bytes, "CAST");
    }
    return cast;
  }
}
