package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * All trails between two nodes in the order of their lengths, one after another. For each length it
 * walks depth first, and only where the target can still be reached in time, which a search from
 * the target has found out before. For trails no shorter than others that were found, for all of
 * the shortest, and for those with a condition on the whole.
 */
final class ShortestTrails {
  private final PathSearch search;
  private int start;
  private int target;
  private int maximum;

  /** The length that is being walked, and whether longer trails may exist. */
  private int length;

  private boolean longer;
  private boolean walking;

  private int depth;
  private int[] levelNext = new int[8];
  private int[] levelEnd = new int[8];
  private int[] trail = new int[8];
  private int[] stepRelationships = new int[32];
  private int[] stepNodes = new int[32];
  private int stepCount;
  private final BitSet onTrail = new BitSet();

  ShortestTrails(PathSearch search) {
    this.search = search;
  }

  /**
   * Begins anew.
   *
   * @param minimum the length of the shortest trails that count
   * @param maximum of the longest
   */
  void begin(int from, int to, int minimum, int maximum) {
    start = from;
    target = to;
    this.maximum = maximum;
    search.reachAllBack(to, maximum);
    int nearest = distance(from);
    length = Math.max(minimum, nearest);
    longer = nearest >= 0;
    walking = false;
    depth = 0;
    onTrail.clear();
  }

  /** Ends the present length: the next trail is a longer one. */
  void skipLength() {
    walking = false;
    length++;
    longer = true;
  }

  private int distance(int node) {
    int place = search.backward.find(node);
    return place < 0 ? -1 : search.backward.depths[place];
  }

  /** The next trail, or null when there is none any more. */
  int @Nullable [] next() {
    while (true) {
      if (!walking) {
        if (!longer || length > maximum) {
          return null;
        }
        longer = false;
        walking = true;
        depth = 0;
        onTrail.clear();
        if (length == 0) {
          walking = false;
          length = 1;
          longer = true;
          if (start == target) {
            return new int[0];
          }
          continue;
        }
        open(start, 0);
      }
      if (walk()) {
        // It may go on from the target and come back.
        longer = true;
        return Arrays.copyOf(trail, length);
      }
      walking = false;
      length++;
    }
  }

  /** Goes on to the next trail of the present length. */
  private boolean walk() {
    while (true) {
      if (levelNext[depth] == levelEnd[depth]) {
        if (depth == 0) {
          return false;
        }
        depth--;
        onTrail.clear(trail[depth]);
        continue;
      }
      int step = levelNext[depth]++;
      int relationship = stepRelationships[step];
      if (onTrail.get(relationship)) {
        continue;
      }
      int node = stepNodes[step];
      if (depth + 1 == length) {
        trail[depth] = relationship;
        return true;
      }
      push(relationship);
      open(node, levelEnd[depth - 1]);
    }
  }

  private void push(int relationship) {
    onTrail.set(relationship);
    trail[depth++] = relationship;
    if (depth + 1 >= trail.length) {
      trail = Arrays.copyOf(trail, depth * 2 + 2);
      levelNext = Arrays.copyOf(levelNext, depth * 2 + 2);
      levelEnd = Arrays.copyOf(levelEnd, depth * 2 + 2);
    }
  }

  /** Puts the steps from a node on the stack from which the target is reached in time. */
  private void open(int node, int base) {
    stepCount = base;
    int left = length - depth - 1;
    search.steps(
        node,
        false,
        (relationship, next) -> {
          int distance = onTrail.get(relationship) ? -1 : distance(next);
          if (distance > left) {
            longer = true;
          } else if (distance >= 0) {
            addStep(relationship, next);
          }
          return true;
        });
    levelNext[depth] = base;
    levelEnd[depth] = stepCount;
  }

  private void addStep(int relationship, int node) {
    if (stepCount == stepNodes.length) {
      stepNodes = Arrays.copyOf(stepNodes, stepCount * 2);
      stepRelationships = Arrays.copyOf(stepRelationships, stepCount * 2);
    }
    stepRelationships[stepCount] = relationship;
    stepNodes[stepCount++] = node;
  }
}
