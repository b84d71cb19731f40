package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;

/**
 * The nodes to which the two hops of a {@link Plan.Intersect} both lead, for one row after another,
 * in the order of their ids.
 *
 * <p>The lists of both ends are sorted, and so are merged; whichever is behind skips to the other
 * with steps that double, so that what a short list leaves out of a long one is not looked at. Rows
 * that follow one another often have one end in common, such as {@code a} of {@code
 * (a)-->(b)-->(c)-->(a)}. Its list is marked once it was compared with others that are as long in
 * all, or is likely to be; from then on the others are walked along and compared with the marks.
 *
 * <p>What is left of a row in work may be copied out of the graph. The memory of the copies is
 * counted; the marks are small.
 */
final class Intersection {
  /** A list that is so many times as long as the marked one is merged all the same. */
  private static final int MUCH_LONGER = 16;

  private final SortedHop first;
  private final SortedHop second;
  private final int firstFrom;
  private final int secondFrom;
  private final Entities.Excluded excludedFirst;
  private final Entities.Excluded excludedSecond;
  private final boolean distinct;
  private final NodeMarks marks = new NodeMarks();
  private final QueryMemory.Share memory;

  /** The hop whose list is marked, as long as it starts from the same node. */
  private @Nullable SortedHop marked;

  /** The hop that is walked along when the list of the other is marked, or null. */
  private @Nullable SortedHop walked;

  /** Whether the marked list is not opened for the row yet. */
  private boolean unopened;

  // The common node in work: the second hop's relationships to it, for each of the first hop's.
  private boolean open;
  private boolean mustDiffer;
  private int[] run = new int[4];
  private int runLength;
  private int runPosition;

  Intersection(QueryState state, Plan.Intersect plan) {
    this.first = new SortedHop(state, plan.first());
    this.second = new SortedHop(state, plan.second());
    this.firstFrom = plan.first().from();
    this.secondFrom = plan.second().from();
    this.distinct = plan.distinct();
    this.excludedFirst = new Entities.Excluded(plan.first().distinctFrom());
    this.excludedSecond = new Entities.Excluded(plan.second().distinctFrom());
    this.memory = state.memory.share("intersecting relationships");
  }

  /** Forgets the row in work. */
  void clear() {
    open = false;
  }

  /** Forgets what a write may have changed. */
  void forgetMarks() {
    marked = null;
    first.forget();
    second.forget();
  }

  /** Whether the row in work may have more. */
  boolean isOpen() {
    return open;
  }

  /** Takes a row to work. */
  void start(Batch from, int row) {
    int x = Entities.node(from.column(firstFrom), row);
    int y = Entities.node(from.column(secondFrom), row);
    open = x >= 0 && y >= 0 && meet(x, y);
    if (open) {
      // Two hops from different nodes cannot take the same relationship to the same node.
      mustDiffer = distinct && x == y;
      excludedFirst.read(from, row);
      excludedSecond.read(from, row);
      readRun();
    }
  }

  /** Goes to the first node that both nodes lead to; false when there is none. */
  private boolean meet(int x, int y) {
    // What is the same as in the row before is what may be marked.
    boolean byFirst = x == first.node() && y != second.node();
    SortedHop along = byFirst ? second : first;
    SortedHop other = byFirst ? first : second;
    open(along, byFirst ? y : x);
    if (!along.isOpen()) {
      return false;
    }
    int node = byFirst ? x : y;
    if (mark(other, node, along.size())) {
      walked = along;
      unopened = true;
    } else {
      walked = null;
    }
    return nextCommon();
  }

  private void open(SortedHop hop, int node) {
    if (marked == hop && node != hop.node()) {
      marked = null;
    }
    hop.open(node);
  }

  /**
   * Marks the list of a node when that pays; otherwise it is open from its beginning.
   *
   * @param entries how many it is compared with now
   */
  private boolean mark(SortedHop hop, int node, int entries) {
    boolean again = node == hop.node();
    if (again) {
      hop.compared(entries);
    }
    if (!again || marked != hop) {
      open(hop, node);
      if (!hop.isWorthMarking()) {
        return false;
      }
      marks.clear(hop.size());
      hop.mark(marks);
      marked = hop;
    }
    if (entries > MUCH_LONGER * (long) hop.size()) {
      open(hop, node);
      return false;
    }
    return true;
  }

  /** Goes on to a node that both lead to; false when there is none. */
  private boolean nextCommon() {
    SortedHop along = walked;
    if (along == null) {
      return merge();
    }
    SortedHop other = along == first ? second : first;
    while (along.skipTo(marks)) {
      if (unopened) {
        other.open(other.node());
        unopened = false;
      }
      int node = along.neighbour();
      if (!other.skipTo(node)) {
        return false;
      }
      if (other.neighbour() == node) {
        return true;
      }
      if (!along.next()) {
        return false;
      }
    }
    return false;
  }

  private boolean merge() {
    while (first.isOpen() && second.isOpen()) {
      int x = first.neighbour();
      int y = second.neighbour();
      if (x == y) {
        return true;
      }
      if (x < y ? !first.skipTo(y) : !second.skipTo(x)) {
        return false;
      }
    }
    return false;
  }

  /** Reads the second hop's relationships to the common node. */
  private void readRun() {
    int node = second.neighbour();
    runLength = 0;
    runPosition = 0;
    do {
      int relationship = second.relationship();
      if (!excludedSecond.contains(relationship)) {
        if (runLength == run.length) {
          run = Arrays.copyOf(run, runLength * 2);
          keep();
        }
        run[runLength++] = relationship;
      }
    } while (second.next() && second.neighbour() == node);
  }

  /**
   * Gives the next rows of the row in work.
   *
   * @param rows the arrays that they are put into, from {@code from} to before {@code to}
   * @return the place behind the last
   */
  int take(Rows rows, int from, int to) {
    int n = from;
    while (open && n < to) {
      n = takeRun(rows, n, to);
    }
    return n;
  }

  /** What rows get. */
  static final class Rows {
    int[] nodes = new int[Batch.FIRST_ROWS];
    int[] firsts = new int[Batch.FIRST_ROWS];
    int[] seconds = new int[Batch.FIRST_ROWS];

    void reserve(int capacity) {
      if (nodes.length < capacity) {
        nodes = new int[capacity];
        firsts = new int[capacity];
        seconds = new int[capacity];
      }
    }
  }

  /** Gives rows of the common node in work. */
  private int takeRun(Rows rows, int from, int to) {
    int node = first.neighbour();
    int n = from;
    while (true) {
      int relationship = first.relationship();
      if (!excludedFirst.contains(relationship)) {
        while (runPosition < runLength) {
          if (n == to) {
            return n;
          }
          int other = run[runPosition++];
          if (!mustDiffer || other != relationship) {
            rows.nodes[n] = node;
            rows.firsts[n] = relationship;
            rows.seconds[n++] = other;
          }
        }
      }
      runPosition = 0;
      if (!first.next() || first.neighbour() != node) {
        open = first.isOpen() && nextCommon();
        if (open) {
          readRun();
        }
        return n;
      }
    }
  }

  /** Copies what is left of the row in work out of the graph, which is about to be written to. */
  void copy() {
    walked = null;
    first.copy();
    second.copy();
    keep();
  }

  private void keep() {
    memory.set(first.copyBytes() + second.copyBytes() + 4L * run.length);
  }
}
