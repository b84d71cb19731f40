package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.AdjacencyCursor;

/**
 * Walks the relationships of a hop from one node in the order of the nodes that they lead to: those
 * of one type in one direction, of which the graph has sorted lists.
 */
final class SortedHop {
  private static final int[] NONE = {};

  private final QueryState state;
  private final Plan.Hop hop;
  private final Names.Types types;
  private final AdjacencyCursor cursor = new AdjacencyCursor();

  /** The node it starts from, or -1. */
  private int node = -1;

  /** About how many relationships it has there. */
  private int size;

  /** To how many entries of others those from the node were compared, about, but for the first. */
  private long compared;

  /** The same of the node before. */
  private long comparedBefore;

  // What is left of the present segment.
  private int[] neighbours = NONE;
  private int[] relationships = NONE;
  private int at;
  private int to;

  // All that is left, once it was copied out of the graph.
  private boolean copied;
  private int[] ownNeighbours = NONE;
  private int[] ownRelationships = NONE;

  SortedHop(QueryState state, Plan.Hop hop) {
    this.state = state;
    this.hop = hop;
    this.types = new Names.Types(state, hop.types());
  }

  /** Starts from a node; once more when it is the same. */
  void open(int from) {
    if (node != from) {
      node = from;
      comparedBefore = compared;
      compared = 0;
    }
    at = 0;
    to = 0;
    size = 0;
    int[] ids = types.ids();
    copied = ids.length == 0;
    if (!copied) {
      state.graph.neighbours(from, hop.direction(), ids[0], cursor);
      size = cursor.countAtMost();
      if (cursor.nextSegment()) {
        startSegment();
      }
    }
  }

  int node() {
    return node;
  }

  /** About how many relationships there are from the node, at least as many as there are. */
  int size() {
    return size;
  }

  /** Notes that the node has come again, with a list of so many entries. */
  void compared(int entries) {
    compared += entries;
  }

  /**
   * Whether it pays to mark the list, as much as is known: what it was compared with is as long, or
   * what the one before it was compared with, as nodes tend to come as often as others.
   */
  boolean isWorthMarking() {
    return Math.max(compared, comparedBefore) >= size && NodeMarks.hold(size);
  }

  /** Forgets how often nodes have come. */
  void forget() {
    node = -1;
    compared = 0;
    comparedBefore = 0;
  }

  /** Whether it is at a relationship. */
  boolean isOpen() {
    return at < to;
  }

  /** The node that the present relationship leads to. */
  int neighbour() {
    return neighbours[at];
  }

  int relationship() {
    return relationships[at];
  }

  /** Goes to the next relationship; false when there is none. */
  boolean next() {
    at++;
    return at < to || !copied && cursor.nextSegment() && startSegment();
  }

  /** Goes on to the first relationship that leads at least to a node; false when there is none. */
  boolean skipTo(int least) {
    int[] all = neighbours;
    int end = to;
    int low = at;
    // Most often it is near: steps that double, then halves.
    int high = low;
    for (int step = 1; high < end && all[high] < least; step <<= 1) {
      low = high + 1;
      high += step;
    }
    high = Math.min(high, end);
    while (low < high) {
      int middle = low + high >>> 1;
      if (all[middle] < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    at = low;
    return low < end || !copied && cursor.nextSegmentFrom(least) && startSegment();
  }

  /** Goes on to the first relationship whose end may be among some nodes; false at the end. */
  boolean skipTo(NodeMarks marks) {
    while (at < to) {
      int found = marks.find(neighbours, at, to);
      if (found < to) {
        at = found;
        return true;
      }
      at = to;
      if (copied || !cursor.nextSegment()) {
        return false;
      }
      startSegment();
    }
    return false;
  }

  /** Marks the ends of all relationships that are left, and goes behind the last. */
  void mark(NodeMarks marks) {
    while (at < to) {
      marks.add(neighbours, at, to);
      at = to;
      if (!copied && cursor.nextSegment()) {
        startSegment();
      }
    }
  }

  private boolean startSegment() {
    neighbours = cursor.neighbours;
    relationships = cursor.relationships;
    at = cursor.from;
    to = cursor.to;
    state.work(to - at);
    return true;
  }

  /** Copies what is left out of the graph, because a cursor does not outlive a write. */
  void copy() {
    if (copied) {
      return;
    }
    int count = 0;
    boolean more = at < to;
    while (more) {
      int length = to - at;
      if (count + length > ownNeighbours.length) {
        int larger = Math.max(count + length, count * 2);
        ownNeighbours = Arrays.copyOf(ownNeighbours, larger);
        ownRelationships = Arrays.copyOf(ownRelationships, larger);
      }
      System.arraycopy(neighbours, at, ownNeighbours, count, length);
      System.arraycopy(relationships, at, ownRelationships, count, length);
      count += length;
      more = cursor.nextSegment() && startSegment();
    }
    neighbours = ownNeighbours;
    relationships = ownRelationships;
    at = 0;
    to = count;
    copied = true;
  }

  /** The bytes of the copy. */
  long copyBytes() {
    return 8L * ownNeighbours.length;
  }
}
