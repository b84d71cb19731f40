package org.weftdb.cypher.plan.rule;

import java.util.List;
import org.weftdb.cypher.plan.Scalar;

/** Conditions as lists of what must all be true. */
final class Conjunction {
  private Conjunction() {}

  static List<Scalar> split(Scalar condition) {
    return condition instanceof Scalar.And and ? and.operands() : List.of(condition);
  }

  /** The condition that all of some are true; there must be one. */
  static Scalar of(List<Scalar> conditions) {
    return conditions.size() == 1 ? conditions.get(0) : new Scalar.And(conditions);
  }
}
