package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;
import org.weftdb.value.Direction;

/**
 * How many nodes a label has, or how many relationships a type, is known without looking at them.
 *
 * <pre>
 * GroupBy count(n)             StoreCount n:L
 * NodeByLabelScan n:L    ->    Start
 * Start
 * </pre>
 */
public final class StoreCounts extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.GroupBy group)
        || !group.keys().isEmpty()
        || group.aggregates().isEmpty()) {
      return plan;
    }
    Plan.StoreCount count = count(group.input());
    if (count == null) {
      return plan;
    }
    List<Integer> slots = new ArrayList<>();
    for (Plan.Aggregate aggregate : group.aggregates()) {
      boolean ofRows =
          aggregate.function().equals("count")
              && !aggregate.distinct()
              && (aggregate.arguments().isEmpty()
                  || isFilledBy(group.input(), aggregate.arguments().get(0)));
      if (!ofRows) {
        return plan;
      }
      slots.add(aggregate.slot());
    }
    return new Plan.StoreCount(count.input(), count.ofNodes(), count.name(), slots);
  }

  /** What an operator gives all of, or null. */
  private static Plan.@Nullable StoreCount count(Plan plan) {
    if (plan instanceof Plan.AllNodesScan scan && isLeaf(scan.input())) {
      return new Plan.StoreCount(scan.input(), true, "", List.of());
    } else if (plan instanceof Plan.NodeByLabelScan scan
        && isLeaf(scan.input())
        && scan.labels().size() == 1) {
      return new Plan.StoreCount(scan.input(), true, scan.labels().get(0), List.of());
    }
    Plan.RelationshipTypeScan scan = WholeTypes.any(plan);
    if (scan == null
        || !isLeaf(scan.input())
        || scan.direction() == Direction.BOTH
        || scan.types().size() > 1) {
      return null;
    }
    String type = scan.types().isEmpty() ? "" : scan.types().get(0);
    return new Plan.StoreCount(scan.input(), false, type, List.of());
  }

  private static boolean isLeaf(Plan plan) {
    return plan instanceof Plan.Start || plan instanceof Plan.Argument;
  }

  /** Whether a value is never null because the operator fills it. */
  private static boolean isFilledBy(Plan plan, Scalar value) {
    if (!(value instanceof Scalar.Slot slot)) {
      return false;
    }
    return switch (plan) {
      case Plan.AllNodesScan scan -> slot.slot() == scan.node();
      case Plan.NodeByLabelScan scan -> slot.slot() == scan.node();
      default -> {
        Plan.RelationshipTypeScan scan = WholeTypes.any(plan);
        yield scan != null
            && (slot.slot() == scan.relationship()
                || slot.slot() == scan.from()
                || slot.slot() == scan.to());
      }
    };
  }
}
