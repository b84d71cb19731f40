package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.AdjacencyCursor;
import org.weftdb.value.Vector;

/** For each row, a row for each relationship of a hop. */
final class ExpandOperator extends Operator {
  /** Smaller batches are those of a query that may want few rows only. */
  static final int ROWS_TO_READ_AHEAD = 64;

  /** So many entries are copied faster by a loop than by a call. */
  private static final int FEW = 8;

  private final QueryState state;
  private final Operator input;
  private final Plan.Hop hop;
  private final Names.Types types;
  private final Carry carry;
  private final Entities.Excluded excluded;
  private final Batch output;
  private final boolean relationshipWanted;
  private final boolean nodeWanted;
  private final AdjacencyCursor cursor = new AdjacencyCursor();

  private int[] sourceRows = new int[Batch.FIRST_ROWS];
  private int[] relationships = new int[Batch.FIRST_ROWS];
  private int[] nodes = new int[Batch.FIRST_ROWS];
  private int capacity;

  /** Keeps the compiler from leaving out reads whose result nobody needs. */
  private int readAhead;

  private @Nullable Batch in;
  private int position;

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
    this.state = frame.state();
    this.input = frame.input();
    this.carry = frame.carry();
    this.output = frame.newBatch();
    this.hop = hop;
    this.types = new Names.Types(state, hop.types());
    this.excluded = new Entities.Excluded(hop.distinctFrom());
    this.relationshipWanted = above.get(hop.relationship());
    this.nodeWanted = !hop.into() && above.get(hop.to());
  }

  @Override
  void open() {
    input.open();
    in = null;
    clearRow();
    capacity = Batch.FIRST_ROWS;
  }

  private void clearRow() {
    nextType = 0;
    typeIds = Names.Types.NONE;
    inSegment = false;
    spilled = 0;
    spilledPosition = 0;
  }

  @Override
  @Nullable Batch next() {
    while (true) {
      state.checkCancelled();
      Batch from = in;
      if (from == null) {
        from = input.next();
        if (from == null) {
          return null;
        }
        in = from;
        position = 0;
        readAhead(from);
      }
      int n = fillRows(from);
      if (n > 0) {
        emit(from, n);
      }
      if (position == from.rows() && !rowOpen()) {
        in = null;
      } else if (state.transaction != null) {
        spill();
      }
      if (n > 0) {
        return output;
      }
    }
  }

  private void readAhead(Batch from) {
    Vector starts = from.column(hop.from());
    if (starts.kind == Vector.Kind.NODE && from.rows() >= ROWS_TO_READ_AHEAD) {
      readAhead += state.graph.readAhead(hop.direction(), starts, from.selection, from.rows());
    }
  }

  private boolean rowOpen() {
    return inSegment || nextType < typeIds.length || spilledPosition < spilled;
  }

  private void emit(Batch from, int n) {
    carry.gather(from, sourceRows, n, output);
    if (relationshipWanted) {
      fillIds(output.own(hop.relationship()), Vector.Kind.RELATIONSHIP, relationships, n);
    }
    if (nodeWanted) {
      fillIds(output.own(hop.to()), Vector.Kind.NODE, nodes, n);
    }
    output.all(n);
    capacity = Batch.grown(capacity);
  }

  private static void fillIds(Vector column, Vector.Kind kind, int[] ids, int n) {
    column.reset(kind, n);
    long[] longs = column.longs;
    for (int i = 0; i < n; i++) {
      longs[i] = ids[i];
    }
  }

  private int fillRows(Batch from) {
    if (sourceRows.length < capacity) {
      sourceRows = new int[capacity];
      relationships = new int[capacity];
      nodes = new int[capacity];
    }
    Vector starts = from.column(hop.from());
    Vector ends = hop.into() ? from.column(hop.to()) : starts;
    int n = 0;
    while (n < capacity) {
      if (!rowOpen()) {
        if (position == from.rows()) {
          break;
        }
        startRow(from, starts, ends);
        continue;
      }
      int first = n;
      n = spilledPosition < spilled ? takeSpilled(n) : takeEntries(n);
      int row = from.row(position - 1);
      for (int i = first; i < n; i++) {
        sourceRows[i] = row;
      }
    }
    return n;
  }

  private void startRow(Batch from, Vector starts, Vector ends) {
    int row = from.row(position++);
    clearRow();
    node = Entities.node(starts, row);
    target = hop.into() ? Entities.node(ends, row) : 0;
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

  /** Reads what is left of the row in work. */
  private void spill() {
    if (spilledPosition < spilled || !rowOpen()) {
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
