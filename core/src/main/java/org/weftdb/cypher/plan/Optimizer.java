package org.weftdb.cypher.plan;

import java.util.List;
import org.weftdb.cypher.plan.rule.ConstantFolding;
import org.weftdb.cypher.plan.rule.CountOfComprehension;
import org.weftdb.cypher.plan.rule.DropUnusedPaths;
import org.weftdb.cypher.plan.rule.FilterPushdown;
import org.weftdb.cypher.plan.rule.MergeCreates;
import org.weftdb.cypher.plan.rule.TopRows;
import org.weftdb.cypher.plan.rule.TrailPredicates;

/** Applies the rewrite rules, each once over the whole plan, and then adds the barriers. */
final class Optimizer {
  private Optimizer() {}

  static Plan optimize(QueryPlanner.Planned planned) {
    Plan plan = planned.plan();
    List<TreeRewriter> rules =
        List.of(
            new ConstantFolding(),
            new CountOfComprehension(),
            new FilterPushdown(),
            new TrailPredicates(),
            new TopRows(),
            new MergeCreates());
    for (TreeRewriter rule : rules) {
      plan = rule.rewrite(plan);
    }
    plan = DropUnusedPaths.apply(plan, planned.slots());
    return Barriers.insert(plan);
  }
}
