package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.weftdb.value.Direction;
import org.weftdb.value.Vector;

/**
 * Relationships that a scan or an index gives, with their ends; without a direction each both ways
 * round. Subclasses say which there are for an input row.
 */
abstract class RelationshipSource extends SourceOperator {
  private final int relationship;
  private final int from;
  private final int to;
  private final Direction direction;
  private final boolean fromWanted;
  private final boolean toWanted;
  private final long[] found = new long[Batch.MAXIMUM_ROWS];
  private final boolean[] turned = new boolean[Batch.MAXIMUM_ROWS];
  private int position;
  private int end;
  private boolean again;

  /**
   * @param above slots that are read above
   */
  RelationshipSource(
      Frame frame, int relationship, int from, int to, Direction direction, BitSet above) {
    super(frame, relationship, Vector.Kind.RELATIONSHIP);
    this.relationship = relationship;
    this.from = from;
    this.to = to;
    this.direction = direction;
    this.fromWanted = above.get(from);
    this.toWanted = above.get(to);
  }

  /** Starts for an input row. */
  abstract void find(Batch batch, int row);

  /** Gives the next relationships, at most {@code max}; 0 at the end. */
  abstract int found(long[] out, int max);

  @Override
  final void start(Batch batch, int row) {
    find(batch, row);
    position = 0;
    end = 0;
    again = false;
  }

  @Override
  final int fill(long[] out, int offset, int max) {
    int n = 0;
    while (n < max) {
      if (position == end) {
        position = 0;
        end = found(found, Math.min(max, found.length));
        if (end == 0) {
          break;
        }
      }
      long next = found[position];
      out[offset + n] = next;
      turned[offset + n] = again || direction == Direction.INCOMING;
      n++;
      int id = (int) next;
      if (direction == Direction.BOTH
          && !again
          && state.graph.startNode(id) != state.graph.endNode(id)) {
        again = true;
      } else {
        again = false;
        position++;
      }
    }
    return n;
  }

  @Override
  final void fillColumns(int count) {
    Vector ids = output.column(relationship);
    if (fromWanted) {
      fill(ids, output.own(from), count, true);
    }
    if (toWanted) {
      fill(ids, output.own(to), count, false);
    }
  }

  private void fill(Vector ids, Vector nodes, int count, boolean first) {
    nodes.reset(Vector.Kind.NODE, count);
    for (int i = 0; i < count; i++) {
      int id = (int) ids.longs[i];
      nodes.longs[i] = first != turned[i] ? state.graph.startNode(id) : state.graph.endNode(id);
    }
  }
}
