package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.value.Vector;

/** For each row, a row for each relationship of a hop. */
final class ExpandOperator extends FanOutOperator {
  /** Smaller batches are those of a query that may want few rows only. */
  static final int ROWS_TO_READ_AHEAD = 64;

  /** So many entries are copied faster by a loop than by a call. */
  private static final int FEW = 8;

  private final Plan.Hop hop;
  private final Names.Types types;
  private final Entities.Excluded excluded;
  private final boolean relationshipWanted;
  private final boolean nodeWanted;
  private final AdjacencyCursor cursor = new AdjacencyCursor();

  private int[] relationships = new int[Batch.FIRST_ROWS];
  private int[] nodes = new int[Batch.FIRST_ROWS];

  /** Keeps the compiler from leaving out reads whose result nobody needs. */
  private int readAhead;

  // The row in work: its remaining types, and the remaining entries of the segment.
  private int node;
  private int target;
  private int[] typeIds = {};
  private int nextType;
  private boolean inSegment;
  private int entry;

  // Entries copied out of the graph, because in a transaction a cursor does not outlive a write.
  private int[] spilledRelationships = {};
  private int[] spilledNodes = {};
  private int spilled;
  private int spilledPosition;

  /**
   * @param above slots that are read above
   */
  ExpandOperator(Frame frame, Plan.Hop hop, BitSet above) {
    super(frame);
    this.hop = hop;
    this.types = new Names.Types(state, hop.types());
    this.excluded = new Entities.Excluded(hop.distinctFrom());
    this.relationshipWanted = above.get(hop.relationship());
    this.nodeWanted = !hop.into() && above.get(hop.to());
  }

  @Override
  void clearRow() {
    nextType = 0;
    typeIds = Names.Types.NONE;
    inSegment = false;
    spilled = 0;
    spilledPosition = 0;
  }

  @Override
  void startBatch(Batch from) {
    Vector starts = from.column(hop.from());
    if (starts.kind == Vector.Kind.NODE && from.rows() >= ROWS_TO_READ_AHEAD) {
      readAhead += state.graph.readAhead(hop.direction(), starts, from.selection, from.rows());
    }
  }

  @Override
  boolean rowOpen() {
    return inSegment || nextType < typeIds.length || spilledPosition < spilled;
  }

  @Override
  void fillColumns(int n) {
    if (relationshipWanted) {
      fillIds(output.own(hop.relationship()), Vector.Kind.RELATIONSHIP, relationships, n);
    }
    if (nodeWanted) {
      fillIds(output.own(hop.to()), Vector.Kind.NODE, nodes, n);
    }
  }

  static void fillIds(Vector column, Vector.Kind kind, int[] ids, int n) {
    column.reset(kind, n);
    long[] longs = column.longs;
    for (int i = 0; i < n; i++) {
      longs[i] = ids[i];
    }
  }

  @Override
  void reserve() {
    if (nodes.length < capacity) {
      relationships = new int[capacity];
      nodes = new int[capacity];
    }
  }

  @Override
  int take(Batch from, int first) {
    return spilledPosition < spilled ? takeSpilled(first) : takeEntries(first);
  }

  @Override
  void startRow(Batch from, int row) {
    clearRow();
    node = Entities.node(from.column(hop.from()), row);
    target = hop.into() ? Entities.node(from.column(hop.to()), row) : 0;
    if (node >= 0 && target >= 0) {
      excluded.read(from, row);
      typeIds = types.ids();
    }
  }

  /** Goes to the next entries of the row; false when there are none left. */
  private boolean moreEntries() {
    while (true) {
      if (inSegment && entry < cursor.to) {
        return true;
      }
      if (inSegment && cursor.nextSegment()) {
        entry = cursor.from;
        continue;
      }
      if (nextType == typeIds.length) {
        inSegment = false;
        return false;
      }
      int type = typeIds[nextType++];
      if (hop.into()) {
        state.graph.neighboursTo(node, hop.direction(), type, target, cursor);
      } else {
        state.graph.neighbours(node, hop.direction(), type, cursor);
      }
      inSegment = cursor.nextSegment();
      entry = inSegment ? cursor.from : 0;
    }
  }

  private int takeEntries(int from) {
    int n = from;
    while (n < capacity && moreEntries()) {
      int count = Math.min(capacity - n, cursor.to - entry);
      if (excluded.isEmpty()) {
        copy(cursor.neighbours, nodes, n, count);
        if (relationshipWanted) {
          copy(cursor.relationships, relationships, n, count);
        }
        n += count;
      } else {
        for (int i = entry; i < entry + count; i++) {
          int relationship = cursor.relationships[i];
          if (!excluded.contains(relationship)) {
            relationships[n] = relationship;
            nodes[n++] = cursor.neighbours[i];
          }
        }
      }
      entry += count;
    }
    return n;
  }

  private void copy(int[] source, int[] target, int at, int count) {
    if (count > FEW) {
      System.arraycopy(source, entry, target, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[at + i] = source[entry + i];
    }
  }

  private int takeSpilled(int from) {
    int count = Math.min(capacity - from, spilled - spilledPosition);
    System.arraycopy(spilledRelationships, spilledPosition, relationships, from, count);
    System.arraycopy(spilledNodes, spilledPosition, nodes, from, count);
    spilledPosition += count;
    return from + count;
  }

  /** In a transaction, reads what is left of the row in work. */
  @Override
  void pause() {
    if (state.transaction == null || spilledPosition < spilled) {
      return;
    }
    spilled = 0;
    spilledPosition = 0;
    while (moreEntries()) {
      int relationship = cursor.relationships[entry];
      if (!excluded.contains(relationship)) {
        if (spilled == spilledNodes.length) {
          int larger = Math.max(16, spilled * 2);
          spilledNodes = Arrays.copyOf(spilledNodes, larger);
          spilledRelationships = Arrays.copyOf(spilledRelationships, larger);
        }
        spilledRelationships[spilled] = relationship;
        spilledNodes[spilled++] = cursor.neighbours[entry];
      }
      entry++;
    }
  }
}
