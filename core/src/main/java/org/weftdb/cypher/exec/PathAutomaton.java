package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.PathPiece;
import org.weftdb.cypher.plan.Repetition;
import org.weftdb.value.Direction;

/**
 * The pieces of a path as an automaton whose steps are relationships. Its states say which
 * relationship of which piece comes next, and count repetitions as far as a minimum asks for it; so
 * it accepts every path of the pattern, and perhaps some that repeat a piece too often.
 */
final class PathAutomaton {
  /** So many repetitions of a piece are counted by states. */
  private static final int MAX_COUNTED = 32;

  /** A piece: one relationship, or a path that is repeated. */
  static final class Piece {
    final PathPiece plan;
    final Names.Types[] types;
    final Direction[] directions;
    final int length;
    final int minimum;
    final int maximum;
    final @Nullable Evaluator each;
    final int counted;
    int firstState;

    Piece(QueryState state, PathPiece plan, @Nullable Evaluator each) {
      List<Repetition.Step> steps = plan.repetition().steps();
      this.plan = plan;
      this.each = each;
      this.length = steps.size();
      this.types = new Names.Types[length];
      this.directions = new Direction[length];
      for (int i = 0; i < length; i++) {
        types[i] = new Names.Types(state, steps.get(i).types());
        directions[i] = steps.get(i).direction();
      }
      this.minimum = plan.minimum();
      this.maximum = plan.maximum() < 0 ? Integer.MAX_VALUE : plan.maximum();
      this.counted = Math.min(minimum, MAX_COUNTED);
    }

    /** The state before a relationship of a repetition. */
    int state(int repetitions, int offset) {
      return firstState + Math.min(repetitions, counted) * length + offset;
    }
  }

  /**
   * A step.
   *
   * @param piece the piece whose relationship is followed, or -1 for a beginning
   * @param offset the place of the relationship in its repetition
   * @param crossed how many nodes between pieces the node that is reached is, from the one after
   *     {@code piece} on
   */
  record Transition(int from, int to, int piece, int offset, int crossed) {}

  final Piece[] pieces;

  /** The state in which a path is complete; the number of all others. */
  final int accepted;

  /** What a path may begin with. */
  final List<Transition> beginnings = new ArrayList<>();

  final List<List<Transition>> outgoing = new ArrayList<>();
  final List<List<Transition>> incoming = new ArrayList<>();

  PathAutomaton(Piece[] pieces) {
    this.pieces = pieces;
    int states = 0;
    for (Piece piece : pieces) {
      piece.firstState = states;
      states += (piece.counted + 1) * piece.length;
    }
    accepted = states;
    for (int i = 0; i <= states; i++) {
      outgoing.add(new ArrayList<>());
      incoming.add(new ArrayList<>());
    }
    begin();
    for (int i = 0; i < pieces.length; i++) {
      for (int repetitions = 0; repetitions <= pieces[i].counted; repetitions++) {
        addRepetition(i, repetitions);
      }
    }
  }

  private void begin() {
    beginnings.add(new Transition(-1, pieces[0].state(0, 0), -1, 0, 0));
    if (pieces[0].minimum == 0) {
      for (int next = 1; next <= pieces.length; next++) {
        beginnings.add(new Transition(-1, first(next), -1, 0, next));
        if (next == pieces.length || pieces[next].minimum > 0) {
          return;
        }
      }
    }
  }

  private int first(int piece) {
    return piece == pieces.length ? accepted : pieces[piece].state(0, 0);
  }

  private void addRepetition(int index, int repetitions) {
    Piece piece = pieces[index];
    int last = piece.length - 1;
    for (int offset = 0; offset < last; offset++) {
      int to = piece.state(repetitions, offset + 1);
      add(new Transition(piece.state(repetitions, offset), to, index, offset, 0));
    }
    int from = piece.state(repetitions, last);
    int done = repetitions + 1;
    if (done < piece.maximum) {
      add(new Transition(from, piece.state(done, 0), index, last, 0));
    }
    if (done >= piece.counted) {
      for (int next = index + 1; next <= pieces.length; next++) {
        add(new Transition(from, first(next), index, last, next - index));
        if (next == pieces.length || pieces[next].minimum > 0) {
          return;
        }
      }
    }
  }

  private void add(Transition transition) {
    outgoing.get(transition.from()).add(transition);
    incoming.get(transition.to()).add(transition);
  }
}
