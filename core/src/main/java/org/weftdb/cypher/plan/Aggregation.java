package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;

/** The aggregates found inside the expressions of one projection; equal ones are computed once. */
final class Aggregation {
  private final Slots slots;
  private final List<Plan.Aggregate> aggregates = new ArrayList<>();
  private int uses;

  Aggregation(Slots slots) {
    this.slots = slots;
  }

  List<Plan.Aggregate> aggregates() {
    return aggregates;
  }

  /** How often an aggregate was met so far. */
  int uses() {
    return uses;
  }

  boolean isEmpty() {
    return aggregates.isEmpty();
  }

  /** The slot that will hold an aggregate's value. */
  Scalar add(String function, boolean distinct, List<Scalar> arguments, Origin origin) {
    uses++;
    for (Plan.Aggregate known : aggregates) {
      if (known.function().equals(function)
          && known.distinct() == distinct
          && known.arguments().equals(arguments)
          && areDeterministic(arguments)) {
        return slot(known.slot());
      }
    }
    int slot = slots.addAnonymous();
    aggregates.add(new Plan.Aggregate(slot, function, distinct, arguments, origin));
    return slot(slot);
  }

  private Scalar slot(int slot) {
    return new Scalar.Slot(slot, SlotKind.VALUE, slots.name(slot));
  }

  private static boolean areDeterministic(List<Scalar> scalars) {
    for (Scalar scalar : scalars) {
      if (!FunctionNames.isDeterministic(scalar)) {
        return false;
      }
    }
    return true;
  }
}
