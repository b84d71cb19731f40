package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;

/** The aggregates found inside the expressions of one projection; equal ones are computed once. */
final class Aggregation {
  private final Slots slots;
  private final List<Plan.Aggregate> aggregates = new ArrayList<>();

  /** The slots of aggregates, by calls that stand for them. */
  private final ScalarTable known = new ScalarTable();

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
    Scalar call = new Scalar.Call(distinct ? function + " distinct" : function, arguments);
    boolean shares = areDeterministic(arguments);
    Scalar.Slot slot = shares ? known.find(call) : null;
    if (slot == null) {
      int number = slots.addAnonymous();
      slot = new Scalar.Slot(number, SlotKind.VALUE, slots.name(number));
      aggregates.add(new Plan.Aggregate(number, function, distinct, arguments, origin));
      if (shares) {
        known.putIfAbsent(call, slot);
      }
    }
    return slot;
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
