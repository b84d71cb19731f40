package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.WeftException;

/** {@code =~}: whether the whole string matches; null unless both sides are strings. */
final class RegexEvaluator extends Evaluator {
  private final QueryState state;
  private final Evaluator left;
  private final Evaluator right;
  private final Origin origin;

  RegexEvaluator(QueryState state, Evaluator left, Evaluator right, Origin origin) {
    this.origin = origin;
    this.state = state;
    this.left = left;
    this.right = right;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    Object text = left.value(batch, row);
    Object pattern = right.value(batch, row);
    if (!(text instanceof String whole) || !(pattern instanceof String expression)) {
      return null;
    }
    try {
      return state.regexes().regex(expression).matches(whole, state::work);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }
}
