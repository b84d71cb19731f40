package org.weftdb.cypher.exec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.Plan.OnError;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/**
 * Runs a subquery for some rows of its input, commits what it changed, passes its rows on and goes
 * on with the next rows. The input is asked for rows, and rows are passed on, only between
 * transactions.
 */
final class InTransactionsOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final Kept kept;
  private final Supplier<Operator> again;
  private final Evaluator batchSize;
  private final OnError onError;
  private final int[] carried;
  private final int[] added;
  private final int statusSlot;
  private final Batch output;

  private Operator running;
  private long size;
  private @Nullable Batch in;
  private int position;
  private boolean ended;
  private boolean broken;
  private long committed;

  private final RowBuffer rows;
  private int chunk;
  private Vector status = new Vector();

  /**
   * @param frame whose carried slots are those that the input has and that are read above or by the
   *     subquery
   * @param kept what the subquery pulls from
   * @param subquery what runs in transactions
   * @param again makes the subquery anew: it may have looked up names that an undone transaction
   *     had created
   * @param added the slots that the subquery adds
   */
  InTransactionsOperator(
      Frame frame,
      Kept kept,
      Operator subquery,
      Supplier<Operator> again,
      Evaluator batchSize,
      Plan.SubqueryInTransactions plan,
      int[] added) {
    this.state = frame.state();
    this.input = frame.input();
    this.carried = frame.carry().slots();
    this.output = frame.newBatch();
    this.kept = kept;
    this.running = subquery;
    this.again = again;
    this.batchSize = batchSize;
    this.onError = plan.onError();
    this.added = added;
    this.statusSlot = plan.statusSlot();
    this.rows =
        new RowBuffer(
            carried.length + added.length, state.memory.share("what an inner transaction gives"));
  }

  /** The input rows of the transaction in work, which its subquery pulls from. */
  static final class Kept extends Operator {
    private final int[] slots;
    private final Batch batch;
    private final RowBuffer rows;
    private int chunk;

    /**
     * @param frame whose carried slots the rows have
     */
    Kept(Frame frame) {
      this.slots = frame.carry().slots();
      this.batch = frame.newBatch();
      this.rows =
          new RowBuffer(
              slots.length, frame.state().memory.share("the rows of an inner transaction"));
    }

    @Override
    void open() {
      chunk = 0;
    }

    @Override
    @Nullable Batch next() {
      if (chunk == rows.chunkCount()) {
        return null;
      }
      Vector[] columns = rows.chunk(chunk);
      for (int i = 0; i < slots.length; i++) {
        batch.columns[slots[i]] = columns[i];
      }
      batch.all(rows.chunkRows(chunk++));
      return batch;
    }
  }

  @Override
  void open() {
    size = RowOperators.rowCount(batchSize, output, "IN TRANSACTIONS OF", Origin.NONE);
    if (size == 0) {
      throw new WeftException(
          ErrorCode.NEGATIVE_ROW_COUNT, "IN TRANSACTIONS OF needs a number from 1 up, but it is 0");
    }
    input.open();
    in = null;
    ended = false;
    broken = false;
    committed = 0;
    rows.clear();
    chunk = 0;
  }

  @Override
  @Nullable Batch next() {
    while (true) {
      state.checkCancelled();
      if (chunk < rows.chunkCount()) {
        return give();
      }
      if (ended) {
        return null;
      }
      keepRows();
      if (kept.rows.size() > 0) {
        run();
      }
    }
  }

  private Batch give() {
    Vector[] columns = rows.chunk(chunk);
    int count = rows.chunkRows(chunk);
    for (int i = 0; i < carried.length; i++) {
      output.columns[carried[i]] = columns[i];
    }
    for (int i = 0; i < added.length; i++) {
      output.columns[added[i]] = columns[carried.length + i];
    }
    if (statusSlot >= 0) {
      output.columns[statusSlot] = status;
    }
    rows.release(chunk++);
    output.all(count);
    return output;
  }

  /** Takes the input rows of one transaction. */
  private void keepRows() {
    kept.rows.clear();
    Vector[] columns = new Vector[carried.length];
    while (kept.rows.size() < size) {
      Batch from = in;
      if (from == null) {
        from = input.next();
        if (from == null) {
          ended = true;
          return;
        }
        in = from;
        position = 0;
      }
      int count = (int) Math.min(size - kept.rows.size(), from.rows() - position);
      int[] chosen = new int[count];
      for (int i = 0; i < count; i++) {
        chosen[i] = from.row(position++);
      }
      for (int i = 0; i < carried.length; i++) {
        columns[i] = from.column(carried[i]);
      }
      kept.rows.add(columns, chosen, count);
      if (position == from.rows()) {
        in = null;
      }
    }
  }

  private void run() {
    rows.clear();
    chunk = 0;
    if (broken) {
      withoutSubquery();
      report(false, null);
      return;
    }
    QueryState.Beginning beginning = state.beginPart();
    WeftException failure = null;
    try {
      runSubquery();
      state.checkChanges();
    } catch (WeftException exception) {
      failure = exception;
    }
    if (failure == null) {
      state.commitPart();
      committed++;
      report(true, null);
      return;
    }
    rows.clear();
    state.undoPart(beginning);
    if (onError == OnError.FAIL || !isOfTheData(failure)) {
      throw committed == 0 ? failure : afterCommits(failure);
    }
    running = again.get();
    broken = onError == OnError.BREAK;
    withoutSubquery();
    report(true, failure);
  }

  private void runSubquery() {
    running.open();
    int[] slots = Arrays.copyOf(carried, carried.length + added.length);
    System.arraycopy(added, 0, slots, carried.length, added.length);
    for (Batch batch = running.next(); batch != null; batch = running.next()) {
      state.checkCancelled();
      rows.add(batch, slots);
    }
  }

  /** The input rows as they are, with nulls for what the subquery would add. */
  private void withoutSubquery() {
    Vector[] columns = new Vector[carried.length + added.length];
    for (int c = 0; c < kept.rows.chunkCount(); c++) {
      int count = kept.rows.chunkRows(c);
      System.arraycopy(kept.rows.chunk(c), 0, columns, 0, carried.length);
      for (int i = 0; i < added.length; i++) {
        Vector nulls = new Vector();
        nulls.reset(Vector.Kind.OBJECT, count);
        columns[carried.length + i] = nulls;
      }
      rows.add(columns, null, count);
    }
  }

  /** Fills the column that tells how the transaction went, which is the same for all its rows. */
  private void report(boolean started, @Nullable WeftException failure) {
    if (statusSlot < 0) {
      return;
    }
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    boolean success = started && failure == null;
    report.put("started", started);
    report.put("committed", success);
    report.put("transactionId", success ? "weft-transaction-" + committed : null);
    report.put("errorMessage", failure == null ? null : failure.what());
    status = new Vector();
    status.reset(Vector.Kind.OBJECT, Batch.MAXIMUM_ROWS);
    for (int i = 0; i < Batch.MAXIMUM_ROWS; i++) {
      status.objects[i] = report;
    }
  }

  /** Whether other rows may go well: the caller does not want to stop, and the storage works. */
  private static boolean isOfTheData(WeftException failure) {
    ErrorCategory category = failure.code().category();
    return category == ErrorCategory.EXECUTION
        || category == ErrorCategory.CONSTRAINT
        || category == ErrorCategory.SEMANTIC
        || failure.code() == ErrorCode.VALUE_TOO_LARGE;
  }

  private WeftException afterCommits(WeftException failure) {
    String before =
        committed == 1 ? "1 inner transaction was" : committed + " inner transactions were";
    String what = failure.what();
    String place = String.valueOf(failure.getMessage()).substring(what.length());
    return new WeftException(
        failure.code(),
        what + " (" + before + " committed before and stay)" + place,
        failure.position(),
        failure);
  }
}
