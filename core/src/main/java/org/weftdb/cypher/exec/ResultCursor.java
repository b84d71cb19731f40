package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Measurements;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The rows of a running statement. A statement that writes has made all its changes when {@link
 * #next} has returned null, and not before; after an exception the transaction holds a part of them
 * and the cursor is of no more use.
 *
 * <p>For one thread at a time.
 */
public final class ResultCursor {
  private final QueryState state;
  private final Operator root;
  private final List<String> columns;
  private final int[] slots;
  private final Batch result;
  private final QueryMemory.Share kept;
  private boolean started;
  private boolean ended;

  ResultCursor(QueryState state, Statement statement, Operator root) {
    this.state = state;
    this.root = root;
    this.columns = statement.columns();
    this.slots = Slots.array(statement.columnSlots());
    this.result = new Batch(slots.length);
    this.kept = state.memory.share("the result");
  }

  /** The names of the columns; none for a statement that returns no rows. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The next rows, at least one, or null at the end. Column i of the batch is column i of the
   * result; entities are references, which {@link ResultMaterializer} turns into what callers see.
   * Valid until the next call. A statement without columns runs to its end and gives null.
   */
  public @Nullable Batch next() {
    if (ended) {
      return null;
    }
    boolean goesOn = false;
    Batch batch;
    try {
      batch = nextOfRoot();
      goesOn = batch != null;
    } catch (OutOfMemoryError full) {
      // What filled the memory is garbage as soon as the operators are.
      throw new WeftException(
          ErrorCode.MEMORY_LIMIT,
          "there is no memory left for the query; a smaller queryMemoryBytes would have ended it"
              + " before",
          null,
          full);
    } catch (StackOverflowError full) {
      throw new WeftException(
          ErrorCode.NESTING_TOO_DEEP,
          "the query nests too deep for the stack there is",
          null,
          full);
    } finally {
      if (!goesOn) {
        ended = true;
        state.close();
      }
    }
    if (batch == null) {
      state.checkChanges();
      stopCounting();
      return null;
    }
    for (int i = 0; i < slots.length; i++) {
      result.columns[i] = batch.column(slots[i]);
    }
    result.size = batch.size;
    result.selection = batch.selection;
    result.selected = batch.selected;
    return result;
  }

  /**
   * Charges the execution for a batch that the caller keeps.
   *
   * @throws org.weftdb.error.WeftException {@link org.weftdb.error.ErrorCode#MEMORY_LIMIT}
   */
  public void keep(Batch batch) {
    kept.add(ValueSize.ofResult(batch));
  }

  /** What the operators did so far; of a statement that is not profiled, nothing. */
  public Measurements measurements() {
    return state.profile == null ? Measurements.NONE : state.profile;
  }

  private void stopCounting() {
    if (state.profile != null && state.transaction != null) {
      state.transaction.count(null);
    }
  }

  private @Nullable Batch nextOfRoot() {
    if (!started) {
      started = true;
      state.checkCancelled();
      root.open();
    }
    Batch batch = root.next();
    while (batch != null && slots.length == 0) {
      batch = root.next();
    }
    return batch;
  }

  /** What was changed so far. */
  public Counters counters() {
    return state.counters;
  }

  /**
   * Ends it: further rows do not come, and what the statement had opened is closed. Changes made so
   * far stay in the transaction.
   */
  public void close() {
    ended = true;
    stopCounting();
    state.close();
  }
}
