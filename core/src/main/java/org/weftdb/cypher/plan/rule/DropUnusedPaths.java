package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotUse;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * Paths that are named but not used are not made, nor lists of what was repeated.
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
      boolean made =
          column.value() instanceof Scalar.PathOf || column.value() instanceof Scalar.Strided;
      if (used.get(column.slot()) || !made) {
        kept.add(column);
      }
    }
    if (kept.size() == project.columns().size()) {
      return plan;
    }
    return kept.isEmpty() ? project.input() : new Plan.Project(project.input(), kept);
  }
}
