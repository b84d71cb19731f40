package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.ast.PatternPart;
import org.weftdb.cypher.ast.RelationshipPattern;
import org.weftdb.value.Direction;

/** Makes one search of a path from which some are selected. */
final class WholePath {
  private final Planning planning;
  private final PatternGraph graph;

  /** The indexes of its nodes, then of its relationships. */
  private final int[] shape;

  WholePath(Planning planning, PatternGraph graph, int[] shape) {
    this.planning = planning;
    this.graph = graph;
    this.shape = shape;
  }

  /**
   * Lets a search for whole paths stand for the relationships of the only part of the pattern.
   *
   * <p>What is on the way and known before the search, be it bound already, an end of the path or a
   * node that is on the way twice, gets a slot of the search's own, which must be equal to it.
   *
   * @return whether what the search finds is what is selected; if not, because nodes are on the way
   *     twice, it is the selection for each of them, and the selection of the whole is among these
   */
  boolean search(PatternPart part) {
    int count = part.path().nodes().size();
    List<Integer> pivots = pivots(count);
    BitSet required = new BitSet();
    pivots.forEach(required::set);
    List<Integer> slots = new ArrayList<>();
    BitSet known = new BitSet();
    for (int i = 0; i < count; i++) {
      PatternGraph.Node node = graph.nodes.get(shape[i]);
      boolean isEnd = shape[i] == shape[0] || shape[i] == shape[count - 1];
      if (i == 0 || i == count - 1) {
        slots.add(node.slot());
      } else if (isEnd || node.bound() || pivots.contains(node.index())) {
        slots.add(planning.slots.add(node.name()));
        known.set(i);
        if (isEnd) {
          required.set(node.index());
        }
      } else {
        slots.add(node.slot());
        graph.searched.set(node.index());
      }
    }
    PathConditions conditions = new PathConditions(graph, shape, slots, pivots);
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      PatternGraph.Node node = graph.nodes.get(shape[i]);
      Scalar.Slot own = new Scalar.Slot(slots.get(i), SlotKind.NODE, node.name());
      conditions.require(i, equal(own, node.scalar()));
    }
    List<PathPiece> pieces = new ArrayList<>();
    for (int i = count; i < shape.length; i++) {
      pieces.add(piece(graph.relationships.get(shape[i]), conditions));
    }
    int slot = planning.slots.addAnonymous();
    PatternRelationship whole =
        new PatternRelationship(
            0,
            slot,
            planning.slots.name(slot),
            false,
            shape[0],
            shape[count - 1],
            Direction.OUTGOING,
            List.of(),
            null,
            new RelationshipPattern.VariableLength(0, RelationshipPattern.VariableLength.UNBOUNDED),
            -1,
            null,
            null,
            graph.selected(part),
            new PatternRelationship.Search(
                slots, pieces, conditions.ofNodes(), conditions.whole(), required),
            null);
    graph.relationships.clear();
    graph.relationships.add(whole);
    return pivots.isEmpty();
  }

  /** The nodes that are on the way twice or more, and neither at an end nor bound. */
  private List<Integer> pivots(int count) {
    List<Integer> pivots = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int i = 1; i < count - 1; i++) {
      int node = shape[i];
      boolean isEnd = node == shape[0] || node == shape[count - 1];
      if (seen.get(node) && !isEnd && !graph.nodes.get(node).bound() && !pivots.contains(node)) {
        pivots.add(node);
      }
      seen.set(node);
    }
    return pivots;
  }

  private static Scalar equal(Scalar left, Scalar right) {
    return new Scalar.Binary(Scalar.BinaryOperator.EQUAL, left, right);
  }

  private PathPiece piece(PatternRelationship relationship, PathConditions conditions) {
    RelationshipPattern.VariableLength length = relationship.length();
    int slot = relationship.bound() ? planning.slots.add(relationship.name()) : relationship.slot();
    Repetition repetition = relationship.repetition();
    if (repetition == null) {
      int inner = length == null ? slot : relationship.eachSlot();
      repetition =
          new Repetition(
              List.of(new Repetition.Step(inner, relationship.direction(), relationship.types())),
              List.of(planning.slots.addAnonymous(), planning.slots.addAnonymous()));
    }
    boolean unbounded =
        length != null && length.maximum() == RelationshipPattern.VariableLength.UNBOUNDED;
    Scalar each = length == null ? conditions.of(slot) : relationship.each();
    if (relationship.bound()) {
      Scalar own = new Scalar.Slot(slot, SlotKind.RELATIONSHIP, relationship.name());
      each = equal(own, relationship.scalar());
    }
    return new PathPiece(
        slot,
        length != null,
        length == null ? 1 : length.minimum(),
        length == null ? 1 : unbounded ? -1 : length.maximum(),
        repetition,
        each);
  }
}
