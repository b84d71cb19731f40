package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotUse;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * Paths that are named but not used are not made.
 *
 * <pre>
 * Project p := path (a, r, b)
 * input                          ->    input
 * </pre>
 */
public final class DropUnusedPaths extends TreeRewriter {
  private final BitSet used;

  private DropUnusedPaths(BitSet used) {
    this.used = used;
  }

  /**
   * Applies the rule to a whole statement.
   *
   * @param results the slots of the result
   */
  public static Plan apply(Plan root, List<Integer> results) {
    BitSet used = SlotUse.of(root);
    for (int slot : results) {
      used.set(slot);
    }
    return new DropUnusedPaths(used).rewrite(root);
  }

  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Project project)) {
      return plan;
    }
    List<Plan.Assignment> kept = new ArrayList<>();
    for (Plan.Assignment column : project.columns()) {
      if (used.get(column.slot()) || !(column.value() instanceof Scalar.PathOf)) {
        kept.add(column);
      }
    }
    if (kept.size() == project.columns().size()) {
      return plan;
    }
    return kept.isEmpty() ? project.input() : new Plan.Project(project.input(), kept);
  }
}
