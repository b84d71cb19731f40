package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.value.Vector;

/** Of rows in the order of their lengths, so many first ones of each two ends. */
final class FirstBetweenOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final Plan.FirstBetween plan;
  private final Vector[] keys = new Vector[2];
  private GroupTable ends = new GroupTable(2);
  private int[] groups = new int[Batch.FIRST_ROWS];
  private int[] selection = new int[Batch.FIRST_ROWS];

  /** By group, how many rows or lengths there were, and the last length. */
  private int[] counts = new int[Batch.FIRST_ROWS];

  private long[] lengths = new long[Batch.FIRST_ROWS];

  private final PathCount count;

  FirstBetweenOperator(QueryState state, Operator input, Plan.FirstBetween plan, PathCount count) {
    this.state = state;
    this.count = count;
    this.input = input;
    this.plan = plan;
  }

  @Override
  void open() {
    count.read();
    ends = new GroupTable(2);
    counts = new int[Batch.FIRST_ROWS];
    input.open();
  }

  @Override
  @Nullable Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      state.checkCancelled();
      int n = select(batch);
      if (n > 0) {
        batch.selection = selection;
        batch.selected = n;
        return batch;
      }
    }
    return null;
  }

  private int select(Batch batch) {
    int rows = batch.rows();
    if (groups.length < rows) {
      groups = new int[rows];
    }
    int[] chosen = new int[rows];
    keys[0] = batch.column(plan.start());
    keys[1] = batch.column(plan.end());
    ends.find(keys, batch, groups);
    if (counts.length < ends.size()) {
      counts = Arrays.copyOf(counts, ends.size() * 2);
      lengths = Arrays.copyOf(lengths, ends.size() * 2);
    }
    Vector column = batch.column(plan.length());
    int n = 0;
    for (int k = 0; k < rows; k++) {
      int row = batch.row(k);
      int group = groups[k];
      long length = column.value(row) instanceof Long value ? value : 0;
      boolean same = count.groups && counts[group] > 0 && lengths[group] == length;
      if (same || counts[group] < count.most) {
        counts[group] += same ? 0 : 1;
        lengths[group] = length;
        chosen[n++] = row;
      }
    }
    selection = chosen;
    return n;
  }
}
