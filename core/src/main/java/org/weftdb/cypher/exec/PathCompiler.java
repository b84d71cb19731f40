package org.weftdb.cypher.exec;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.PathPiece;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Repetition;
import org.weftdb.cypher.plan.Scalar;
import org.weftdb.cypher.plan.Selection;

/** Compiles the operators that walk along paths, and the conditions on what they walk along. */
final class PathCompiler {
  private final QueryState state;
  private final ScalarCompiler scalars;
  private final PlanCompiler plans;

  PathCompiler(QueryState state, ScalarCompiler scalars, PlanCompiler plans) {
    this.state = state;
    this.scalars = scalars;
    this.plans = plans;
  }

  PlanCompiler.Built variableLength(
      Plan.VariableLengthExpand expand, PlanCompiler.Built in, BitSet above) {
    Plan.Hop hop = expand.hop();
    Scalar condition = expand.each();
    Evaluator each =
        condition == null
            ? null
            : expand.repetition() == null
                ? scalars.compileWithLocal(condition, expand.eachSlot(), in.provided())
                : scalars.compileWithLocals(
                    condition, localsOf(expand.repetition()), in.provided());
    VariableLengthExpandOperator operator =
        new VariableLengthExpandOperator(plans.frame(in, above), expand, each, above);
    return PlanCompiler.adding(operator, in, above, hop.relationship(), hop.to());
  }

  private static BitSet localsOf(Repetition repetition) {
    BitSet slots = Slots.of(repetition.nodes());
    for (Repetition.Step step : repetition.steps()) {
      slots.set(step.relationship());
    }
    return slots;
  }

  PlanCompiler.Built shortestPaths(Plan.ShortestPaths paths, PlanCompiler.Built in, BitSet above) {
    Plan.Hop hop = paths.hop();
    Evaluator each =
        paths.each() == null
            ? null
            : scalars.compileWithLocals(paths.each(), localsOf(paths.repetition()), in.provided());
    BitSet found = new BitSet();
    found.set(hop.relationship());
    if (!hop.into()) {
      found.set(hop.to());
    }
    Evaluator condition =
        paths.condition() == null
            ? null
            : scalars.compileWithLocals(paths.condition(), found, in.provided());
    ShortestPathsOperator operator =
        new ShortestPathsOperator(
            plans.frame(in, above), paths, count(paths.selection()), each, condition, above);
    return PlanCompiler.adding(operator, in, above, hop.relationship(), hop.to());
  }

  PlanCompiler.Built selectedPaths(Plan.SelectedPaths paths, PlanCompiler.Built in, BitSet above) {
    int count = paths.pieces().size();
    PathAutomaton.Piece[] pieces = new PathAutomaton.Piece[count];
    @Nullable Evaluator[] nodeConditions = new @Nullable Evaluator[count + 1];
    int[] filled = new int[2 * count];
    for (int i = 0; i < count; i++) {
      PathPiece piece = paths.pieces().get(i);
      pieces[i] =
          new PathAutomaton.Piece(
              state, piece, withLocals(piece.each(), localsOf(piece.repetition()), in));
      List<Scalar> conditions = paths.nodeConditions().get(i);
      BitSet node = Slots.of(List.of(paths.nodes().get(i)));
      Scalar condition =
          conditions.size() > 1
              ? new Scalar.And(conditions)
              : conditions.isEmpty() ? null : conditions.get(0);
      nodeConditions[i] = withLocals(condition, node, in);
      filled[i] = piece.relationship();
      filled[count + i] = paths.nodes().get(i + 1);
    }
    BitSet locals = new BitSet();
    for (int i = 0; i < filled.length - (paths.into() ? 1 : 0); i++) {
      locals.set(filled[i]);
    }
    TrailSearch search = new TrailSearch(state, paths, pieces, nodeConditions);
    SelectedPathsOperator operator =
        new SelectedPathsOperator(
            plans.frame(in, above),
            paths,
            search,
            count(paths.selection()),
            withLocals(paths.condition(), locals, in),
            above);
    return PlanCompiler.adding(operator, in, above, filled);
  }

  /** How many paths a selection is of. */
  PathCount count(Selection selection) {
    return new PathCount(selection, scalars.compile(selection.count(), new BitSet()));
  }

  private @Nullable Evaluator withLocals(
      @Nullable Scalar condition, BitSet slots, PlanCompiler.Built in) {
    return condition == null ? null : scalars.compileWithLocals(condition, slots, in.provided());
  }
}
