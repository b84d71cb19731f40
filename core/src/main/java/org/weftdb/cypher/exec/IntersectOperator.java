package org.weftdb.cypher.exec;

import java.util.BitSet;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.Vector;

/** For each row, a row for each two relationships of two hops that lead to the same node. */
final class IntersectOperator extends FanOutOperator {
  private final Plan.Intersect plan;
  private final Intersection intersection;
  private final Intersection.Rows rows = new Intersection.Rows();
  private final boolean nodeWanted;
  private final boolean firstWanted;
  private final boolean secondWanted;

  /** Keeps the compiler from leaving out reads whose result nobody needs. */
  private int readAhead;

  /**
   * @param above slots that are read above
   */
  IntersectOperator(Frame frame, Plan.Intersect plan, BitSet above) {
    super(frame);
    this.plan = plan;
    this.intersection = new Intersection(state, plan);
    this.nodeWanted = above.get(plan.first().to());
    this.firstWanted = above.get(plan.first().relationship());
    this.secondWanted = above.get(plan.second().relationship());
  }

  @Override
  void clearRow() {
    intersection.clear();
  }

  @Override
  void startBatch(Batch from) {
    readAhead(from, plan.first());
    readAhead(from, plan.second());
  }

  /** Where two rows have the same node, most have the same as the one before. */
  private void readAhead(Batch from, Plan.Hop hop) {
    Vector starts = from.column(hop.from());
    if (starts.kind == Vector.Kind.NODE
        && from.rows() >= ExpandOperator.ROWS_TO_READ_AHEAD
        && starts.longs[from.row(0)] != starts.longs[from.row(1)]) {
      readAhead += state.graph.readAhead(hop.direction(), starts, from.selection, from.rows());
    }
  }

  @Override
  void reserve() {
    // What runs between two batches may write.
    if (state.transaction != null) {
      intersection.forgetMarks();
    }
    rows.reserve(capacity);
  }

  @Override
  boolean rowOpen() {
    return intersection.isOpen();
  }

  @Override
  void startRow(Batch from, int row) {
    intersection.start(from, row);
  }

  @Override
  int take(Batch from, int first) {
    return intersection.take(rows, first, capacity);
  }

  @Override
  void fillColumns(int n) {
    if (nodeWanted) {
      ExpandOperator.fillIds(output.own(plan.first().to()), Vector.Kind.NODE, rows.nodes, n);
    }
    if (firstWanted) {
      fillRelationships(plan.first(), rows.firsts, n);
    }
    if (secondWanted) {
      fillRelationships(plan.second(), rows.seconds, n);
    }
  }

  private void fillRelationships(Plan.Hop hop, int[] ids, int n) {
    ExpandOperator.fillIds(output.own(hop.relationship()), Vector.Kind.RELATIONSHIP, ids, n);
  }

  @Override
  void pause() {
    if (state.transaction != null) {
      intersection.copy();
    }
  }
}
