package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Repetition;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.value.Direction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/**
 * All trails of a path pattern between two nodes in the order of their lengths, one after another.
 *
 * <p>A breadth-first search from the target over pairs of a node and a state of the automaton tells
 * how far the target is at least. For each length the trails are then walked depth first, and only
 * where the target can still be reached in time. The search from the target goes no further than
 * the present length.
 */
final class TrailSearch {
  private static final int STEPS_BETWEEN_CHECKS = 4096;

  private final QueryState state;
  private final Plan.SelectedPaths plan;
  private final PathAutomaton automaton;
  private final PathAutomaton.Piece[] pieces;

  /** What must hold for the nodes between pieces, by their index in the path. */
  private final @Nullable Evaluator[] nodeConditions;

  private final AdjacencyCursor cursor = new AdjacencyCursor();
  private final ReachedStates reached = new ReachedStates();
  private int steps;
  private @Nullable Batch batch;
  private int row;
  private int start;
  private int target;

  /** The length of the present trails, whether they are being walked, and whether any is longer. */
  int length;

  private boolean walking;
  private boolean longer;
  private boolean emptyTried;

  /** The beginning of the automaton whose turn is next. */
  private int beginning;

  // The walk: level d of the stack holds the untried steps from the d-th node, entries levelNext[d]
  // to levelEnd[d] of the step arrays. A step leads to a node, and to a place in the pattern.
  private int depth;
  private int[] levelNext = new int[9];
  private int[] levelEnd = new int[9];
  private int[] stepRelationships = new int[32];
  private int[] stepNodes = new int[32];
  private int[] stepPieces = new int[32];
  private int[] stepRepetitions = new int[32];
  private int[] stepOffsets = new int[32];
  private int stepCount;
  private final BitSet onTrail = new BitSet();

  /** The present trail: its relationships, the piece of each of them, and its nodes. */
  int[] relationships = new int[8];

  int[] pieceOf = new int[9];
  int[] nodes = new int[9];

  TrailSearch(
      QueryState state,
      Plan.SelectedPaths plan,
      PathAutomaton.Piece[] pieces,
      @Nullable Evaluator[] nodeConditions) {
    this.state = state;
    this.plan = plan;
    this.pieces = pieces;
    this.automaton = new PathAutomaton(pieces);
    this.nodeConditions = nodeConditions;
  }

  /** Takes a row, whose values conditions see. */
  void begin(Batch from, int newRow, int newStart) {
    batch = from;
    row = newRow;
    start = newStart;
  }

  // ---- Conditions -----------------------------------------------------------------------------

  private boolean holds(@Nullable Evaluator condition) {
    Batch from = batch;
    return condition == null || from == null || Evaluator.isTrue(condition.value(from, row));
  }

