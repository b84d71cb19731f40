package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Repetition;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.value.Direction;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

/**
 * For each row, a row for each trail. Walks depth first with a stack of its own, which holds the
 * untried steps of every node of the trail, and stops wherever a batch is full; so the length of a
 * trail is bounded by memory only, and the first row costs little.
 */
final class VariableLengthExpandOperator extends FanOutOperator {
  /** From this length on, a trail's relationships are found in a bitmap. */
  private static final int SHORT_TRAIL = 16;

  private static final int STEPS_BETWEEN_CHECKS = 4096;

  private final Plan.VariableLengthExpand plan;
  private final Plan.Hop hop;
  private final @Nullable Evaluator each;

  /**
   * What is followed from a node whose distance on the trail leaves this rest, in walking order.
   */
  private final Names.Types[] types;

  private final Direction[] directions;
  private final int stepsOfOne;
  private final int maximumSteps;
  private final Entities.Excluded excluded;
  private final QueryMemory.Share memory;
  private final HopColumns columns;
  private final AdjacencyCursor cursor = new AdjacencyCursor();

  private int steps;

  // The walk of the row in work. Level d of the stack holds the untried steps from the d-th node:
  // entries levelNext[d] to levelEnd[d] of the step arrays.
  private boolean walking;
  private boolean atStart;
  private int row;
  private int target;
  private int depth;
  private int[] levelNext = new int[8];
  private int[] levelEnd = new int[8];
  private int[] trail = new int[8];
  // trails[d] is the list of the first d relationships of the trail, for d up to trailsMade.
  private @Nullable Trail[] trails = new @Nullable Trail[9];
  private int trailsMade;
  private int[] stepRelationships = new int[32];
  private int[] stepNodes = new int[32];
  private int start;
  private long[] onTrail = {};

  /**
   * @param above slots that are read above
   */
  VariableLengthExpandOperator(
      Frame frame, Plan.VariableLengthExpand plan, @Nullable Evaluator each, BitSet above) {
    super(frame);
    this.plan = plan;
    this.hop = plan.hop();
    this.each = each;
    Repetition repetition = plan.repetition();
    this.stepsOfOne = repetition == null ? 1 : repetition.steps().size();
    this.types = new Names.Types[stepsOfOne];
    this.directions = new Direction[stepsOfOne];
    for (int i = 0; i < stepsOfOne; i++) {
      if (repetition == null) {
        types[i] = new Names.Types(state, hop.types());
        directions[i] = hop.direction();
      } else {
        Repetition.Step step = repetition.steps().get(plan.reversed() ? stepsOfOne - 1 - i : i);
        types[i] = new Names.Types(state, step.types());
        directions[i] = plan.reversed() ? step.direction().reversed() : step.direction();
      }
    }
    long most = plan.maximum() < 0 ? Integer.MAX_VALUE : (long) plan.maximum() * stepsOfOne;
    this.maximumSteps = (int) Math.min(Integer.MAX_VALUE, most);
    this.excluded = new Entities.Excluded(hop.distinctFrom());
    this.memory = state.memory.share("walking paths");
    this.columns = new HopColumns(hop, above);
    this.trails[0] = Trail.empty(plan.reversed());
  }

  @Override
  void clearRow() {
    endWalk();
  }

  @Override
  boolean rowOpen() {
    return walking;
  }

  @Override
  void fillColumns(int n) {
    columns.fill(output, n);
  }

  @Override
  void reserve() {
    columns.reserve(capacity);
  }

  @Override
  int take(Batch from, int first) {
    int end = nextTrail(from);
    if (end < 0) {
      return first;
    }
    columns.set(first, end, columns.listWanted ? trailList() : null);
    return first + 1;
  }

  @Override
  void startRow(Batch from, int newRow) {
    row = newRow;
    start = Entities.node(from.column(hop.from()), row);
    target = hop.into() ? Entities.node(from.column(hop.to()), row) : -1;
    if (start < 0 || (hop.into() && target < 0)) {
      return;
    }
    excluded.read(from, row);
    walking = true;
    atStart = true;
    depth = 0;
  }

  private void endWalk() {
    if (depth >= SHORT_TRAIL) {
      for (int i = 0; i < depth; i++) {
        setMark(trail[i], false);
      }
    }
    walking = false;
    depth = 0;
    trailsMade = 0;
  }

  /** Walks on to the next trail that counts; -1 when there is none any more. */
  private int nextTrail(Batch from) {
    if (atStart) {
      atStart = false;
      openLevel(start, 0);
      if (plan.minimum() <= 0 && arrives(start)) {
        return start;
      }
    }
    while (true) {
      if (levelNext[depth] == levelEnd[depth]) {
        if (depth == 0) {
          endWalk();
          return -1;
        }
        depth--;
        trailsMade = Math.min(trailsMade, depth);
        mark(trail[depth], false);
        continue;
      }
      if (++steps == STEPS_BETWEEN_CHECKS) {
        steps = 0;
        state.checkCancelled();
      }
      int step = levelNext[depth]++;
      int relationship = stepRelationships[step];
      if (isOnTrail(relationship) || excluded.contains(relationship)) {
        continue;
      }
      int node = stepNodes[step];
      if (!passes(from, relationship, node)) {
        continue;
      }
      push(relationship);
      openLevel(node, levelEnd[depth - 1]);
      if (depth % stepsOfOne == 0 && depth / stepsOfOne >= plan.minimum() && arrives(node)) {
        return node;
      }
    }
  }

