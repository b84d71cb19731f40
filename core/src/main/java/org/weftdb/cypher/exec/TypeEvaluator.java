package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.error.WeftException;
import org.weftdb.value.type.Casts;
import org.weftdb.value.type.TypeExpression;

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
        case CAST, TRY_CAST -> cast(value);
      };
    } catch (WeftException failure) {
      throw typed.origin().locate(failure);
    }
  }

  /** Casts, and counts what that makes: before, as the parts of the value let expect, and after. */
  private @Nullable Object cast(@Nullable Object value) {
    TypeExpression type = typed.type();
    long expected =
        value instanceof List<?> list
            ? (long) ValueSize.FLAT * list.size()
            : 2 * ValueSize.of(value);
    long before = state.memory.made();
    if (expected >= QueryMemory.WORTH_COUNTING && !type.matches(value)) {
      state.work((int) Math.min(Integer.MAX_VALUE, expected >> 4));
      state.memory.make(expected, "CAST");
    }
    Object cast =
        typed.operation() == Scalar.TypeOperation.CAST
            ? Casts.cast(value, type, state.zoneRules())
            : Casts.tryCast(value, type, state.zoneRules());
    state.memory.makeAgain(before);
    long bytes = cast == value ? 0 : ValueSize.of(cast);
    if (bytes >= QueryMemory.WORTH_COUNTING) {
      state.memory.make(bytes, "CAST");
    }
    return cast;
  }
}
