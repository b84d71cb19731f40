package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.IndexRange;
import org.weftdb.cypher.plan.Inputs;
import org.weftdb.cypher.plan.Operands;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.PlannerCatalog;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotUse;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * The least and the greatest value of an indexed property come from the ends of the index.
 *
 * <pre>
 * GroupBy max(n.p)             GroupBy max(n.p)
 * NodeByLabelScan n:L    ->    Limit 1
 *                              NodeIndexSeek n:L n.p IS NOT NULL descending
 * </pre>
 *
 * <p>Both the least and the greatest take a union of both ends. Rows without the property do not
 * count for these aggregates, so it does no harm that the index lacks them. A seek on the property
 * may have any conditions above it, as the first row that satisfies them is the one; a scan is
 * given up only when the conditions are about this property, because others may be so rare that the
 * whole index would be walked, which takes longer than the scan. The same is true of relationships
 * and their types.
 */
public final class IndexEnds extends TreeRewriter {
  private final PlannerCatalog catalog;

  public IndexEnds(PlannerCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.GroupBy group)
        || !group.keys().isEmpty()
        || group.aggregates().isEmpty()) {
      return plan;
    }
    Scalar argument = argument(group);
    if (argument == null) {
      return plan;
    }
    List<Plan> chain = new ArrayList<>();
    Plan leaf = group.input();
    while (leaf instanceof Plan.Filter || leaf instanceof Plan.Project) {
      if (!isMovable(leaf)) {
        return plan;
      }
      if (leaf instanceof Plan.Project project) {
        argument = IndexOrder.below(argument, project);
      }
      chain.add(leaf);
      leaf = leaf.children().get(0);
    }
    if (!(argument instanceof Scalar.Property property)
        || !(property.subject() instanceof Scalar.Slot subject)) {
      return plan;
    }
    boolean least = asks(group, "min");
    boolean greatest = asks(group, "max");
    Plan first = end(leaf, property, subject.slot(), chain, false);
    Plan last = end(leaf, property, subject.slot(), chain, true);
    if (first == null || last == null) {
      return plan;
    }
    List<Integer> slots = read(group);
    Plan input =
        least && greatest
            ? new Plan.Union(first, slots, last, slots, slots)
            : greatest ? last : first;
    return new Plan.GroupBy(input, group.keys(), group.aggregates());
  }

  /** What all aggregates are of, when they are nothing but the least and the greatest value. */
  private static @Nullable Scalar argument(Plan.GroupBy group) {
    Scalar argument = null;
    for (Plan.Aggregate aggregate : group.aggregates()) {
      boolean known = aggregate.function().equals("min") || aggregate.function().equals("max");
      if (!known || argument != null && !argument.equals(aggregate.arguments().get(0))) {
        return null;
      }
      argument = aggregate.arguments().get(0);
    }
    return argument;
  }

  private static boolean asks(Plan.GroupBy group, String function) {
    for (Plan.Aggregate aggregate : group.aggregates()) {
      if (aggregate.function().equals(function)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMovable(Plan plan) {
    for (Scalar scalar : Operands.of(plan)) {
      if (!Movable.isMovable(scalar)) {
        return false;
      }
    }
    return true;
  }

  private static List<Integer> read(Plan.GroupBy group) {
    List<Integer> slots = new ArrayList<>();
    BitSet uses = SlotUse.of(group.aggregates().get(0).arguments().get(0));
    for (int slot = uses.nextSetBit(0); slot >= 0; slot = uses.nextSetBit(slot + 1)) {
      slots.add(slot);
    }
    return slots;
  }

  /** The first row in the order of the property, or the last; null when no index gives it. */
  private @Nullable Plan end(
      Plan leaf, Scalar.Property property, int entity, List<Plan> chain, boolean descending) {
    Plan ordered = null;
    if (!leaf.children().isEmpty() && isLeaf(leaf.children().get(0))) {
      ordered = IndexOrder.seek(leaf, List.of(property), descending);
    }
    if (ordered == null && readsOnly(chain, property.key())) {
      ordered = scanned(leaf, property, entity, descending);
    }
    if (ordered == null) {
      return null;
    }
    // Both ends of a union have operators of their own.
    boolean starts = ordered.children().get(0) instanceof Plan.Start;
    ordered = Inputs.replaceFirst(ordered, starts ? new Plan.Start() : new Plan.Argument());
    for (int i = chain.size() - 1; i >= 0; i--) {
      ordered = Inputs.replaceFirst(chain.get(i), ordered);
    }
    return new Plan.Limit(ordered, new Scalar.Constant(1L), Origin.NONE);
  }

  private @Nullable Plan scanned(
      Plan leaf, Scalar.Property property, int entity, boolean descending) {
    if (leaf instanceof Plan.NodeByLabelScan scan
        && isLeaf(scan.input())
        && scan.labels().size() == 1
        && scan.node() == entity
        && catalog.nodeIndexValues(scan.labels().get(0), property.key()) >= 0) {
      return new Plan.NodeIndexSeek(
          scan.input(),
          entity,
          scan.labels().get(0),
          property.key(),
          new IndexRange.Any(),
          descending);
    }
    Plan.RelationshipTypeScan scan = WholeTypes.of(leaf);
    return scan != null
            && isLeaf(scan.input())
            && scan.relationship() == entity
            && catalog.relationshipIndexValues(scan.types().get(0), property.key()) >= 0
        ? IndexOrder.ofType(scan, property.key(), descending)
        : null;
  }

  private static boolean isLeaf(Plan plan) {
    return plan instanceof Plan.Start || plan instanceof Plan.Argument;
  }

  /** Whether operators look at no other property, and at no label. */
  private static boolean readsOnly(List<Plan> chain, String key) {
    Set<String> read = new TreeSet<>();
    for (Plan plan : chain) {
      for (Scalar scalar : Operands.of(plan)) {
        collect(scalar, read);
      }
    }
    read.remove(key);
    return read.isEmpty();
  }

  private static void collect(Scalar scalar, Set<String> read) {
    if (scalar instanceof Scalar.Property property) {
      read.add(property.key());
    } else if (scalar instanceof Scalar.HasLabels || scalar instanceof Scalar.HasAnyLabel) {
      // No key has such a name.
      read.add("");
    }
    for (Scalar operand : Operands.of(scalar)) {
      collect(operand, read);
    }
  }
}
