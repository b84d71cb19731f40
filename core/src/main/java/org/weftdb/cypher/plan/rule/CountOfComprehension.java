package org.weftdb.cypher.plan.rule;

import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * The size of a pattern comprehension is counted without making the list.
 *
 * <pre>
 * size([pattern | result])    ->    number of rows of the pattern
 * </pre>
 *
 * <p>Only when the result cannot fail: a constant or a variable.
 */
public final class CountOfComprehension extends TreeRewriter {
  @Override
  protected Scalar expression(Scalar scalar) {
    if (scalar instanceof Scalar.Call call
        && call.function().equals("size")
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Scalar.Nested nested
        && nested.kind() == Scalar.NestedKind.COLLECT
        && (nested.result() instanceof Scalar.Constant || nested.result() instanceof Scalar.Slot)) {
      return new Scalar.Nested(Scalar.NestedKind.COUNT, nested.plan(), null);
    }
    return scalar;
  }
}
