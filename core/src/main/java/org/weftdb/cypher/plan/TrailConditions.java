package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on the paths of shortestPath: those on each relationship, or on each node, are
 * told apart from those on a whole path, because a search can heed them at every step.
 */
final class TrailConditions {
  private final Scalar.Slot trail;
  private final Repetition repetition;
  private final List<Scalar> each = new ArrayList<>();
  private final List<Scalar> whole = new ArrayList<>();

  /**
   * @param trail the list of relationships
   * @param repetition the slots of a step
   */
  TrailConditions(Scalar.Slot trail, Repetition repetition) {
    this.trail = trail;
    this.repetition = repetition;
  }

  /** A condition on every step. */
  void addEach(Scalar condition) {
    each.add(condition);
  }

  /** A condition on a path. */
  void add(Scalar condition) {
    if (condition instanceof Scalar.Quantifier quantifier) {
      boolean all = quantifier.kind() == Scalar.QuantifierKind.ALL;
      boolean none = quantifier.kind() == Scalar.QuantifierKind.NONE;
      boolean aboutTrail = SlotUse.of(quantifier.predicate()).get(trail.slot());
      if ((all || none) && !aboutTrail && isRelationships(quantifier.list())) {
        addEach(quantifier, none, repetition.steps().get(0).relationship(), false);
        return;
      } else if ((all || none) && !aboutTrail && isNodes(quantifier.list())) {
        addEach(quantifier, none, repetition.nodes().get(0), true);
        addEach(quantifier, none, repetition.nodes().get(1), true);
        // A path without relationships has a node all the same.
        whole.add(condition);
        return;
      }
    }
    whole.add(condition);
  }

  private void addEach(Scalar.Quantifier quantifier, boolean none, int slot, boolean node) {
    SlotKind kind = node ? SlotKind.NODE : SlotKind.RELATIONSHIP;
    Scalar predicate = new Renaming(quantifier.slot(), slot, kind).rewrite(quantifier.predicate());
    each.add(none ? new Scalar.Unary(Scalar.UnaryOperator.NOT, predicate) : predicate);
  }

  private boolean isRelationships(Scalar list) {
    return list instanceof Scalar.Slot slot && slot.slot() == trail.slot()
        || isPart(list, "relationships");
  }

  private boolean isNodes(Scalar list) {
    return isPart(list, "nodes");
  }

  private boolean isPart(Scalar list, String function) {
    return list instanceof Scalar.Call call
        && call.function().equals(function)
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Scalar.PathOf path
        && path.relationships().size() == 1
        && path.relationships().get(0).equals(trail);
  }

  private static @Nullable Scalar conjunction(List<Scalar> conditions) {
    return conditions.size() > 1
        ? new Scalar.And(conditions)
        : conditions.isEmpty() ? null : conditions.get(0);
  }

  /** What must hold for every step, or null. */
  @Nullable Scalar each() {
    return conjunction(each);
  }

  /** What must hold for a whole path, or null. */
  @Nullable Scalar whole() {
    return conjunction(whole);
  }

  /** Lets a condition speak of a step. */
  private static final class Renaming extends TreeRewriter {
    private final int from;
    private final int to;
    private final SlotKind kind;

    Renaming(int from, int to, SlotKind kind) {
      this.from = from;
      this.to = to;
      this.kind = kind;
    }

    @Override
    protected Scalar expression(Scalar scalar) {
      return scalar instanceof Scalar.Slot slot && slot.slot() == from
          ? new Scalar.Slot(to, kind, slot.name())
          : scalar;
    }
  }
}
