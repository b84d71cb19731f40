package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cursors over the entries of a tree and over ids that were found by other means. */
final class IndexCursors {
  private static final IndexCursor NOTHING = (out, offset, max) -> 0;

  private IndexCursors() {}

  static IndexCursor nothing() {
    return NOTHING;
  }

  /** The entries of a tree between two ranks. */
  static IndexCursor of(@Nullable IndexPage tree, int from, int to, boolean descending) {
    if (tree == null || from >= to) {
      return NOTHING;
    }
    return descending ? new Descending(tree, from, to) : new Ascending(tree, from, to);
  }

  /** The first of some ids. */
  static IndexCursor of(int[] ids, int count) {
    return new OfArray(ids, count);
  }

  /** What several cursors give, one after another. */
  static IndexCursor of(List<IndexCursor> cursors) {
    return cursors.size() == 1 ? cursors.get(0) : new Sequence(cursors);
  }

  /** Asks each cursor until it gives nothing more. */
  private static final class Sequence implements IndexCursor {
    private final List<IndexCursor> cursors;
    private int current;

    Sequence(List<IndexCursor> cursors) {
      this.cursors = List.copyOf(cursors);
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      while (current < cursors.size() && written < max) {
        int n = cursors.get(current).fill(out, offset + written, max - written);
        written += n;
        current += n == 0 ? 1 : 0;
      }
      return written;
    }
  }

  /** Walks the entries of a tree from one rank to another, leaf by leaf. */
  private static final class Ascending implements IndexCursor {
    private final IndexPage tree;
    private int rank;
    private final int end;

    Ascending(IndexPage tree, int from, int to) {
      this.tree = tree;
      this.rank = from;
      this.end = to;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      while (rank < end && written < max) {
        IndexTree.Place place = IndexTree.Place.of(tree, rank);
        IndexPage leaf = place.leaf();
        int count = Math.min(Math.min(leaf.count - place.at(), end - rank), max - written);
        for (int i = 0; i < count; i++) {
          out[offset + written + i] = leaf.ids[place.at() + i];
        }
        written += count;
        rank += count;
      }
      return written;
    }
  }

  /** The same from the last to the first. */
  private static final class Descending implements IndexCursor {
    private final IndexPage tree;
    private final int start;
    private int rank;

    Descending(IndexPage tree, int from, int to) {
      this.tree = tree;
      this.start = from;
      this.rank = to;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int written = 0;
      while (rank > start && written < max) {
        IndexTree.Place place = IndexTree.Place.of(tree, rank - 1);
        int count = Math.min(Math.min(place.at() + 1, rank - start), max - written);
        for (int i = 0; i < count; i++) {
          out[offset + written + i] = place.leaf().ids[place.at() - i];
        }
        written += count;
        rank -= count;
      }
      return written;
    }
  }

  /** Gives ids out of an array. */
  private static final class OfArray implements IndexCursor {
    private final int[] ids;
    private final int end;
    private int at;

    OfArray(int[] ids, int end) {
      this.ids = ids;
      this.end = end;
    }

    @Override
    public int fill(long[] out, int offset, int max) {
      int count = Math.min(max, end - at);
      for (int i = 0; i < count; i++) {
        out[offset + i] = ids[at++];
      }
      return count;
    }
  }
}
