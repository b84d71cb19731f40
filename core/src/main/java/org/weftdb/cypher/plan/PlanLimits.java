package org.weftdb.cypher.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Bounds plans, because operators and passes over them recurse as deep as a plan is. */
final class PlanLimits {
  /**
   * The most operators above one another, nested plans counted on top of the operators around them.
   * WebAssembly engines give about 1 MB of stack unless told otherwise.
   */
  static final int MAX_DEPTH = 800;

  /**
   * The most operators in all. Each has an entry for every slot, so twenty thousand parts of a
   * UNION would take gigabytes.
   */
  static final int MAX_OPERATORS = 5_000;

  private PlanLimits() {}

  private record Visit(Object node, int depth) {}

  static void check(Plan root) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(root, 1));
    int operators = 0;
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.depth() > MAX_DEPTH) {
        throw new WeftException(
            ErrorCode.QUERY_TOO_LARGE,
            "The query needs more than "
                + MAX_DEPTH
                + " operators one after another; split it into several queries");
      }
      if (visit.node() instanceof Plan plan) {
        if (++operators > MAX_OPERATORS) {
          throw new WeftException(
              ErrorCode.QUERY_TOO_LARGE,
              "The query needs more than "
                  + MAX_OPERATORS
                  + " operators; split it into several queries");
        }
        for (Plan child : plan.children()) {
          open.push(new Visit(child, visit.depth() + 1));
        }
        for (Scalar scalar : Operands.of(plan)) {
          open.push(new Visit(scalar, visit.depth()));
        }
      } else if (visit.node() instanceof Scalar scalar) {
        for (Scalar operand : Operands.of(scalar)) {
          open.push(new Visit(operand, visit.depth()));
        }
        if (scalar instanceof Scalar.Nested nested) {
          open.push(new Visit(nested.plan(), visit.depth() + 1));
        }
      }
    }
  }
}
