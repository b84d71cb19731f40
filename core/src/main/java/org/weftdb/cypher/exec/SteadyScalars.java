package org.weftdb.cypher.exec;

import org.weftdb.cypher.function.FunctionDefinition;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.function.GraphReading;
import org.weftdb.cypher.plan.Operands;
import org.weftdb.cypher.plan.Scalar;

/** Which expressions have one value for all rows of an execution. */
final class SteadyScalars {
  private SteadyScalars() {}

  /**
   * Whether it is a call or a cast that has one value, so that computing it once saves something.
   */
  static boolean isWorthKeeping(Scalar scalar) {
    return (scalar instanceof Scalar.Call || scalar instanceof Scalar.Typed) && isSteady(scalar);
  }

  private static boolean isSteady(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Constant s -> true;
      case Scalar.Parameter s -> true;
      case Scalar.Call s -> isSteady(s) && areSteady(scalar);
      case Scalar.Typed s -> areSteady(scalar);
      case Scalar.Unary s -> areSteady(scalar);
      case Scalar.Binary s -> areSteady(scalar);
      case Scalar.Chain s -> areSteady(scalar);
      case Scalar.ListLiteral s -> areSteady(scalar);
      case Scalar.MapLiteral s -> areSteady(scalar);
      case Scalar.Subscript s -> areSteady(scalar);
      case Scalar.Slice s -> areSteady(scalar);
      default -> false;
    };
  }

  private static boolean isSteady(Scalar.Call call) {
    FunctionDefinition function = FunctionRegistry.standard().scalar(call.function());
    return function != null && function.reads() == GraphReading.NOTHING && function.deterministic();
  }

  private static boolean areSteady(Scalar scalar) {
    for (Scalar operand : Operands.of(scalar)) {
      if (!isSteady(operand)) {
        return false;
      }
    }
    return true;
  }
}
