package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.Vector;

/**
 * What an operator that walks trails of one hop adds to its rows: the list of relationships and the
 * node at the end, as far as anybody reads them.
 */
final class HopColumns {
  private final Plan.Hop hop;
  private final boolean nodeWanted;

  /** Whether the lists are read; otherwise they need not be made. */
  final boolean listWanted;

  private int[] ends = new int[Batch.FIRST_ROWS];
  private @Nullable Object[] lists = new @Nullable Object[Batch.FIRST_ROWS];

  /**
   * @param above slots that are read above
   */
  HopColumns(Plan.Hop hop, BitSet above) {
    this.hop = hop;
    this.listWanted = above.get(hop.relationship());
    this.nodeWanted = !hop.into() && above.get(hop.to());
  }

  /** Makes room for so many rows. */
  void reserve(int capacity) {
    if (ends.length < capacity) {
      ends = new int[capacity];
      lists = new @Nullable Object[capacity];
    }
  }

  void set(int row, int end, @Nullable Object list) {
    ends[row] = end;
    lists[row] = list;
  }

  /** Puts the first rows into a batch. */
  void fill(Batch output, int rows) {
    if (listWanted) {
      Vector column = output.own(hop.relationship());
      column.reset(Vector.Kind.OBJECT, rows);
      System.arraycopy(lists, 0, column.objects, 0, rows);
    }
    if (nodeWanted) {
      Vector column = output.own(hop.to());
      column.reset(Vector.Kind.NODE, rows);
      for (int i = 0; i < rows; i++) {
        column.longs[i] = ends[i];
      }
    }
  }
}