  /** Whether a node may be all the nodes of the path from one to another one. */
  private boolean mayBe(int node, int first, int last) {
    for (int i = first; i <= last && i < pieces.length; i++) {
      if (nodeConditions[i] != null) {
        state.locals[plan.nodes().get(i)] = new NodeReference(node);
        if (!holds(nodeConditions[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a relationship may be one of a piece of single steps. */
  private boolean mayFollow(PathAutomaton.Piece piece, int from, int relationship, int to) {
    if (piece.each == null || piece.length > 1) {
      return true;
    }
    setStep(piece, 0, from, relationship, to);
    return holds(piece.each);
  }

  private void setStep(PathAutomaton.Piece piece, int offset, int from, int relationship, int to) {
    Repetition repetition = piece.plan.repetition();
    state.locals[repetition.nodes().get(offset)] = new NodeReference(from);
    state.locals[repetition.nodes().get(offset + 1)] = new NodeReference(to);
    state.locals[repetition.steps().get(offset).relationship()] =
        new RelationshipReference(relationship);
  }

  /** Whether the last relationships of the trail and one more may be a repetition of a piece. */
  private boolean mayRepeat(PathAutomaton.Piece piece, int relationship, int to) {
    if (piece.each == null) {
      return true;
    }
    int last = piece.length - 1;
    for (int offset = 0; offset < last; offset++) {
      int at = depth - last + offset;
      setStep(piece, offset, nodes[at], relationships[at], nodes[at + 1]);
    }
    setStep(piece, last, nodes[depth], relationship, to);
    return holds(piece.each);
  }

  private void checkCancelled() {
    if (++steps == STEPS_BETWEEN_CHECKS) {
      steps = 0;
      state.checkCancelled();
    }
  }

  // ---- Breadth first --------------------------------------------------------------------------

  /** The nodes at which a path from the start may end, as far as the automaton knows. */
  int[] ends() {
    reached.clear();
    for (PathAutomaton.Transition beginning : automaton.beginnings) {
      if (mayBe(start, 1, beginning.crossed())) {
        reached.add(start, beginning.to(), 0);
      }
    }
    while (!reached.isExhausted()) {
      extend(true);
    }
    int[] ends = new int[reached.size];
    int count = 0;
    for (int i = 0; i < reached.size; i++) {
      if (reached.states[i] == automaton.accepted) {
        ends[count++] = reached.nodes[i];
      }
    }
    return Arrays.copyOf(ends, count);
  }

  /** Takes the search a level further, forward or back. */
  private void extend(boolean forward) {
    int end = reached.size;
    for (int place = reached.level; place < end; place++) {
      int at = reached.states[place];
      for (PathAutomaton.Transition transition :
          forward ? automaton.outgoing.get(at) : automaton.incoming.get(at)) {
        follow(reached.nodes[place], transition, forward, reached.depth + 1);
      }
    }
    reached.level = end;
    reached.depth++;
  }

  private void follow(int node, PathAutomaton.Transition transition, boolean forward, int atDepth) {
    PathAutomaton.Piece piece = pieces[transition.piece()];
    int firstCrossed = transition.piece() + 1;
    int lastCrossed = transition.piece() + transition.crossed();
    if (!forward && !mayBe(node, firstCrossed, lastCrossed)) {
      return;
    }
    Direction direction = piece.directions[transition.offset()];
    Direction gone = forward ? direction : direction.reversed();
    int to = forward ? transition.to() : transition.from();
    for (int type : piece.types[transition.offset()].ids()) {
      state.graph.neighbours(node, gone, type, cursor);
      while (cursor.nextSegment()) {
        int[] found = cursor.relationships;
        int[] neighbours = cursor.neighbours;
        int last = cursor.to;
        for (int i = cursor.from; i < last; i++) {
          checkCancelled();
          int neighbour = neighbours[i];
          int left = forward ? node : neighbour;
          int right = forward ? neighbour : node;
          if (reached.depthOf(neighbour, to) < 0
              && mayFollow(piece, left, found[i], right)
              && (!forward || mayBe(neighbour, firstCrossed, lastCrossed))) {
            reached.add(neighbour, to, atDepth);
          }
        }
      }
    }
  }

  /** Begins with the trails to a node. */
  void search(int to) {
    target = to;
    walking = false;
    onTrail.clear();
    reached.clear();
    reached.add(to, automaton.accepted, 0);
    length = 0;
    longer = true;
    emptyTried = false;
    while (nearest() < 0) {
      if (reached.isExhausted()) {
        longer = false;
        return;
      }
      extend(false);
    }
    length = nearest();
  }

  /** How far the target is from the start, or -1 as long as that is not known. */
  private int nearest() {
    int nearest = -1;
    for (PathAutomaton.Transition beginning : automaton.beginnings) {
      int far = reached.depthOf(start, beginning.to());
      if (far >= 0 && (nearest < 0 || far < nearest)) {
        nearest = far;
      }
    }
    return nearest;
  }

  // ---- Depth first ----------------------------------------------------------------------------

  /** Walks on to the next trail; false when there is none any more. */
  boolean next() {
    while (true) {
      if (!walking) {
        if (!longer) {
          return false;
        }
        if (length == 0) {
          boolean first = !emptyTried;
          emptyTried = true;
          if (first && isEmptyPath()) {
            return true;
          }
          length = 1;
        }
        startLength();
      }
      if (walk()) {
        return true;
      }
      walking = false;
      length++;
    }
  }

  /** Whether the pattern may have no relationship at all, and the start is the target. */
  private boolean isEmptyPath() {
    PathAutomaton.Transition shortest = automaton.beginnings.get(automaton.beginnings.size() - 1);
    nodes[0] = start;
    return start == target
        && shortest.to() == automaton.accepted
        && mayBe(start, 1, shortest.crossed());
  }

  private void startLength() {
    while (reached.depth < length && !reached.isExhausted()) {
      extend(false);
    }
    longer = false;
    walking = true;
    depth = 0;
    onTrail.clear();
    nodes[0] = start;
    // The first level holds the beginnings: each is opened when its turn comes.
    beginning = 0;
    levelNext[0] = 0;
    levelEnd[0] = 0;
  }

  private boolean openBeginning() {
    while (beginning < automaton.beginnings.size()) {
      PathAutomaton.Transition next = automaton.beginnings.get(beginning++);
      if (next.to() != automaton.accepted && mayBe(start, 1, next.crossed())) {
        open(next.crossed(), 0, 0, 0);
        return true;
      }
    }
    return false;
  }

  private boolean walk() {
    while (true) {
      if (levelNext[depth] == levelEnd[depth]) {
        if (depth == 0) {
          if (!openBeginning()) {
            return false;
          }
        } else {
          depth--;
          onTrail.clear(relationships[depth]);
        }
        continue;
      }
      int step = levelNext[depth]++;
      relationships[depth] = stepRelationships[step];
      nodes[depth + 1] = stepNodes[step];
      if (depth + 1 == length) {
        return true;
      }
      onTrail.set(relationships[depth]);
      depth++;
      if (depth + 1 >= relationships.length) {
        growTrail();
      }
      open(stepPieces[step], stepRepetitions[step], stepOffsets[step], levelEnd[depth - 1]);
    }
  }

  private void growTrail() {
    int larger = relationships.length * 2;
    relationships = Arrays.copyOf(relationships, larger);
    nodes = Arrays.copyOf(nodes, larger + 1);
    pieceOf = Arrays.copyOf(pieceOf, larger + 1);
    levelNext = Arrays.copyOf(levelNext, larger + 1);
    levelEnd = Arrays.copyOf(levelEnd, larger + 1);
  }

  /** Puts the steps from the last node on the stack from which the target is reached in time. */
  private void open(int pieceIndex, int repetitions, int offset, int base) {
    PathAutomaton.Piece piece = pieces[pieceIndex];
    pieceOf[depth] = pieceIndex;
    stepCount = base;
    for (int type : piece.types[offset].ids()) {
      state.graph.neighbours(nodes[depth], piece.directions[offset], type, cursor);
      while (cursor.nextSegment()) {
        int[] found = cursor.relationships;
        int[] neighbours = cursor.neighbours;
        int last = cursor.to;
        for (int i = cursor.from; i < last; i++) {
          checkCancelled();
          if (!onTrail.get(found[i])) {
            addSteps(pieceIndex, repetitions, offset, found[i], neighbours[i]);
          }
        }
      }
    }
    levelNext[depth] = base;
    levelEnd[depth] = stepCount;
  }

  /** Adds a step for each place in the pattern to which a relationship may lead. */
  private void addSteps(int pieceIndex, int repetitions, int offset, int relationship, int node) {
    PathAutomaton.Piece piece = pieces[pieceIndex];
    if (offset + 1 < piece.length) {
      addStep(pieceIndex, repetitions, offset + 1, relationship, node);
      return;
    }
    if (!mayRepeat(piece, relationship, node)) {
      return;
    }
    int done = repetitions + 1;
    if (done < piece.maximum) {
      addStep(pieceIndex, done, 0, relationship, node);
    }
    if (done >= piece.minimum) {
      int next = pieceIndex + 1;
      while (mayBe(node, next, next)) {
        addStep(next, 0, 0, relationship, node);
        if (next == pieces.length || pieces[next].minimum > 0) {
          return;
        }
        next++;
      }
    }
  }

  private void addStep(int pieceIndex, int repetitions, int offset, int relationship, int node) {
    boolean complete = pieceIndex == pieces.length;
    int at = complete ? automaton.accepted : pieces[pieceIndex].state(repetitions, offset);
    int left = length - depth - 1;
    int far = reached.depthOf(node, at);
    if (far < 0 || far > left) {
      // What the search has not reached yet is further away than the present length.
      longer |= far >= 0 || !complete && !reached.isExhausted();
      return;
    } else if (complete && left > 0) {
      return;
    }
    if (stepCount == stepNodes.length) {
      int larger = stepCount * 2;
      stepNodes = Arrays.copyOf(stepNodes, larger);
      stepRelationships = Arrays.copyOf(stepRelationships, larger);
      stepPieces = Arrays.copyOf(stepPieces, larger);
      stepRepetitions = Arrays.copyOf(stepRepetitions, larger);
      stepOffsets = Arrays.copyOf(stepOffsets, larger);
    }
    stepRelationships[stepCount] = relationship;
    stepNodes[stepCount] = node;
    stepPieces[stepCount] = pieceIndex;
    stepRepetitions[stepCount] = repetitions;
    stepOffsets[stepCount++] = offset;
  }
}
