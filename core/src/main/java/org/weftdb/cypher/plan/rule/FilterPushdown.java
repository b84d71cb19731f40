package org.weftdb.cypher.plan.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.plan.Effects;
import org.weftdb.cypher.plan.Inputs;
import org.weftdb.cypher.plan.PathPiece;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.SlotUse;
import org.weftdb.cypher.plan.TreeRewriter;

/**
 * Conditions written after WITH move below what does not fill their variables, so that fewer rows
 * are expanded, projected and sorted.
 *
 * <pre>
 * Filter p AND q               Filter q
 * Expand r, b            ->    Expand r, b
 * input                        Filter p
 *                              input
 * </pre>
 *
 * <p>where {@code p} uses neither {@code r} nor {@code b}. The same holds for Project, Unwind,
 * scans, seeks, OptionalApply and subqueries that only read, for Distinct when its rows have all
 * that {@code p} uses, and for Sort without a limit. Conditions do not move below Skip, Limit,
 * grouping, barriers and writes, and not when they run a nested plan, could fail or could give
 * another value each time. Filters that meet become one.
 */
public final class FilterPushdown extends TreeRewriter {
  @Override
  protected Plan operator(Plan plan) {
    return plan instanceof Plan.Filter filter
        ? sink(filter.input(), Conjunction.split(filter.predicate()))
        : plan;
  }

  /** Puts conditions on a plan, each as low as it can be. */
  private static Plan sink(Plan plan, List<Scalar> conditions) {
    if (conditions.isEmpty()) {
      return plan;
    }
    if (plan instanceof Plan.Filter lower) {
      List<Scalar> all = new ArrayList<>(Conjunction.split(lower.predicate()));
      all.addAll(conditions);
      return sink(lower.input(), all);
    }
    List<Scalar> below = new ArrayList<>();
    List<Scalar> here = new ArrayList<>();
    for (Scalar condition : conditions) {
      (canPass(condition, plan) ? below : here).add(condition);
    }
    Plan result =
        below.isEmpty() ? plan : Inputs.replaceFirst(plan, sink(plan.children().get(0), below));
    return here.isEmpty() ? result : new Plan.Filter(result, Conjunction.of(here));
  }

  private static boolean canPass(Scalar condition, Plan plan) {
    BitSet uses = SlotUse.of(condition);
    return switch (plan) {
      case Plan.AllNodesScan p -> Movable.isMovable(condition) && !uses.get(p.node());
      case Plan.NodeByLabelScan p -> Movable.isMovable(condition) && !uses.get(p.node());
      case Plan.NodeByIdSeek p -> Movable.isMovable(condition) && !uses.get(p.node());
      case Plan.NodeIndexSeek p -> Movable.isMovable(condition) && !uses.get(p.node());
      case Plan.RelationshipByIdSeek p ->
          Movable.isMovable(condition)
              && !uses.get(p.relationship())
              && !uses.get(p.from())
              && !uses.get(p.to());
      case Plan.RelationshipTypeScan p ->
          Movable.isMovable(condition)
              && !uses.get(p.relationship())
              && !uses.get(p.from())
              && !uses.get(p.to());
      case Plan.RelationshipIndexSeek p ->
          Movable.isMovable(condition)
              && !uses.get(p.relationship())
              && !uses.get(p.from())
              && !uses.get(p.to());
      case Plan.Expand p -> Movable.isMovable(condition) && isFree(uses, p.hop());
      case Plan.Intersect p ->
          Movable.isMovable(condition) && isFree(uses, p.first()) && isFree(uses, p.second());
      case Plan.VariableLengthExpand p -> Movable.isMovable(condition) && isFree(uses, p.hop());
      case Plan.ShortestPaths p -> Movable.isMovable(condition) && isFree(uses, p.hop());
      case Plan.SelectedPaths p -> Movable.isMovable(condition) && isFree(uses, p);
      case Plan.ValueHashJoin p -> Movable.isMovable(condition) && isFree(uses, p.slots());
      case Plan.Unwind p -> Movable.isMovable(condition) && !uses.get(p.slot());
      case Plan.LoadCsv p ->
          Movable.isMovable(condition)
              && !uses.get(p.slot())
              && !uses.get(p.lineSlot())
              && !uses.get(p.fileSlot());
      case Plan.Project p -> Movable.isMovable(condition) && isFree(uses, p);
      case Plan.OptionalApply p -> Movable.isMovable(condition) && isFree(uses, p.nullableSlots());
      case Plan.Subquery p ->
          Movable.isMovable(condition)
              && isFree(uses, p.slots())
              && !Effects.areWritesOf(p.inner());
      case Plan.Sort p -> p.limit() == null && Movable.isMovable(condition);
      case Plan.Distinct p -> Movable.isMovable(condition) && isWithin(uses, p.slots());
      default -> false;
    };
  }

  private static boolean isFree(BitSet uses, Plan.Hop hop) {
    return !uses.get(hop.relationship()) && (hop.into() || !uses.get(hop.to()));
  }

  private static boolean isFree(BitSet uses, Plan.Project project) {
    for (Plan.Assignment column : project.columns()) {
      if (uses.get(column.slot())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(BitSet uses, Plan.SelectedPaths paths) {
    for (PathPiece piece : paths.pieces()) {
      if (uses.get(piece.relationship())) {
        return false;
      }
    }
    return isFree(uses, paths.nodes().subList(1, paths.nodes().size()));
  }

  private static boolean isFree(BitSet uses, List<Integer> slots) {
    for (int slot : slots) {
      if (uses.get(slot)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(BitSet uses, List<Integer> slots) {
    BitSet missing = (BitSet) uses.clone();
    for (int slot : slots) {
      missing.clear(slot);
    }
    return missing.isEmpty();
  }
}
