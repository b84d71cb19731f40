package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotKind;
import org.weftdb.cypher.plan.SlotUse;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * A condition on all relationships of a variable length is checked while the trail grows, and not
 * after all trails were walked.
 *
 * <pre>
 * Filter all(x IN rs WHERE p(x)) AND q
 * VariableLengthExpand rs                 ->    Filter q
 *                                               VariableLengthExpand rs each p
 * </pre>
 *
 * <p>Only when the condition needs nothing that the expand itself binds.
 */
public final class TrailPredicates extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    if (!(plan instanceof Plan.Filter filter)
        || !(filter.input() instanceof Plan.VariableLengthExpand expand)
        || expand.repetition() != null) {
      return plan;
    }
    List<Scalar> each = new ArrayList<>();
    List<Scalar> rest = new ArrayList<>();
    if (expand.each() != null) {
      each.add(expand.each());
    }
    for (Scalar conjunct : Conjunction.split(filter.predicate())) {
      if (conjunct instanceof Scalar.Quantifier all && isOnTrail(all, expand)) {
        each.add(new Renaming(all.slot(), expand.eachSlot()).rewrite(all.predicate()));
      } else {
        rest.add(conjunct);
      }
    }
    if (rest.size() == Conjunction.split(filter.predicate()).size()) {
      return plan;
    }
    Plan narrowed =
        new Plan.VariableLengthExpand(
            expand.input(),
            expand.hop(),
            expand.minimum(),
            expand.maximum(),
            expand.reversed(),
            expand.eachSlot(),
            Conjunction.of(each),
            null);
    return rest.isEmpty() ? narrowed : new Plan.Filter(narrowed, Conjunction.of(rest));
  }

  private static boolean isOnTrail(Scalar.Quantifier all, Plan.VariableLengthExpand expand) {
    Plan.Hop hop = expand.hop();
    return all.kind() == Scalar.QuantifierKind.ALL
        && all.list() instanceof Scalar.Slot list
        && list.slot() == hop.relationship()
        && !SlotUse.of(all.predicate()).get(hop.relationship())
        && (hop.into() || !SlotUse.of(all.predicate()).get(hop.to()));
  }

  /** Lets the condition speak of the trail's relationship. */
  private static final class Renaming extends TreeRewriter {
    private final int from;
    private final int to;

    Renaming(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    protected Scalar expression(Scalar scalar) {
      return scalar instanceof Scalar.Slot slot && slot.slot() == from
          ? new Scalar.Slot(to, SlotKind.RELATIONSHIP, slot.name())
          : scalar;
    }
  }
}
