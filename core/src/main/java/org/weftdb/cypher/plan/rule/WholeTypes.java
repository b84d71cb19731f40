package org.weftdb.cypher.plan.rule;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;

/** Recognises the operators that give all relationships of a type. */
final class WholeTypes {
  private WholeTypes() {}

  /** As {@link #any}, of one type. */
  static Plan.@Nullable RelationshipTypeScan of(Plan plan) {
    Plan.RelationshipTypeScan scan = any(plan);
    return scan != null && scan.types().size() == 1 ? scan : null;
  }

  /**
   * The scan of types that gives the rows of a plan, in whatever order, or null: the scan itself or
   * an expand from all nodes.
   */
  static Plan.@Nullable RelationshipTypeScan any(Plan plan) {
    Plan.RelationshipTypeScan scan = null;
    if (plan instanceof Plan.RelationshipTypeScan found) {
      scan = found;
    } else if (plan instanceof Plan.Expand expand
        && expand.input() instanceof Plan.AllNodesScan nodes
        && nodes.node() == expand.hop().from()
        && !expand.hop().into()
        && expand.hop().distinctFrom().isEmpty()) {
      Plan.Hop hop = expand.hop();
      scan =
          new Plan.RelationshipTypeScan(
              nodes.input(),
              hop.relationship(),
              hop.from(),
              hop.to(),
              hop.direction(),
              hop.types());
    }
    return scan;
  }
}
