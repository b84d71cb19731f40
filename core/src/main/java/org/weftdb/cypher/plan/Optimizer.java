package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.cypher.plan.rule.ConstantFolding;
import org.weftdb.cypher.plan.rule.CountOfComprehension;
import org.weftdb.cypher.plan.rule.DropUnusedPaths;
import org.weftdb.cypher.plan.rule.FilterPushdown;
import org.weftdb.cypher.plan.rule.IndexEnds;
import org.weftdb.cypher.plan.rule.IndexOrder;
import org.weftdb.cypher.plan.rule.Intersections;
import org.weftdb.cypher.plan.rule.MergeCreates;
import org.weftdb.cypher.plan.rule.StoreCounts;
import org.weftdb.cypher.plan.rule.TopRows;
import org.weftdb.cypher.plan.rule.TrailPredicates;

/** Applies the rewrite rules, each once over the whole plan, and then adds the barriers. */
final class Optimizer {
  private Optimizer() {}

  static Plan optimize(QueryPlanner.Planned planned, PlannerCatalog catalog) {
    Plan plan = planned.plan();
    List<TreeRewriter> rules =
        List.of(
            new ConstantFolding(),
            new CountOfComprehension(),
            new FilterPushdown(),
            new TrailPredicates());
    for (TreeRewriter rule : rules) {
      plan = rule.rewrite(plan);
    }
    plan = IndexOrder.apply(plan, catalog, Effects.ofWhole(plan).writes());
    plan = new StoreCounts().rewrite(plan);
    plan = new IndexEnds(catalog).rewrite(plan);
    plan = new TopRows().rewrite(plan);
    plan = new MergeCreates().rewrite(plan);
    plan = new Intersections(catalog).rewrite(plan);
    plan = DropUnusedPaths.apply(plan, planned.slots());
    return Barriers.insert(plan);
  }
}
