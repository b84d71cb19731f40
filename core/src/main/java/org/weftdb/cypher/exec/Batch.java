package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/**
 * Some rows: columns under their slots, and which of the rows count.
 *
 * <p>Inside an execution, {@code columns} is indexed by plan slot and slots that nothing reads are
 * null; in what a {@link ResultCursor} gives, it has the result's columns in their order. Valid
 * until the one who gave it is asked again.
 */
public final class Batch {
  /** First batches have this many rows. */
  static final int FIRST_ROWS = 16;

  /** Batches grow up to this many rows. */
  public static final int MAXIMUM_ROWS = 1024;

  public final @Nullable Vector[] columns;

  /** Rows in the columns, selected or not. */
  public int size;

  /** The rows that count, ascending, or null when all do. */
  public int @Nullable [] selection;

  /** How many of {@link #selection} are in use; no meaning without a selection. */
  public int selected;

  Batch(int slots) {
    columns = new Vector[slots];
  }

  /** How many rows count. */
  public int rows() {
    return selection == null ? size : selected;
  }

  /** The index into the columns of the {@code k}th row that counts. */
  public int row(int k) {
    return selection == null ? k : selection[k];
  }

  /** The column of a slot, which must be there. */
  Vector column(int slot) {
    Vector column = columns[slot];
    if (column == null) {
      throw new IllegalStateException("slot " + slot + " has no column");
    }
    return column;
  }

  /** The vector of a slot, made when it is not there; for the batch's owner. */
  Vector own(int slot) {
    Vector column = columns[slot];
    if (column == null) {
      column = new Vector();
      columns[slot] = column;
    }
    return column;
  }

  void all(int rows) {
    size = rows;
    selection = null;
    selected = rows;
  }

  /** How large the next batch should be after one of {@code rows}. */
  static int grown(int rows) {
    return rows * 4 < MAXIMUM_ROWS ? rows * 4 : MAXIMUM_ROWS;
  }
}