  private boolean arrives(int node) {
    return !hop.into() || node == target;
  }

  /** Whether a step to a node may be made: at the end of each repetition all of it is known. */
  private boolean passes(Batch from, int relationship, int node) {
    if (each == null) {
      return true;
    }
    Repetition repetition = plan.repetition();
    if (repetition == null) {
      state.locals[plan.eachSlot()] = new RelationshipReference(relationship);
    } else if (depth % stepsOfOne == stepsOfOne - 1) {
      setLocals(repetition, relationship, node);
    } else {
      return true;
    }
    return Evaluator.isTrue(each.value(from, row));
  }

  /** Shows the condition a repetition, whose last step is not on the trail yet. */
  private void setLocals(Repetition repetition, int lastRelationship, int lastNode) {
    int node = lastNode;
    int relationship = lastRelationship;
    for (int walked = stepsOfOne; walked >= 0; walked--) {
      int place = plan.reversed() ? stepsOfOne - walked : walked;
      state.locals[repetition.nodes().get(place)] = new NodeReference(node);
      if (walked > 0) {
        int step = plan.reversed() ? stepsOfOne - walked : walked - 1;
        state.locals[repetition.steps().get(step).relationship()] =
            new RelationshipReference(relationship);
        int start = state.graph.startNode(relationship);
        node = start == node ? state.graph.endNode(relationship) : start;
        int before = depth - (stepsOfOne - walked) - 1;
        relationship = walked > 1 ? trail[before] : -1;
      }
    }
  }

  private void push(int relationship) {
    if (depth == trail.length) {
      trail = Arrays.copyOf(trail, depth * 2);
    }
    trail[depth++] = relationship;
    if (depth == SHORT_TRAIL) {
      for (int i = 0; i < depth; i++) {
        setMark(trail[i], true);
      }
    } else {
      mark(relationship, true);
    }
    if (depth == levelNext.length) {
      levelNext = Arrays.copyOf(levelNext, depth * 2);
      levelEnd = Arrays.copyOf(levelEnd, depth * 2);
    }
  }

  /** Keeps the bitmap; when the trail gets short again, the rest of it is wiped out. */
  private void mark(int relationship, boolean on) {
    if (depth >= SHORT_TRAIL) {
      setMark(relationship, on);
    } else if (!on && depth == SHORT_TRAIL - 1) {
      setMark(relationship, false);
      for (int i = 0; i < depth; i++) {
        setMark(trail[i], false);
      }
    }
  }

  private void setMark(int relationship, boolean on) {
    int word = relationship >> 6;
    if (word >= onTrail.length) {
      onTrail = Arrays.copyOf(onTrail, Math.max(word, state.graph.relationshipIdBound() >>> 6) + 1);
    }
    long bit = 1L << relationship;
    if (on) {
      onTrail[relationship >> 6] |= bit;
    } else {
      onTrail[relationship >> 6] &= ~bit;
    }
  }

  private boolean isOnTrail(int relationship) {
    if (depth >= SHORT_TRAIL) {
      int word = relationship >> 6;
      return word < onTrail.length && (onTrail[word] >>> relationship & 1) != 0;
    }
    for (int i = 0; i < depth; i++) {
      if (trail[i] == relationship) {
        return true;
      }
    }
    return false;
  }

  /** Puts the steps from a node on the stack, or none when the trail may not get longer. */
  private void openLevel(int node, int base) {
    int n = base;
    if (depth < maximumSteps) {
      int next = depth % stepsOfOne;
      for (int type : types[next].ids()) {
        state.graph.neighbours(node, directions[next], type, cursor);
        while (cursor.nextSegment()) {
          int count = cursor.to - cursor.from;
          if (n + count > stepNodes.length) {
            int larger = Math.max(n + count, stepNodes.length * 2);
            stepNodes = Arrays.copyOf(stepNodes, larger);
            stepRelationships = Arrays.copyOf(stepRelationships, larger);
            memory.set(8L * larger);
          }
          System.arraycopy(cursor.relationships, cursor.from, stepRelationships, n, count);
          System.arraycopy(cursor.neighbours, cursor.from, stepNodes, n, count);
          n += count;
        }
      }
    }
    levelNext[depth] = base;
    levelEnd[depth] = n;
  }

  /** The trail as it is now. Only what was walked since the last call is made anew. */
  private Trail trailList() {
    if (trails.length <= depth) {
      trails = Arrays.copyOf(trails, trail.length + 1);
    }
    for (int i = trailsMade; i < depth; i++) {
      trails[i + 1] = Objects.requireNonNull(trails[i]).with(trail[i]);
    }
    trailsMade = depth;
    return Objects.requireNonNull(trails[depth]);
  }
}
