package org.weftdb.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/**
 * The rows of a query, to be gone through once, row by row or batch by batch.
 *
 * <p>A query that writes, and any query in a write transaction, has run to its end when its result
 * is there. Any other computes its rows while they are asked for, always from the graph as it was
 * when its transaction began, also after that has ended; errors of the query may come at any row
 * and close the result. After {@link #close} asking for more is {@link ErrorCode#CLOSED}; so it is
 * after the database was closed when the rows are computed while they are asked for.
 *
 * <p>For one thread at a time. Not promised: any order that the query does not ask for.
 */
public final class Result implements AutoCloseable, Iterable<Row> {
  /** Where batches come from. */
  interface Source {
    @Nullable ResultBatch next();

    Summary summary();

    @Nullable PlanDescription plan();

    List<Notification> notifications();

    /** Frees what the rows that were not asked for would have needed. */
    default void close() {}
  }

  private final List<String> columns;
  private final Source source;
  private @Nullable ResultBatch batch;
  private int nextRow;
  private boolean ended;
  private boolean closed;

  Result(List<String> columns, Source source) {
    this.columns = columns;
    this.source = source;
  }

  /** The names of the columns; none for a query without RETURN. */
  public List<String> columns() {
    return columns;
  }

  /** Whether there is another row. */
  public boolean hasNext() {
    if (closed) {
      throw new WeftException(ErrorCode.CLOSED, "the result is closed");
    }
    if (!ended && (batch == null || nextRow == batch.rows())) {
      advance();
    }
    return !ended;
  }

  private void advance() {
    batch = null;
    nextRow = 0;
    // After an error the rows that would follow are not the next ones any more.
    closed = true;
    batch = source.next();
    closed = false;
    ended = batch == null;
  }

  /**
   * The next row.
   *
   * @throws NoSuchElementException when there is none
   */
  public Row next() {
    ResultBatch current = hasNext() ? batch : null;
    if (current == null) {
      throw new NoSuchElementException("the result has no more rows");
    }
    int at = current.rowAt(nextRow++);
    @Nullable Object[] values = new @Nullable Object[current.columns().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = current.columns()[i].value(at);
    }
    return new Row(columns, values);
  }

  /**
   * The next rows at once, or null when there are none. Not to be mixed with reading row by row
   * while a batch is not read to its end.
   */
  public @Nullable ResultBatch nextBatch() {
    if (!hasNext()) {
      return null;
    }
    if (nextRow > 0) {
      throw new WeftException(
          ErrorCode.INVALID_USE, "some rows of the present batch were read one by one");
    }
    ResultBatch current = batch;
    batch = null;
    return current;
  }

  /** The remaining rows, each a map in the order of the columns. */
  public List<Map<String, @Nullable Object>> toList() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (ResultBatch next = hasNext() ? batch : null;
        next != null;
        next = hasNext() ? batch : null) {
      for (; nextRow < next.rows(); nextRow++) {
        rows.add(rowMap(next.columns(), next.rowAt(nextRow)));
      }
    }
    return rows;
  }

  private Map<String, @Nullable Object> rowMap(Vector[] vectors, int row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < vectors.length; i++) {
      map.put(columns.get(i), vectors[i].value(row));
    }
    return map;
  }

  /** What the query changed; complete when all rows were read or the query writes. */
  public Summary summary() {
    return source.summary();
  }

  /**
   * The plan of a query that begins with EXPLAIN or PROFILE, otherwise null. EXPLAIN does not run
   * the query and has no rows; what PROFILE measured is complete when all rows were read or the
   * query writes.
   */
  public @Nullable PlanDescription plan() {
    return source.plan();
  }

  /**
   * What the query may not have been meant to say: names that are not in the graph, patterns that
   * find very much. In the order of the text, at most {@link Notification#MOST}; of the graph as it
   * was when the query began.
   */
  public List<Notification> notifications() {
    return source.notifications();
  }

  /** The remaining rows, once. */
  @Override
  public Iterator<Row> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return Result.this.hasNext();
      }

      @Override
      public Row next() {
        return Result.this.next();
      }
    };
  }

  /** Gives up the remaining rows; a second call does nothing. */
  @Override
  public void close() {
    closed = true;
    batch = null;
    source.close();
  }
}
