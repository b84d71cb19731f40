package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds parts of a pattern that touch what is matched before by equality alone, so that they can be
 * matched once by themselves and joined by value.
 */
final class HashJoins {
  /** By itself a part must be cheaper by so much, because its rows are kept. */
  private static final double WORTH = 2;

  private final PatternGraph graph;

  HashJoins(PatternGraph graph) {
    this.graph = graph;
  }

  /**
   * What a part is joined by.
   *
   * @param outer of the rows before, as long as there are keys of the part
   * @param solved the predicates that the join satisfies
   */
  record Keys(List<Scalar> outer, List<Scalar> inner, List<PatternGraph.Predicate> solved) {
    Scalar outerKey() {
      return outer.size() == 1 ? outer.get(0) : new Scalar.ListLiteral(outer);
    }

    Scalar innerKey() {
      return inner.size() == 1 ? inner.get(0) : new Scalar.ListLiteral(inner);
    }
  }

  /** The slots of a part when it can be matched by itself, or null. */
  @Nullable BitSet slots(
      List<Integer> nodes, List<PatternRelationship> relationships, BitSet boundNodes) {
    BitSet slots = new BitSet();
    for (int node : nodes) {
      if (boundNodes.get(node)) {
        return null;
      }
      slots.set(graph.nodes.get(node).slot());
    }
    for (PatternRelationship relationship : relationships) {
      if (relationship.length() != null) {
        return null;
      }
      slots.set(relationship.slot());
    }
    return slots;
  }

  /**
   * The equalities between a part and what is bound, or null when there is none.
   *
   * @param slots those of the part
   * @param bound the slots of the pattern that are bound
   */
  @Nullable Keys keys(List<PatternGraph.Predicate> open, BitSet slots, BitSet bound) {
    Keys keys = new Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (PatternGraph.Predicate predicate : open) {
      if (predicate.scalar() instanceof Scalar.Binary binary
          && binary.operator() == Scalar.BinaryOperator.EQUAL) {
        if (isOf(binary.left(), slots) && isBound(binary.right(), slots, bound)) {
          keys.inner().add(binary.left());
          keys.outer().add(binary.right());
          keys.solved().add(predicate);
        } else if (isOf(binary.right(), slots) && isBound(binary.left(), slots, bound)) {
          keys.inner().add(binary.right());
          keys.outer().add(binary.left());
          keys.solved().add(predicate);
        }
      }
    }
    return keys.solved().isEmpty() ? null : keys;
  }

  /** Whether a key is of a part alone. */
  private static boolean isOf(Scalar scalar, BitSet slots) {
    BitSet uses = SlotUse.of(scalar);
    uses.andNot(slots);
    return isSimple(scalar) && uses.isEmpty();
  }

  private boolean isBound(Scalar scalar, BitSet slots, BitSet bound) {
    BitSet uses = SlotUse.of(scalar);
    if (uses.isEmpty() || uses.intersects(slots) || !isSimple(scalar)) {
      return false;
    }
    uses.and(graph.introduced);
    uses.andNot(bound);
    return uses.isEmpty();
  }

  /** Properties and variables: nothing that fails for the rows that do not matter. */
  private static boolean isSimple(Scalar scalar) {
    return scalar instanceof Scalar.Slot
        || scalar instanceof Scalar.Property property && isSimple(property.subject())
        || scalar instanceof Scalar.Call call
            && call.function().equals("id")
            && isSimple(call.arguments().get(0));
  }

  /**
   * Whether matching the part once and joining costs less than matching it for each row.
   *
   * @param rows about how many rows there are before
   */
  static boolean isWorth(double rows, JoinOrder.Order nested, JoinOrder.Order alone) {
    double joined = alone.cost() + 2 * alone.rows() + 2 * rows;
    return rows * Math.max(nested.cost(), 1) > WORTH * joined;
  }
}
