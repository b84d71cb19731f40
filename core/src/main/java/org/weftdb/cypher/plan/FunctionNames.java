package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.value.Texts;

/** What the planner must know of functions by their names. */
final class FunctionNames {
  private FunctionNames() {}

  /** The spelling under which functions are looked up. */
  static String canonical(String name) {
    return Texts.lowerAscii(name);
  }

  static boolean isAggregate(String canonicalName) {
    return FunctionRegistry.standard().aggregate(canonicalName) != null;
  }

  /**
   * Whether two calls with the same arguments give the same value within a statement; functions of
   * the embedder do.
   */
  static boolean isDeterministic(String canonicalName) {
    FunctionDefinition definition = FunctionRegistry.standard().scalar(canonicalName);
    return definition == null || definition.deterministic();
  }

  /** Whether an expression gives the same value whenever it is evaluated for a row. */
  static boolean isDeterministic(Scalar scalar) {
    if (scalar instanceof Scalar.Call call && !isDeterministic(call.function())) {
      return false;
    }
    for (Scalar operand : Operands.of(scalar)) {
      if (!isDeterministic(operand)) {
        return false;
      }
    }
    return !(scalar instanceof Scalar.Nested nested) || isDeterministic(nested.plan());
  }

  /** The same for all expressions of a plan; what procedures give is not looked at. */
  static boolean isDeterministic(Plan plan) {
    Plan at = plan;
    while (true) {
      for (Scalar scalar : Operands.of(at)) {
        if (!isDeterministic(scalar)) {
          return false;
        }
      }
      List<Plan> children = at.children();
      if (children.isEmpty()) {
        return true;
      }
      for (int i = 1; i < children.size(); i++) {
        if (!isDeterministic(children.get(i))) {
          return false;
        }
      }
      at = children.get(0);
    }
  }
}
