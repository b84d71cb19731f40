package org.weftdb.cypher.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the planner must know of functions by their names. */
final class FunctionNames {
  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "collect",
          "stdev",
          "stdevp",
          "percentilecont",
          "percentiledisc");

  private static final Set<String> RANDOM =
      Set.of(
          "rand",
          "randomuuid",
          "math.random",
          "uuid.new",
          "list.sample",
          "list.shuffle",
          "date.realtime",
          "time.realtime",
          "localtime.realtime",
          "datetime.realtime",
          "localdatetime.realtime");

  private FunctionNames() {}

  /** The spelling under which functions are looked up. */
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static boolean isAggregate(String canonicalName) {
    return AGGREGATES.contains(canonicalName);
  }

  /** Whether two calls with the same arguments give the same value within a statement. */
  static boolean isDeterministic(String canonicalName) {
    return !RANDOM.contains(canonicalName);
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
