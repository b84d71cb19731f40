package org.weftdb.cypher.exec;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/** Operators that pass on their input's batches: fewer rows, or further columns. */
final class RowOperators {
  private RowOperators() {}

  /** Passes the rows for which a predicate is true. */
  static final class Filter extends Operator {
    private final QueryState state;
    private final Operator input;
    private final Evaluator predicate;
    private int[] selection = new int[Batch.FIRST_ROWS];

    Filter(QueryState state, Operator input, Evaluator predicate) {
      this.state = state;
      this.input = input;
      this.predicate = predicate;
    }

    @Override
    void open() {
      input.open();
    }

    @Override
    @Nullable Batch next() {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        state.checkCancelled();
        int count = batch.rows();
        if (selection.length < count) {
          selection = new int[count];
        }
        int n = predicate.select(batch, batch.selection, count, selection);
        if (n > 0) {
          batch.selection = selection;
          batch.selected = n;
          return batch;
        }
      }
      return null;
    }
  }

  /** Adds columns. */
  static final class Project extends Operator {
    private final Operator input;
    private final int[] slots;
    private final Evaluator[] values;

    Project(Operator input, int[] slots, Evaluator[] values) {
      this.input = input;
      this.slots = slots;
      this.values = values;
    }

    @Override
    void open() {
      input.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = input.next();
      if (batch != null) {
        for (int i = 0; i < slots.length; i++) {
          batch.columns[slots[i]] = values[i].evaluate(batch, batch.selection, batch.rows());
        }
      }
      return batch;
    }
  }

  /** Leaves the first rows out. */
  static final class Skip extends Operator {
    private final QueryState state;
    private final Operator input;
    private final Evaluator count;
    private final Batch noRow;
    private int[] selection = new int[Batch.FIRST_ROWS];
    private long left;

    private final Origin origin;

    Skip(QueryState state, Operator input, Evaluator count, Origin origin, int slots) {
      this.origin = origin;
      this.state = state;
      this.input = input;
      this.count = count;
      this.noRow = new Batch(slots);
    }

    @Override
    void open() {
      left = rowCount(count, noRow, "SKIP", origin);
      input.open();
    }

    @Override
    @Nullable Batch next() {
      while (true) {
        state.checkCancelled();
        Batch batch = input.next();
        if (batch == null || left == 0) {
          return batch;
        }
        int rows = batch.rows();
        if (rows <= left) {
          left -= rows;
          continue;
        }
        int skipped = (int) left;
        left = 0;
        if (selection.length < rows) {
          selection = new int[rows];
        }
        for (int k = skipped; k < rows; k++) {
          selection[k - skipped] = batch.row(k);
        }
        batch.selection = selection;
        batch.selected = rows - skipped;
        return batch;
      }
    }
  }

  /** Passes the first rows; runs an input that writes to its end all the same. */
  static final class Limit extends Operator {
    private final QueryState state;
    private final Operator input;
    private final Evaluator count;
    private final boolean inputWrites;
    private final Batch noRow;
    private int[] selection = new int[Batch.FIRST_ROWS];
    private long left;

    private final Origin origin;

    Limit(
        QueryState state,
        Operator input,
        Evaluator count,
        Origin origin,
        boolean inputWrites,
        int slots) {
      this.origin = origin;
      this.state = state;
      this.input = input;
      this.count = count;
      this.inputWrites = inputWrites;
      this.noRow = new Batch(slots);
    }

    @Override
    void open() {
      left = rowCount(count, noRow, "LIMIT", origin);
      input.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = left == 0 ? null : input.next();
      if (batch == null) {
        if (inputWrites && left == 0) {
          while (input.next() != null) {
            state.checkCancelled();
          }
        }
        return null;
      }
      int rows = batch.rows();
      if (rows > left) {
        int kept = (int) left;
        if (selection.length < kept) {
          selection = new int[kept];
        }
        for (int k = 0; k < kept; k++) {
          selection[k] = batch.row(k);
        }
        batch.selection = selection;
        batch.selected = kept;
        left = 0;
      } else {
        left -= rows;
      }
      return batch;
    }
  }

  /** The number of rows that SKIP or LIMIT asks for. */
  static long rowCount(Evaluator count, Batch noRow, String clause, Origin origin) {
    Object value = count.value(noRow, 0);
    if (!(value instanceof Long rows)) {
      throw origin.locate(
          new WeftException(
              ErrorCode.NON_INTEGER_ROW_COUNT,
              clause + " needs an Integer, but its value is of type " + Evaluator.typeName(value)));
    }
    if (rows < 0) {
      throw origin.locate(
          new WeftException(
              ErrorCode.NEGATIVE_ROW_COUNT,
              clause + " needs a number from 0 up, but it is " + rows));
    }
    return rows;
  }

  /** Passes the first row of each distinct combination of some columns. */
  static final class Distinct extends Operator {
    private final QueryState state;
    private final Operator input;
    private final int[] slots;
    private final Vector[] keys;
    private final QueryMemory.Share memory;
    private GroupTable seen;
    private int[] groups = new int[Batch.FIRST_ROWS];
    private int[] selection = new int[Batch.FIRST_ROWS];

    Distinct(QueryState state, Operator input, int[] slots) {
      this.state = state;
      this.input = input;
      this.slots = slots;
      this.keys = new Vector[slots.length];
      this.memory = state.memory.share("DISTINCT");
      this.seen = new GroupTable(slots.length);
    }

    @Override
    void open() {
      seen = new GroupTable(slots.length);
      input.open();
    }

    @Override
    @Nullable Batch next() {
      for (Batch batch = input.next(); batch != null; batch = input.next()) {
        state.checkCancelled();
        int rows = batch.rows();
        if (groups.length < rows) {
          groups = new int[rows];
          selection = new int[rows];
        }
        for (int i = 0; i < slots.length; i++) {
          keys[i] = batch.column(slots[i]);
        }
        int known = seen.size();
        seen.find(keys, batch, groups);
        memory.set(seen.bytes());
        int n = 0;
        for (int k = 0; k < rows; k++) {
          if (groups[k] == known) {
            selection[n++] = batch.row(k);
            known++;
          }
        }
        if (n > 0) {
          batch.selection = selection;
          batch.selected = n;
          return batch;
        }
      }
      return null;
    }
  }

  /** A row for each element of a list. */
  static final class Unwind extends FanOutOperator {
    private final Evaluator list;
    private final int slot;
    private final boolean wanted;
    private @Nullable List<?> elements;
    private int element;

    Unwind(Frame frame, Evaluator list, int slot, boolean wanted) {
      super(frame);
      this.list = list;
      this.slot = slot;
      this.wanted = wanted;
    }

    @Override
    void clearRow() {
      elements = null;
    }

    @Override
    boolean rowOpen() {
      return elements != null;
    }

    @Override
    void startRow(Batch from, int row) {
      Object value = list.value(from, row);
      if (value != null) {
        elements = value instanceof List<?> many ? many : List.of(value);
        element = 0;
      }
    }

    @Override
    int take(Batch from, int first) {
      List<?> current = Objects.requireNonNull(elements);
      int count = Math.min(capacity - first, current.size() - element);
      if (wanted) {
        Vector column = output.own(slot);
        for (int i = 0; i < count; i++) {
          Object value = current.get(element + i);
          if (first + i == 0) {
            column.reset(Evaluator.kindOf(value), capacity);
          }
          column.set(first + i, value);
        }
      }
      element += count;
      if (element == current.size()) {
        elements = null;
      }
      return first + count;
    }
  }

  /** The rows of one plan, then those of another, under the same slots. */
  static final class Union extends Operator {
    private final Operator left;
    private final Operator right;
    private final int[] leftSlots;
    private final int[] rightSlots;
    private final int[] slots;
    private final Batch output;
    private boolean onRight;

    Union(
        Operator left, int[] leftSlots, Operator right, int[] rightSlots, Batch output, int[] to) {
      this.left = left;
      this.leftSlots = leftSlots;
      this.right = right;
      this.rightSlots = rightSlots;
      this.output = output;
      this.slots = to;
    }

    @Override
    void open() {
      onRight = false;
      left.open();
    }

    @Override
    @Nullable Batch next() {
      Batch batch = onRight ? right.next() : left.next();
      if (batch == null && !onRight) {
        onRight = true;
        right.open();
        batch = right.next();
      }
      if (batch == null) {
        return null;
      }
      int[] from = onRight ? rightSlots : leftSlots;
      for (int i = 0; i < slots.length; i++) {
        output.columns[slots[i]] = batch.column(from[i]);
      }
      output.size = batch.size;
      output.selection = batch.selection;
      output.selected = batch.selected;
      return output;
    }
  }
}
