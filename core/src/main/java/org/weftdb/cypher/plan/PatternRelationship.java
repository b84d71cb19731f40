package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.value.Direction;

/**
 * A relationship of the pattern, or many of variable length.
 *
 * @param bound whether it is one relationship bound before the pattern
 * @param direction as seen from the left node
 * @param each predicate on every relationship of a variable length, over {@code eachSlot}, or on
 *     every repetition
 * @param repetition what is repeated, or null; then the length is that of the relationship
 * @param selected which paths are meant, or null for all
 * @param search the whole path that this stands for, or null
 */
record PatternRelationship(
    int index,
    int slot,
    String name,
    boolean bound,
    int left,
    int right,
    Direction direction,
    List<String> types,
    @Nullable Scalar dynamicType,
    RelationshipPattern.@Nullable VariableLength length,
    int eachSlot,
    @Nullable Scalar each,
    @Nullable Repetition repetition,
    @Nullable Selected selected,
    @Nullable Search search,
    @Nullable Scalar properties) {
  SlotKind kind() {
    return length == null ? SlotKind.RELATIONSHIP : SlotKind.RELATIONSHIP_LIST;
  }

  Scalar.Slot scalar() {
    return new Scalar.Slot(slot, kind(), name);
  }

  /** The same, of any of some types. */
  PatternRelationship withTypes(List<String> any) {
    return new PatternRelationship(
        index,
        slot,
        name,
        bound,
        left,
        right,
        direction,
        any,
        dynamicType,
        length,
        eachSlot,
        each,
        repetition,
        selected,
        search,
        properties);
  }

  /** Whether a relationship could be both this one and the other. */
  boolean canCoincide(PatternRelationship other) {
    if (types.isEmpty() || other.types.isEmpty()) {
      return true;
    }
    Collection<String> others = types.size() > 1 ? new HashSet<>(other.types) : other.types;
    return !Collections.disjoint(others, types);
  }

  int other(int node) {
    return node == left ? right : left;
  }

  /** Which of the paths between two ends are meant, and what must hold for each of them. */
  static final class Selected {
    final Selection selection;

    /** Whether it is written as a function, so that conditions on its path are its own. */
    final boolean isFunction;

    final List<Scalar> conditions = new ArrayList<>();

    Selected(Selection selection, boolean isFunction) {
      this.selection = selection;
      this.isFunction = isFunction;
    }
  }

  /**
   * The pieces of a path that is searched for as a whole.
   *
   * @param nodes slots of its nodes, from left to right
   * @param nodeConditions what must hold for each node between pieces
   * @param condition on a whole path, or null
   * @param required the indexes of nodes that must be bound before
   */
  record Search(
      List<Integer> nodes,
      List<PathPiece> pieces,
      List<List<Scalar>> nodeConditions,
      @Nullable Scalar condition,
      BitSet required) {}
}
