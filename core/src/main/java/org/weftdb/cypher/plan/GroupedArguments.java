package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Brings the variables of the row around a subquery back after the subquery has grouped its rows:
 * {@code EXISTS { MATCH (n)-->(m) WITH count(*) AS c WHERE c = n.k RETURN 1 }} still sees {@code
 * n}.
 *
 * <p>They are the same in all rows of the subquery. With grouping keys they become further keys;
 * without, where there is always one row, that row is joined to the argument:
 *
 * <pre>
 * GroupBy k: count(*)    ->    GroupBy k, n: count(*)
 *
 * GroupBy count(*)       ->    OptionalApply c
 * ...                          | GroupBy count(*)
 *                              | ...
 *                              Argument
 * </pre>
 */
final class GroupedArguments {
  private final Slots slots;
  private final BitSet outer;

  private GroupedArguments(Slots slots, BitSet outer) {
    this.slots = slots;
    this.outer = outer;
  }

  /**
   * Adapts the plan of a subquery, whose depth must have been checked.
   *
   * @param scope the variables around the subquery
   */
  static Plan apply(Plan plan, Slots slots, Scope scope) {
    BitSet outer = new BitSet();
    for (Scope at = scope; at != null; at = at.outer()) {
      for (Scalar.Slot variable : at.own().values()) {
        outer.set(variable.slot());
      }
    }
    return new GroupedArguments(slots, outer).adapt(plan, new BitSet());
  }

  /**
   * Adapts an operator and those below.
   *
   * @param above the slots that are read above it
   */
  private Plan adapt(Plan plan, BitSet above) {
    if (plan.children().isEmpty()) {
      return plan;
    }
    BitSet read = SlotUse.ofOperator(plan);
    if (plan instanceof Plan.Union union) {
      return new Plan.Union(
          adapt(union.left(), read),
          union.leftSlots(),
          adapt(union.right(), read),
          union.rightSlots(),
          union.slots());
    }
    if (plan instanceof Plan.GroupBy group) {
      BitSet missing = (BitSet) above.clone();
      missing.and(outer);
      List<Plan.Assignment> keys = new ArrayList<>(group.keys());
      for (Plan.Assignment key : keys) {
        missing.clear(key.slot());
      }
      boolean hasKeys = !keys.isEmpty();
      for (int slot = missing.nextSetBit(0); slot >= 0; slot = missing.nextSetBit(slot + 1)) {
        Scalar value = new Scalar.Slot(slot, SlotKind.VALUE, slots.name(slot));
        keys.add(new Plan.Assignment(slot, SlotKind.VALUE, slots.name(slot), value));
      }
      read.or(missing);
      Plan input = adapt(group.input(), read);
      if (hasKeys || missing.isEmpty()) {
        return new Plan.GroupBy(input, keys, group.aggregates());
      }
      List<Integer> filled = new ArrayList<>();
      for (Plan.Aggregate aggregate : group.aggregates()) {
        filled.add(aggregate.slot());
      }
      return new Plan.OptionalApply(
          new Plan.Argument(), new Plan.GroupBy(input, group.keys(), group.aggregates()), filled);
    }
    read.or(above);
    return Inputs.replaceFirst(plan, adapt(plan.children().get(0), read));
  }
}
