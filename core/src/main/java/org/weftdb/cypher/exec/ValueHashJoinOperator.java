package org.weftdb.cypher.exec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.Vector;

/**
 * For each row, the rows of another plan with an equal key. These are kept in a table by their
 * keys' hashes, which is made when the first row comes, and made anew for each run while the graph
 * can change.
 */
final class ValueHashJoinOperator extends FanOutOperator {
  private static final int NONE = -1;

  private final Evaluator outerKey;
  private final Operator inner;
  private final Evaluator innerKey;
  private final int[] innerSlots;
  private final QueryMemory.Share tableMemory;

  /** The rows of the inner plan; the last column is the key. */
  private final RowBuffer rows;

  /** By hash, the first row; by row, the next one with a hash of the same place. */
  private int[] first = {};

  private int[] next = {};
  private int[] hashes = {};
  private boolean made;
  private int[] scratch = {};

  private @Nullable Vector keys;

  // The row in work.
  private @Nullable Object key;
  private int keyHash;
  private int candidate = NONE;
  private int[] found = new int[Batch.FIRST_ROWS];

  /**
   * @param frame whose carried slots are those that come from the input
   * @param innerSlots the slots that come from the inner plan
   */
  ValueHashJoinOperator(
      Frame frame, Evaluator outerKey, Operator inner, Evaluator innerKey, int[] innerSlots) {
    super(frame);
    this.outerKey = outerKey;
    this.inner = inner;
    this.innerKey = innerKey;
    this.innerSlots = innerSlots;
    this.tableMemory = state.memory.share("the table of a join");
    this.rows =
        new RowBuffer(innerSlots.length + 1, state.memory.share("keeping the rows of a join"));
  }

  @Override
  void prepare() {
    if (state.transaction != null) {
      made = false;
    }
  }

  @Override
  void clearRow() {
    candidate = NONE;
  }

  @Override
  boolean rowOpen() {
    return candidate != NONE;
  }

  @Override
  void reserve() {
    if (found.length < capacity) {
      found = new int[capacity];
    }
  }

  @Override
  void startBatch(Batch from) {
    if (!made) {
      make();
      made = true;
    }
    keys = rows.size() == 0 ? null : outerKey.evaluate(from, from.selection, from.rows());
  }

  @Override
  void startRow(Batch from, int row) {
    Vector column = keys;
    key = column == null ? null : column.value(row);
    if (key != null) {
      keyHash = ValueEquality.hash(key);
      candidate = matching(first[Hashes.mix(keyHash) & first.length - 1]);
    }
  }

  @Override
  int take(Batch from, int start) {
    int n = start;
    while (n < capacity && candidate != NONE) {
      found[n++] = candidate;
      candidate = matching(next[candidate]);
    }
    return n;
  }

  /** The first row from a place of a chain on whose key equals the present one. */
  private int matching(int from) {
    int row = from;
    while (row != NONE && !(hashes[row] == keyHash && isEqual(row))) {
      state.work(1);
      row = next[row];
    }
    return row;
  }

  private boolean isEqual(int row) {
    Vector column = rows.column(innerSlots.length, row);
    int index = RowBuffer.index(row);
    if (column.kind == Vector.Kind.INTEGER && key instanceof Long number) {
      return !column.isNull(index) && column.longs[index] == number;
    }
    return Boolean.TRUE.equals(ValueEquality.equal(key, column.value(index)));
  }

  @Override
  void fillColumns(int count) {
    for (int i = 0; i < innerSlots.length; i++) {
      rows.gather(i, found, 0, count, output.own(innerSlots[i]));
    }
  }

  // ---- The table ------------------------------------------------------------------------------

  private void make() {
    rows.clear();
    Vector[] columns = new Vector[innerSlots.length + 1];
    inner.open();
    for (Batch batch = inner.next(); batch != null; batch = inner.next()) {
      state.checkCancelled();
      for (int i = 0; i < innerSlots.length; i++) {
        columns[i] = batch.column(innerSlots[i]);
      }
      columns[innerSlots.length] = innerKey.evaluate(batch, batch.selection, batch.rows());
      int[] chosen = batch.selection;
      if (chosen == null) {
        scratch = KeepingOperators.rows(batch.size, scratch);
        chosen = scratch;
      }
      rows.add(columns, chosen, batch.rows());
    }
    int size = rows.size();
    int places = Math.max(16, Integer.highestOneBit(size) * 2);
    tableMemory.set(4L * places + 8L * size);
    first = new int[places];
    Arrays.fill(first, NONE);
    next = new int[size];
    hashes = new int[size];
    // From the last row to the first, so that each chain is in the order of the rows.
    for (int row = size - 1; row >= 0; row--) {
      Object value = rows.column(innerSlots.length, row).value(RowBuffer.index(row));
      // What does not equal itself, such as null and NaN, equals nothing.
      if (value != null && Boolean.TRUE.equals(ValueEquality.equal(value, value))) {
        int hash = ValueEquality.hash(value);
        int place = Hashes.mix(hash) & places - 1;
        hashes[row] = hash;
        next[row] = first[place];
        first[place] = row;
      }
    }
  }
}
