package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Repetition;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.value.Direction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/**
 * Searches the shortest path between two nodes from both of them at once, level by level, always on
 * the side that has fewer nodes to go on from. Paths are relationships in walking order.
 */
final class PathSearch {
  private static final int STEPS_BETWEEN_CHECKS = 4096;
  private static final int NONE = -1;

  private final QueryState state;
  private final Plan.ShortestPaths plan;
  private final @Nullable Evaluator each;
  private final Names.Types types;
  private final Entities.Excluded excluded;
  private final AdjacencyCursor cursor = new AdjacencyCursor();
  final BreadthFirst forward = new BreadthFirst();
  final BreadthFirst backward = new BreadthFirst();
  private final QueryMemory.Share memory;
  private int steps;
  private @Nullable Batch batch;
  private int row;

  /** A relationship that must not be used, or -1. */
  private int forbidden = NONE;

  /** Where the sides have met. */
  private int meetForward;

  private int meetBackward;

  PathSearch(QueryState state, Plan.ShortestPaths plan, @Nullable Evaluator each) {
    this.state = state;
    this.plan = plan;
    this.each = each;
    this.types = new Names.Types(state, plan.hop().types());
    this.excluded = new Entities.Excluded(plan.hop().distinctFrom());
    this.memory = state.memory.share("searching paths");
  }

  /** Takes a row, whose values conditions see. */
  void begin(Batch from, int newRow) {
    batch = from;
    row = newRow;
    excluded.read(from, newRow);
  }

  /** What is done with a step of the graph. */
  @FunctionalInterface
  interface StepConsumer {
    /** Takes a step to a node; false ends the walk over the others. */
    boolean take(int relationship, int node);
  }

  /**
   * Goes over the steps from a node that may be made.
   *
   * @param back whether they are gone against the walking direction, towards the start
   */
  void steps(int node, boolean back, StepConsumer consumer) {
    Direction direction = plan.hop().direction();
    Direction gone = back ? direction.reversed() : direction;
    for (int type : types.ids()) {
      state.graph.neighbours(node, gone, type, cursor);
      while (cursor.nextSegment()) {
        int from = cursor.from;
        int to = cursor.to;
        int[] relationships = cursor.relationships;
        int[] neighbours = cursor.neighbours;
        for (int i = from; i < to; i++) {
          if (++steps == STEPS_BETWEEN_CHECKS) {
            steps = 0;
            state.checkCancelled();
            memory.set(forward.bytes() + backward.bytes());
          }
          int relationship = relationships[i];
          if (relationship != forbidden
              && !excluded.contains(relationship)
              && passes(relationship, node, neighbours[i], back)
              && !consumer.take(relationship, neighbours[i])) {
            return;
          }
        }
      }
    }
  }

  private boolean passes(int relationship, int node, int neighbour, boolean back) {
    Evaluator condition = each;
    Batch from = batch;
    if (condition == null || from == null) {
      return true;
    }
    Repetition repetition = plan.repetition();
    boolean leftward = back != plan.reversed();
    int left = repetition.nodes().get(0);
    int right = repetition.nodes().get(1);
    state.locals[leftward ? right : left] = new NodeReference(node);
    state.locals[leftward ? left : right] = new NodeReference(neighbour);
    state.locals[repetition.steps().get(0).relationship()] =
        new RelationshipReference(relationship);
    return Evaluator.isTrue(condition.value(from, row));
  }

  /**
   * Finds how long the shortest path between two different nodes is.
   *
   * @param maximum the longest path that counts
   * @param wholeLevel whether to go on until the level is complete, for {@link ShortestTrails}
   * @return its length, or -1 when there is none
   */
  int distance(int start, int target, int maximum, boolean wholeLevel) {
    forward.start(start);
    backward.start(target);
    while (forward.depth + backward.depth < maximum
        && forward.level < forward.size
        && backward.level < backward.size) {
      boolean ahead = forward.size - forward.level <= backward.size - backward.level;
      if (ahead
          ? meets(forward, backward, false, wholeLevel)
          : meets(backward, forward, true, wholeLevel)) {
        return forward.depths[meetForward] + backward.depths[meetBackward];
      }
    }
    return NONE;
  }

