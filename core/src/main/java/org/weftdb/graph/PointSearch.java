package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.value.CoordinateSystem;
import org.weftdb.value.PointBox;

/**
 * Finds the points of a POINT index that may be in a box: those between a bounded number of places
 * on the {@link PointCurve}.
 *
 * <p>The curve enters and leaves a box many times. The part between its first and its last place in
 * the box is cut in two where the curve crosses from one half of the box to the other, again and
 * again, the part with most entries first, until what is left has few entries or lies in the box as
 * a whole.
 */
final class PointSearch {
  private static final int MOST_PARTS = 256;

  /** A part with so few entries is not worth to be cut. */
  private static final int FEW_ENTRIES = 32;

  private final IndexTree tree;
  private final CoordinateSystem system;
  private final List<Part> parts = new ArrayList<>();

  /** A box of steps, its corners included, with the entries between its places on the curve. */
  private record Part(long[] from, long[] to, long start, long end, int count, boolean whole) {}

  PointSearch(IndexTree tree, PointBox box) {
    this.tree = tree;
    this.system = box.system();
    long minX = PointCurve.step(system, 0, box.minX());
    long maxX = PointCurve.step(system, 0, box.maxX());
    if (!box.isAround()) {
      add(minX, maxX, box);
    } else if (minX > maxX) {
      add(0, maxX, box);
      add(minX, (1L << PointCurve.bits(system)) - 1, box);
    } else {
      add(0, (1L << PointCurve.bits(system)) - 1, box);
    }
    cut();
  }

  private void add(long minX, long maxX, PointBox box) {
    boolean flat = system.dimensions() == 2;
    add(
        new long[] {
          minX,
          PointCurve.step(system, 1, box.minY()),
          flat ? 0 : PointCurve.step(system, 2, box.minZ())
        },
        new long[] {
          maxX,
          PointCurve.step(system, 1, box.maxY()),
          flat ? 0 : PointCurve.step(system, 2, box.maxZ())
        });
  }

  /** Adds the part of a box that has entries; nothing when it has none. */
  private void add(long[] from, long[] to) {
    if (from[0] > to[0] || from[1] > to[1] || from[2] > to[2]) {
      return;
    }
    long start = place(from);
    long end = place(to);
    int count = count(start, end);
    if (count > 0) {
      long volume = (to[0] - from[0] + 1) * (to[1] - from[1] + 1) * (to[2] - from[2] + 1);
      parts.add(new Part(from, to, start, end, count, end - start + 1 == volume));
    }
  }

  private int count(long start, long end) {
    return tree.count(Edge.beforeValue(start), Edge.behindValue(end));
  }

  private long place(long[] steps) {
    return PointCurve.of(system, steps[0], steps[1], steps[2]);
  }

  private void cut() {
    for (int cuts = 0; cuts < MOST_PARTS; cuts++) {
      int largest = -1;
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        if (!part.whole
            && part.count > FEW_ENTRIES
            && (largest < 0 || part.count > parts.get(largest).count)) {
          largest = i;
        }
      }
      if (largest < 0) {
        return;
      }
      Part part = parts.get(largest);
      Part moved = parts.remove(parts.size() - 1);
      if (moved != part) {
        parts.set(largest, moved);
      }
      cut(part);
    }
  }

  /** Cuts a part at the highest bit in which the places of its corners differ. */
  private void cut(Part part) {
    int dimensions = system.dimensions();
    long differing = part.start ^ part.end;
    int place = 63 - Long.numberOfLeadingZeros(differing);
    int dimension = dimensions - 1 - place % dimensions;
    long bit = 1L << (place / dimensions);
    long[] to = {part.to[0], part.to[1], part.to[2]};
    to[dimension] = (to[dimension] & -bit) - 1;
    long[] from = {part.from[0], part.from[1], part.from[2]};
    from[dimension] = part.to[dimension] & -bit;
    add(part.from, to);
    add(from, part.to);
  }

  /** The places on the curve that are looked at: pairs of a first and a last one, ascending. */
  private List<long[]> ranges() {
    parts.sort((a, b) -> Long.compare(a.start, b.start));
    List<long[]> ranges = new ArrayList<>(parts.size());
    long[] last = null;
    for (Part part : parts) {
      // The parts of the two boxes that one is made of at the 180th meridian may overlap.
      if (last != null && (part.start <= last[1] || part.start == last[1] + 1)) {
        last[1] = Math.max(last[1], part.end);
      } else {
        last = new long[] {part.start, part.end};
        ranges.add(last);
      }
    }
    return ranges;
  }

  /** How many entries there are, those near the box that have to be looked at among them. */
  long count() {
    long count = 0;
    for (long[] range : ranges()) {
      count += count(range[0], range[1]);
    }
    return count;
  }

  /** The entries along the curve, each once. */
  IndexCursor find() {
    List<IndexCursor> cursors = new ArrayList<>(parts.size());
    for (long[] range : ranges()) {
      cursors.add(tree.between(Edge.beforeValue(range[0]), Edge.behindValue(range[1]), false));
    }
    return IndexCursors.of(cursors);
  }
}
