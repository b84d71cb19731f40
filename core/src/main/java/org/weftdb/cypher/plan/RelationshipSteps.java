package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.weftdb.cypher.ast.RelationshipPattern;

/** The operators that follow relationships of a pattern: single ones, repeated ones, searches. */
final class RelationshipSteps {
  private final Planning planning;

  RelationshipSteps(Planning planning) {
    this.planning = planning;
  }

  /**
   * Follows a relationship from one of its ends.
   *
   * @param hop as it is walked
   */
  Plan follow(Plan input, PatternRelationship relationship, Plan.Hop hop, boolean fromLeft) {
    RelationshipPattern.VariableLength length = relationship.length();
    if (length == null) {
      return new Plan.Expand(input, hop);
    } else if (relationship.selected() == null) {
      return new Plan.VariableLengthExpand(
          input,
          hop,
          length.minimum(),
          maximum(length),
          !fromLeft,
          relationship.eachSlot(),
          relationship.each(),
          isSingle(relationship) ? null : relationship.repetition());
    }
    return relationship.search() == null
        ? shortest(input, relationship, hop, fromLeft)
        : whole(input, relationship, hop.into(), !fromLeft);
  }

  private static int maximum(RelationshipPattern.VariableLength length) {
    boolean unbounded = length.maximum() == RelationshipPattern.VariableLength.UNBOUNDED;
    return unbounded ? -1 : length.maximum();
  }

  /** Whether one relationship is repeated and nothing is asked of the nodes on the way. */
  private static boolean isSingle(PatternRelationship relationship) {
    Repetition repetition = relationship.repetition();
    if (repetition == null || repetition.steps().size() > 1) {
      return repetition == null;
    }
    BitSet uses = relationship.each() == null ? new BitSet() : SlotUse.of(relationship.each());
    return !uses.get(repetition.nodes().get(0)) && !uses.get(repetition.nodes().get(1));
  }

  private Plan shortest(
      Plan input, PatternRelationship relationship, Plan.Hop hop, boolean fromLeft) {
    PatternRelationship.Selected selected = Objects.requireNonNull(relationship.selected());
    RelationshipPattern.VariableLength length = Objects.requireNonNull(relationship.length());
    Repetition repetition = relationship.repetition();
    if (repetition == null) {
      Repetition.Step step =
          new Repetition.Step(
              relationship.eachSlot(), relationship.direction(), relationship.types());
      repetition =
          new Repetition(
              List.of(step), List.of(planning.slots.addAnonymous(), planning.slots.addAnonymous()));
    }
    TrailConditions conditions = new TrailConditions(relationship.scalar(), repetition);
    if (relationship.each() != null) {
      conditions.addEach(relationship.each());
    }
    for (Scalar condition : selected.conditions) {
      conditions.add(condition);
    }
    return new Plan.ShortestPaths(
        input,
        hop,
        length.minimum(),
        maximum(length),
        !fromLeft,
        selected.selection,
        repetition,
        conditions.each(),
        conditions.whole());
  }

  /** A search for whole paths, perhaps from their right ends. */
  private static Plan whole(
      Plan input, PatternRelationship relationship, boolean into, boolean reversed) {
    PatternRelationship.Selected selected = Objects.requireNonNull(relationship.selected());
    PatternRelationship.Search search = Objects.requireNonNull(relationship.search());
    List<Integer> nodes = new ArrayList<>(search.nodes());
    List<List<Scalar>> nodeConditions = new ArrayList<>(search.nodeConditions());
    List<PathPiece> pieces = new ArrayList<>(search.pieces());
    if (reversed) {
      Collections.reverse(nodes);
      Collections.reverse(nodeConditions);
      Collections.reverse(pieces);
      pieces.replaceAll(RelationshipSteps::reversed);
    }
    return new Plan.SelectedPaths(
        input,
        nodes,
        pieces,
        into,
        reversed,
        selected.selection,
        nodeConditions,
        search.condition());
  }

  private static PathPiece reversed(PathPiece piece) {
    List<Repetition.Step> steps = new ArrayList<>();
    for (Repetition.Step step : piece.repetition().steps()) {
      steps.add(
          0, new Repetition.Step(step.relationship(), step.direction().reversed(), step.types()));
    }
    List<Integer> nodes = new ArrayList<>(piece.repetition().nodes());
    Collections.reverse(nodes);
    return new PathPiece(
        piece.relationship(),
        piece.repeated(),
        piece.minimum(),
        piece.maximum(),
        new Repetition(steps, nodes),
        piece.each());
  }
}
