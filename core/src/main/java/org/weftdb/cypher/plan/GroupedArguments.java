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
   * @param results the slots of its rows that are read
   */
  static Plan apply(Plan plan, Slots slots, Scope scope, List<Integer> results) {
    BitSet read = new BitSet();
    for (int slot : results) {
      read.set(slot);
    }
    return new GroupedArguments(slots, scope.slots()).adapt(plan, read);
  }

  /**
   * Adapts operators. A chain of them is a loop; only unions recurse.
   *
   * @param readAbove the slots that are read above
   */
  private Plan adapt(Plan plan, BitSet readAbove) {
    List<Plan> chain = new ArrayList<>();
    List<BitSet> missing = new ArrayList<>();
    BitSet above = readAbove;
    Plan leaf = plan;
    while (!leaf.children().isEmpty() && !(leaf instanceof Plan.Union)) {
      BitSet read = SlotUse.ofOperator(leaf);
      BitSet wanted = (BitSet) above.clone();
      if (leaf instanceof Plan.GroupBy group) {
        wanted.and(outer);
        for (Plan.Assignment key : group.keys()) {
          wanted.clear(key.slot());
        }
      }
      read.or(wanted);
      chain.add(leaf);
      missing.add(wanted);
      above = read;
      leaf = leaf.children().get(0);
    }
    Plan result = leaf instanceof Plan.Union union ? adapt(union) : leaf;
    for (int i = chain.size() - 1; i >= 0; i--) {
      result = Inputs.replaceFirst(chain.get(i), result);
      if (result instanceof Plan.GroupBy group) {
        result = bringBack(group, missing.get(i));
      }
    }
    return result;
  }

  private Plan adapt(Plan.Union union) {
    BitSet read = SlotUse.ofOperator(union);
    return new Plan.Union(
        adapt(union.left(), read),
        union.leftSlots(),
        adapt(union.right(), read),
        union.rightSlots(),
        union.slots());
  }

  private Plan bringBack(Plan.GroupBy group, BitSet missing) {
    if (missing.isEmpty()) {
      return group;
    }
    if (group.keys().isEmpty()) {
      List<Integer> filled = new ArrayList<>();
      for (Plan.Aggregate aggregate : group.aggregates()) {
        filled.add(aggregate.slot());
      }
      return new Plan.OptionalApply(new Plan.Argument(), group, filled);
    }
    List<Plan.Assignment> keys = new ArrayList<>(group.keys());
    for (int slot = missing.nextSetBit(0); slot >= 0; slot = missing.nextSetBit(slot + 1)) {
      Scalar value = new Scalar.Slot(slot, SlotKind.VALUE, slots.name(slot));
      keys.add(new Plan.Assignment(slot, SlotKind.VALUE, slots.name(slot), value));
    }
    return new Plan.GroupBy(group.input(), keys, group.aggregates());
  }
}
