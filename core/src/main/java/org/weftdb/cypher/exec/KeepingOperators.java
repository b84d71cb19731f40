package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.value.Numbers;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.Vector;

/** Operators that read all their input before they give the first row. */
final class KeepingOperators {
  private KeepingOperators() {}

  /** The numbers from 0 to below {@code size}, in {@code scratch} when it is large enough. */
  static int[] rows(int size, int[] scratch) {
    if (scratch.length >= size) {
      return scratch;
    }
    int[] all = new int[Math.max(size, 64)];
    for (int row = 0; row < all.length; row++) {
      all[row] = row;
    }
    return all;
  }

  /** Keeps all rows and then passes them on. */
  static final class Eager extends Operator {
    private final QueryState state;
    private final Operator input;
    private final int[] slots;
    private final Batch output;
    private final RowBuffer buffer;
    private boolean read;
    private int chunk;

    Eager(Frame frame) {
      this.state = frame.state();
      this.input = frame.input();
      this.slots = frame.carry().slots();
      this.output = frame.newBatch();
      this.buffer = new RowBuffer(slots.length, state.memory.share("keeping all rows"));
    }

    @Override
    void open() {
      input.open();
      buffer.clear();
      read = false;
      chunk = 0;
    }

    @Override
    @Nullable Batch next() {
      if (!read) {
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
          state.checkCancelled();
          buffer.add(batch, slots);
        }
        read = true;
      }
      state.checkCancelled();
      if (chunk == buffer.chunkCount()) {
        return null;
      }
      Vector[] columns = buffer.chunk(chunk);
      for (int i = 0; i < slots.length; i++) {
        output.columns[slots[i]] = columns[i];
      }
      output.all(buffer.chunkRows(chunk));
      buffer.release(chunk++);
      return output;
    }
  }

  /** Sorts all rows, or finds the first ones. */
  static final class Sort extends Operator {
    private final QueryState state;
    private final Operator input;
    private final int[] slots;
    private final Evaluator[] keys;
    private final boolean[] descending;
    private final @Nullable Evaluator limit;
    private final Batch output;
    private final Batch noRow;

    private final QueryMemory.Share memory;
    private RowBuffer buffer;
    private int[] order = {};
    private int[] scratch = {};
    private int[] kept = {};
    private long keep;
    private boolean sorted;
    private int given;

    /** The first key of the last row that is kept, its only row; null until there are enough. */
    private @Nullable Vector worst;

    Sort(Frame frame, Evaluator[] keys, boolean[] descending, @Nullable Evaluator limit) {
      this.state = frame.state();
      this.input = frame.input();
      this.slots = frame.carry().slots();
      this.output = frame.newBatch();
      this.noRow = frame.newBatch();
      this.keys = keys;
      this.descending = descending;
      this.limit = limit;
      this.memory = state.memory.share("ORDER BY");
      this.buffer = newBuffer();
    }

    private RowBuffer newBuffer() {
      return new RowBuffer(slots.length + keys.length, memory);
    }

    @Override
    void open() {
      keep =
          limit == null
              ? Long.MAX_VALUE
              : RowOperators.rowCount(limit, noRow, "LIMIT", Origin.NONE);
      input.open();
      buffer.clear();
      sorted = false;
      given = 0;
      worst = null;
    }

    @Override
    @Nullable Batch next() {
      if (!sorted) {
        read();
        order = sortedOrder();
        sorted = true;
      }
      state.checkCancelled();
      int total = (int) Math.min(keep, buffer.size());
      int count = Math.min(total - given, Batch.MAXIMUM_ROWS);
      if (count <= 0) {
        return null;
      }
      for (int i = 0; i < slots.length; i++) {
        buffer.gather(i, order, given, count, output.own(slots[i]));
      }
      given += count;
      output.all(count);
      return output;
    }

    private void read() {
      Vector[] columns = new Vector[slots.length + keys.length];
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        state.checkCancelled();
        int rows = batch.rows();
        if (keep == 0) {
          continue;
        }
        for (int i = 0; i < slots.length; i++) {
          columns[i] = batch.column(slots[i]);
        }
        for (int i = 0; i < keys.length; i++) {
          columns[slots.length + i] = keys[i].evaluate(batch, batch.selection, rows);
        }
        int[] chosen = batch.selection;
        if (chosen == null) {
          scratch = KeepingOperators.rows(batch.size, scratch);
          chosen = scratch;
        }
        if (worst != null) {
          rows = notWorse(columns[slots.length], worst, chosen, rows);
          chosen = kept;
        }
        buffer.add(columns, chosen, rows);
        if (buffer.size() >= Batch.MAXIMUM_ROWS && buffer.size() / 2 >= keep) {
          prune();
        }
      }
    }

    /** Leaves out the rows whose first key already puts them behind all that are kept. */
    private int notWorse(Vector column, Vector bound, int[] rows, int count) {
      if (kept.length < count) {
        kept = new int[count];
      }
      boolean same = column.kind == bound.kind && !column.hasNulls && !bound.hasNulls;
      if (same && column.kind == Vector.Kind.INTEGER) {
        return notWorse(column.longs, bound.longs[0], rows, count);
      }
      if (same && column.kind == Vector.Kind.FLOAT) {
        return notWorse(column.doubles, bound.doubles[0], rows, count);
      }
      int n = 0;
      Object limitKey = bound.value(0);
      for (int k = 0; k < count; k++) {
        int compared = ValueOrder.compare(column.value(rows[k]), limitKey);
        if (descending[0] ? compared >= 0 : compared <= 0) {
          kept[n++] = rows[k];
        }
      }
      return n;
    }

    private int notWorse(long[] column, long bound, int[] rows, int count) {
      int n = 0;
      for (int k = 0; k < count; k++) {
        long key = column[rows[k]];
        if (descending[0] ? key >= bound : key <= bound) {
          kept[n++] = rows[k];
        }
      }
      return n;
    }

    private int notWorse(double[] column, double bound, int[] rows, int count) {
      int n = 0;
      for (int k = 0; k < count; k++) {
        int compared = Numbers.compare(column[rows[k]], bound);
        if (descending[0] ? compared >= 0 : compared <= 0) {
          kept[n++] = rows[k];
        }
      }
      return n;
    }

    /** Keeps only the first rows, in their order. */
    private void prune() {
      int[] best = sortedOrder();
      int count = (int) Math.min(keep, buffer.size());
      RowBuffer pruned = newBuffer();
      Vector[] columns = new Vector[slots.length + keys.length];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Vector();
      }
      int[] identity = new int[Batch.MAXIMUM_ROWS];
      for (int i = 0; i < identity.length; i++) {
        identity[i] = i;
      }
      for (int done = 0; done < count; done += Batch.MAXIMUM_ROWS) {
        int n = Math.min(count - done, Batch.MAXIMUM_ROWS);
        for (int i = 0; i < columns.length; i++) {
          buffer.gather(i, best, done, n, columns[i]);
        }
        pruned.add(columns, identity, n);
      }
      buffer.clear();
      buffer = pruned;
      int last = buffer.size() - 1;
      Vector key = buffer.column(slots.length, last);
      Vector bound = new Vector(key.kind, 1);
      bound.copyFrom(key, RowBuffer.index(last), 0);
      worst = bound;
    }

    private int[] sortedOrder() {
      SortColumn[] columns = new SortColumn[keys.length];
      for (int i = 0; i < keys.length; i++) {
        columns[i] = new SortColumn(buffer, slots.length + i, descending[i]);
      }
      return keep < buffer.size()
          ? RowSorter.first(state, columns, buffer.size(), (int) keep)
          : RowSorter.sort(state, columns, buffer.size());
    }
  }
}
