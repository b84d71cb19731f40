package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Inputs;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.PlannerCatalog;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.TreeRewriter;
import org.weftdb.value.Direction;

/**
 * Nodes that two bound nodes both lead to are found in what both lead to, not by asking of each
 * that one of them leads to whether the other does.
 *
 * <pre>
 * Expand (c)-[s:S]->(a) into        Filter c:C
 * Filter c:C                   ->   Intersect (b)-[r:R]->(c) and (a)<-[s:S]-(c)
 * Expand (b)-[r:R]->(c)             input
 * input
 * </pre>
 *
 * <p>Both hops must have one type and one direction, for such lists are sorted. It stays as it was
 * where {@code b} seldom leads anywhere: then there is nothing to be saved, and one end less to
 * look at.
 */
public final class Intersections extends TreeRewriter {
  /** Up to this many relationships of a node looking at the other end cost more (measured). */
  private static final double FEW = 0.1;

  private final PlannerCatalog catalog;

  public Intersections(PlannerCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Expand last) || !last.hop().into() || !isSorted(last.hop())) {
      return plan;
    }
    List<Plan.Filter> filters = new ArrayList<>();
    Plan below = last.input();
    while (below instanceof Plan.Filter filter) {
      filters.add(filter);
      below = filter.input();
    }
    if (!(below instanceof Plan.Expand expand) || expand.hop().into() || !isSorted(expand.hop())) {
      return plan;
    }
    Plan.Hop first = expand.hop();
    Plan.Hop second = leadingTo(first, last.hop());
    if (second == null || degree(expand) <= FEW) {
      return plan;
    }
    boolean distinct = last.hop().distinctFrom().contains(first.relationship());
    Plan result = new Plan.Intersect(expand.input(), first, second, distinct);
    for (int i = filters.size() - 1; i >= 0; i--) {
      result = Inputs.replaceFirst(filters.get(i), result);
    }
    return result;
  }

  private static boolean isSorted(Plan.Hop hop) {
    return hop.direction() != Direction.BOTH && hop.types().size() == 1;
  }

  /**
   * A hop between two bound nodes as one that leads to where another leads to; null when neither
   * end of it, or both, are there.
   */
  private static Plan.@Nullable Hop leadingTo(Plan.Hop first, Plan.Hop hop) {
    int node = first.to();
    if (hop.from() == hop.to() || hop.from() != node && hop.to() != node) {
      return null;
    }
    boolean turned = hop.from() == node;
    List<Integer> others = new ArrayList<>(hop.distinctFrom());
    others.remove((Integer) first.relationship());
    return new Plan.Hop(
        turned ? hop.to() : hop.from(),
        hop.relationship(),
        node,
        turned ? hop.direction().reversed() : hop.direction(),
        hop.types(),
        false,
        others);
  }

  /** About how many relationships of the hop a node has where it starts. */
  private double degree(Plan.Expand expand) {
    double nodes = population(expand.input(), expand.hop().from());
    return catalog.relationshipCount(expand.hop().types().get(0)) / Math.max(1, nodes);
  }

  /** How many nodes there are of the label that a plan finds or filters the node of a slot by. */
  private double population(Plan plan, int node) {
    double least = catalog.nodeCount();
    for (Plan at = plan; !at.children().isEmpty(); at = at.children().get(0)) {
      switch (at) {
        case Plan.NodeByLabelScan scan when scan.node() == node && scan.labels().size() == 1 -> {
          return Math.min(least, catalog.nodeCount(scan.labels().get(0)));
        }
        case Plan.NodeIndexSeek seek when seek.node() == node -> {
          return Math.min(least, catalog.nodeCount(seek.label()));
        }
        case Plan.Filter filter -> {
          for (Scalar condition : Conjunction.split(filter.predicate())) {
            if (condition instanceof Scalar.HasLabels has
                && has.subject() instanceof Scalar.Slot slot
                && slot.slot() == node) {
              for (String label : has.labels()) {
                least = Math.min(least, catalog.nodeCount(label));
              }
            }
          }
        }
        default -> {}
      }
    }
    return least;
  }
}