  /** Takes one side a level further; whether it has met the other. */
  private boolean meets(BreadthFirst side, BreadthFirst other, boolean back, boolean wholeLevel) {
    int end = side.size;
    int depth = side.depth + 1;
    boolean[] met = {false};
    for (int place = side.level; place < end && !(met[0] && !wholeLevel); place++) {
      int parent = place;
      steps(
          side.nodes[place],
          back,
          (relationship, node) -> {
            if (side.find(node) < 0) {
              int here = side.add(node, parent, relationship, depth);
              int there = other.find(node);
              if (there >= 0 && !met[0]) {
                met[0] = true;
                meetForward = back ? there : here;
                meetBackward = back ? here : there;
                return wholeLevel;
              }
            }
            return true;
          });
    }
    side.level = end;
    side.depth = depth;
    return met[0];
  }

  /** The path on which the two sides have met. */
  int[] path() {
    int ahead = forward.depths[meetForward];
    int[] path = new int[ahead + backward.depths[meetBackward]];
    int place = meetForward;
    for (int i = ahead - 1; i >= 0; i--) {
      path[i] = forward.relationships[place];
      place = forward.parents[place];
    }
    place = meetBackward;
    for (int i = ahead; i < path.length; i++) {
      path[i] = backward.relationships[place];
      place = backward.parents[place];
    }
    return path;
  }

  /** Reaches everything from the start, at most so far. */
  void reachAll(int start, int maximum) {
    reach(forward, start, maximum, false);
  }

  /** Reaches everything from where a target can be reached, at most so far. */
  void reachAllBack(int target, int maximum) {
    reach(backward, target, maximum, true);
  }

  private void reach(BreadthFirst side, int start, int maximum, boolean back) {
    side.start(start);
    while (side.depth < maximum && side.level < side.size) {
      int end = side.size;
      int depth = side.depth + 1;
      for (int place = side.level; place < end; place++) {
        int parent = place;
        steps(
            side.nodes[place],
            back,
            (relationship, node) -> {
              if (side.find(node) < 0) {
                side.add(node, parent, relationship, depth);
              }
              return true;
            });
      }
      side.level = end;
      side.depth = depth;
    }
  }

  /** The path to a node that {@link #reachAll} has reached. */
  int[] pathTo(int place) {
    int[] path = new int[forward.depths[place]];
    int at = place;
    for (int i = path.length - 1; i >= 0; i--) {
      path[i] = forward.relationships[at];
      at = forward.parents[at];
    }
    return path;
  }

  /** The shortest path from a node back to itself, or null. */
  int @Nullable [] cycle(int start, int maximum) {
    int[] firsts = new int[8];
    int[] nodes = new int[8];
    int[][] steps = {firsts, nodes};
    int[] count = {0};
    steps(
        start,
        false,
        (relationship, node) -> {
          if (count[0] == steps[0].length) {
            steps[0] = Arrays.copyOf(steps[0], count[0] * 2);
            steps[1] = Arrays.copyOf(steps[1], count[0] * 2);
          }
          steps[0][count[0]] = relationship;
          steps[1][count[0]++] = node;
          return true;
        });
    int[] best = null;
    for (int i = 0; i < count[0]; i++) {
      int most = (best == null ? maximum : Math.min(maximum, best.length - 1)) - 1;
      if (steps[1][i] == start) {
        return maximum >= 1 ? new int[] {steps[0][i]} : null;
      }
      forbidden = steps[0][i];
      if (most >= 1 && distance(steps[1][i], start, most, false) >= 0) {
        int[] rest = path();
        best = new int[rest.length + 1];
        best[0] = steps[0][i];
        System.arraycopy(rest, 0, best, 1, rest.length);
      }
      forbidden = NONE;
    }
    return best;
  }
}
