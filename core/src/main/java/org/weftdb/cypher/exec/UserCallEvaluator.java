package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** A call of a function of the embedder. */
final class UserCallEvaluator extends Evaluator {
  private final UserFunction function;
  private final Evaluator[] arguments;
  private final ValueBoundary boundary;
  private final Origin origin;

  UserCallEvaluator(QueryState state, UserFunction function, Evaluator[] arguments, Origin origin) {
    this.origin = origin;
    this.function = function;
    this.arguments = arguments;
    this.boundary =
        new ValueBoundary(
            state.graph, "the function " + function.name(), ErrorCode.FUNCTION_FAILED);
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      values.add(arguments[i].value(batch, row));
    }
    try {
      return call(values);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  private @Nullable Object call(List<@Nullable Object> values) {
    List<@Nullable Object> given = boundary.arguments(function.parameters(), values);
    Object result;
    try {
      result = function.body().call(given);
    } catch (WeftException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new WeftException(
          ErrorCode.FUNCTION_FAILED,
          "the function " + function.name() + " failed: " + failure,
          null,
          failure);
    }
    return boundary.result(function.result(), "the value", result);
  }
}
