package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;

/** Finds the strings of a TEXT index that have all grams of a longer string. */
final class GramSearch {
  /** Of a long string not every gram is looked at. */
  private static final int MOST_GRAMS = 32;

  /** How many grams are met with each other at most. */
  private static final int MOST_MET = 4;

  /** A gram that has so many times the strings of the rarest one is not worth to be met. */
  private static final int TOO_FREQUENT = 16;

  private final IndexTree tree;
  private final List<Long> grams = new ArrayList<>();
  private final int[] counts;

  GramSearch(IndexTree tree, String part) {
    this.tree = tree;
    int last = part.length() - IndexEntries.GRAM;
    int step = 1 + last / MOST_GRAMS;
    for (int at = 0; at <= last; at += step) {
      long gram = IndexEntries.gram(part, at);
      if (!grams.contains(gram)) {
        grams.add(gram);
      }
    }
    this.counts = new int[grams.size()];
    for (int i = 0; i < counts.length; i++) {
      Long gram = grams.get(i);
      counts[i] = tree.count(Edge.beforeValue(gram), Edge.behindValue(gram));
    }
  }

  /** How many strings have the rarest gram. */
  int fewest() {
    return counts[rarest(-1, new boolean[counts.length])];
  }

  /** What is left when the rarest grams are met; those that have them all are among it. */
  IndexCursor find() {
    boolean[] done = new boolean[counts.length];
    int first = rarest(-1, done);
    int[] ids = ids(first);
    int count = ids.length;
    done[first] = true;
    for (int met = 1; met < MOST_MET && count > 0; met++) {
      int next = rarest(first, done);
      if (next == first || counts[next] / TOO_FREQUENT > count) {
        break;
      }
      done[next] = true;
      count = meet(ids, count, ids(next));
    }
    return IndexCursors.of(ids, count);
  }

  /** The rarest gram that is not done; the other when there is none. */
  private int rarest(int other, boolean[] done) {
    int rarest = other;
    for (int i = 0; i < counts.length; i++) {
      if (!done[i] && (rarest == other || counts[i] < counts[rarest])) {
        rarest = i;
      }
    }
    return rarest;
  }

  private int[] ids(int place) {
    Long gram = grams.get(place);
    return IndexTree.ids(
        tree.between(Edge.beforeValue(gram), Edge.behindValue(gram), false), counts[place]);
  }

  /** Keeps the ids that are in both, which ascend. */
  private static int meet(int[] ids, int count, int[] others) {
    int kept = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      while (at < others.length && others[at] < ids[i]) {
        at++;
      }
      if (at < others.length && others[at] == ids[i]) {
        ids[kept++] = ids[i];
      }
    }
    return kept;
  }
}
