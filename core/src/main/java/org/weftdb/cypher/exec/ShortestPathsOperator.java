package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.NodeReference;

/**
 * For each row, the shortest trails to the node at the other end, or to each node that can be
 * reached.
 *
 * <p>One trail without a condition on the whole is found by {@link PathSearch}. More than one,
 * those with a condition, and those with a minimum that a search would not heed, come from {@link
 * ShortestTrails}.
 */
final class ShortestPathsOperator extends FanOutOperator {
  private final Plan.ShortestPaths plan;
  private final Plan.Hop hop;
  private final PathCount count;
  private final @Nullable Evaluator condition;
  private final HopColumns columns;
  private final int maximum;

  /** Whether the first trail that a search finds is all that is wanted of a target. */
  private boolean simple;

  private final PathSearch search;
  private final ShortestTrails trails;

  // The row in work.
  private boolean working;
  private @Nullable Batch batch;
  private int row;
  private int start;

  /** The nodes to find trails to, and the one that is next. */
  private int[] targets = {};

  private int nextTarget;

  /** The trails of the present target still to come, when they come from {@link #trails}. */
  private boolean walking;

  private long found;
  private int foundLength;

  /**
   * @param each condition on a step, or null
   * @param condition on a whole trail, or null
   * @param above slots that are read above
   */
  ShortestPathsOperator(
      Frame frame,
      Plan.ShortestPaths plan,
      PathCount count,
      @Nullable Evaluator each,
      @Nullable Evaluator condition,
      BitSet above) {
    super(frame);
    this.plan = plan;
    this.count = count;
    this.hop = plan.hop();
    this.condition = condition;
    this.columns = new HopColumns(hop, above);
    this.maximum = plan.maximum() < 0 ? Integer.MAX_VALUE : plan.maximum();
    this.search = new PathSearch(state, plan, each);
    this.trails = new ShortestTrails(search);
  }

  @Override
  void prepare() {
    count.read();
    simple = !count.groups && count.most == 1 && plan.minimum() <= 1 && condition == null;
  }

  @Override
  void clearRow() {
    working = false;
    walking = false;
  }

  @Override
  boolean rowOpen() {
    return working;
  }

  @Override
  void reserve() {
    columns.reserve(capacity);
  }

  @Override
  void fillColumns(int n) {
    columns.fill(output, n);
  }

  @Override
  void startRow(Batch from, int newRow) {
    start = Entities.node(from.column(hop.from()), newRow);
    int target = hop.into() ? Entities.node(from.column(hop.to()), newRow) : -1;
    if (start < 0 || (hop.into() && target < 0)) {
      return;
    }
    batch = from;
    row = newRow;
    search.begin(from, newRow);
    working = true;
    walking = false;
    nextTarget = 0;
    if (hop.into()) {
      targets = new int[] {target};
    } else {
      search.reachAll(start, maximum);
      // The start comes last: to find a way back to it takes searches of their own.
      targets = new int[search.forward.size];
      System.arraycopy(search.forward.nodes, 1, targets, 0, targets.length - 1);
      targets[targets.length - 1] = start;
    }
  }

  @Override
  int take(Batch from, int first) {
    while (true) {
      if (walking) {
        int[] trail = nextTrail();
        if (trail != null) {
          put(first, targets[nextTarget - 1], trail);
          return first + 1;
        }
        walking = false;
      }
      if (nextTarget == targets.length) {
        working = false;
        return first;
      }
      int target = targets[nextTarget++];
      int[] trail = simple ? simpleTrail(target) : firstTrail(target);
      if (trail != null) {
        put(first, target, trail);
        return first + 1;
      }
    }
  }

  /** The one trail that is wanted, or null. */
  private int @Nullable [] simpleTrail(int target) {
    if (target == start) {
      return plan.minimum() == 0 ? new int[0] : search.cycle(start, maximum);
    } else if (!hop.into()) {
      return search.pathTo(search.forward.find(target));
    }
    return search.distance(start, target, maximum, false) < 0 ? null : search.path();
  }

  /** Begins the trails to a target; the first of them is given when it is found at once. */
  private int @Nullable [] firstTrail(int target) {
    int least = plan.minimum();
    int most = maximum;
    boolean onlyShortest = count.groups && count.most == 1 && condition == null;
    if (onlyShortest && target != start && least <= 1) {
      least = search.distance(start, target, maximum, false);
      most = least;
      if (least < 0) {
        return null;
      }
    }
    trails.begin(start, target, least, most);
    walking = true;
    found = 0;
    foundLength = -1;
    return null;
  }

  /** The next trail of the present target that counts. */
  private int @Nullable [] nextTrail() {
    while (true) {
      boolean groups = count.groups;
      if (!groups && found == count.most) {
        return null;
      }
      int[] trail = trails.next();
      if (trail == null) {
        return null;
      }
      if (groups && trail.length != foundLength && found == count.most) {
        return null;
      }
      if (holds(trail)) {
        if (!groups || trail.length != foundLength) {
          found++;
        }
        foundLength = trail.length;
        return trail;
      }
    }
  }

  private boolean holds(int[] trail) {
    Evaluator whole = condition;
    Batch from = batch;
    if (whole == null || from == null) {
      return true;
    }
    state.locals[hop.relationship()] = list(trail);
    if (!hop.into()) {
      state.locals[hop.to()] = new NodeReference(targets[nextTarget - 1]);
    }
    return Evaluator.isTrue(whole.value(from, row));
  }

  private Trail list(int[] trail) {
    Trail list = Trail.empty(plan.reversed());
    for (int relationship : trail) {
      list = list.with(relationship);
    }
    return list;
  }

  private void put(int place, int target, int[] trail) {
    columns.set(place, target, columns.listWanted ? list(trail) : null);
  }
}
