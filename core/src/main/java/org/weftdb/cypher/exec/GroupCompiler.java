package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;

/** Compiles groupings. */
final class GroupCompiler {
  private final QueryState state;
  private final ScalarCompiler scalars;
  private final PlanCompiler plans;

  /** Slot for how many rows a row stands for, between a {@link DegreeOperator} and what sums. */
  private final int countSlot;

  GroupCompiler(QueryState state, ScalarCompiler scalars, PlanCompiler plans, int countSlot) {
    this.state = state;
    this.scalars = scalars;
    this.plans = plans;
    this.countSlot = countSlot;
  }

  /** The hop whose rows a grouping does nothing with but count, or null. */
  static Plan.@Nullable Expand countedHop(Plan.GroupBy group) {
    if (!(group.input() instanceof Plan.Expand expand)
        || expand.hop().into()
        || group.aggregates().isEmpty()) {
      return null;
    }
    Plan.Hop hop = expand.hop();
    for (Plan.Aggregate aggregate : group.aggregates()) {
      boolean rows =
          aggregate.arguments().isEmpty()
              || (aggregate.arguments().get(0) instanceof Scalar.Slot counted
                  && (counted.slot() == hop.relationship() || counted.slot() == hop.to()));
      if (aggregate.distinct() || !aggregate.function().equals("count") || !rows) {
        return null;
      }
    }
    BitSet read = new BitSet();
    for (Plan.Assignment key : group.keys()) {
      Slots.read(key.value(), read);
    }
    return read.get(hop.relationship()) || read.get(hop.to()) ? null : expand;
  }

  /** A grouping that counts the rows of a hop: the sum of degrees. */
  private PlanCompiler.Built countHop(
      Plan.GroupBy group, Plan.Expand expand, PlanCompiler.Built in) {
    Operator degrees = new DegreeOperator(state, in.operator(), expand.hop(), countSlot);
    return grouping(
        group,
        new PlanCompiler.Built(degrees, in.provided()),
        () -> {
          Accumulator[] counts = new Accumulator[group.aggregates().size()];
          for (int i = 0; i < counts.length; i++) {
            counts[i] = new Accumulator.WeightedCount(countSlot);
          }
          return counts;
        });
  }

  /** Compiles a grouping; what it counts may be the degrees of nodes. */
  PlanCompiler.Built groupBy(Plan.GroupBy group, PlanCompiler.Built in) {
    Plan.Expand counted = countedHop(group);
    if (counted != null) {
      return countHop(group, counted, in);
    }
    Evaluator[][] arguments = new Evaluator[group.aggregates().size()][];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = plans.compileAll(group.aggregates().get(i).arguments(), in.provided());
    }
    return grouping(group, in, () -> Accumulator.of(group.aggregates(), arguments));
  }

  private PlanCompiler.Built grouping(
      Plan.GroupBy group, PlanCompiler.Built in, Supplier<Accumulator[]> makeAccumulators) {
    BitSet provided = new BitSet();
    int[] keySlots = new int[group.keys().size()];
    Evaluator[] keys = new Evaluator[keySlots.length];
    for (int i = 0; i < keySlots.length; i++) {
      Plan.Assignment key = group.keys().get(i);
      keySlots[i] = key.slot();
      keys[i] = scalars.compile(key.value(), in.provided());
      provided.set(key.slot());
    }
    int[] aggregateSlots = new int[group.aggregates().size()];
    for (int i = 0; i < aggregateSlots.length; i++) {
      aggregateSlots[i] = group.aggregates().get(i).slot();
      provided.set(aggregateSlots[i]);
    }
    GroupByOperator operator =
        new GroupByOperator(
            new Frame(state, in.operator(), new BitSet(), plans.slots()),
            keys,
            keySlots,
            makeAccumulators,
            aggregateSlots);
    return new PlanCompiler.Built(operator, provided);
  }
}
