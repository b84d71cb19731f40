package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.exec.Batch;
import org.weftdb.cypher.exec.ResultMaterializer;
import org.weftdb.value.Vector;

/**
 * Some rows of a result, column by column, with whole nodes, relationships and paths.
 *
 * <p>Valid until the result is asked for the next one; to be read, not changed.
 *
 * @param columns one for each column of the result, in their order; their kinds are never {@link
 *     Vector.Kind#NODE} or {@link Vector.Kind#RELATIONSHIP}
 * @param rows how many rows there are, from 1
 * @param selection where each row is in the columns, or null when row i is at i
 */
public record ResultBatch(Vector[] columns, int rows, int @Nullable [] selection) {

  /** Where a row is in the columns. */
  public int rowAt(int index) {
    return selection == null ? index : selection[index];
  }

  /** The columns of an execution's batch as they are when nothing in them is a reference. */
  static ResultBatch of(Batch batch, ResultMaterializer materializer) {
    Vector[] columns = new Vector[batch.columns.length];
    boolean isFinal = true;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = known(batch.columns[i]);
      isFinal = isFinal && isFinal(columns[i], batch);
    }
    if (isFinal) {
      return new ResultBatch(columns, batch.rows(), batch.selection);
    }
    ResultBatch copy = copyOf(batch);
    copy.materialize(materializer);
    return copy;
  }

  /** A copy that stays valid, with references where the execution has them. */
  static ResultBatch copyOf(Batch batch) {
    Vector[] columns = new Vector[batch.columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = copy(known(batch.columns[i]), batch);
    }
    return new ResultBatch(columns, batch.rows(), null);
  }

  /** Turns references into entities, in place; only for a batch of {@link #copyOf}. */
  void materialize(ResultMaterializer materializer) {
    for (Vector column : columns) {
      materialize(column, rows, materializer);
    }
  }

  private static Vector known(@Nullable Vector column) {
    if (column == null) {
      throw new IllegalStateException("a result without one of its columns");
    }
    return column;
  }

  private static Vector copy(Vector source, Batch batch) {
    int rows = batch.rows();
    Vector copy = new Vector(source.kind, rows);
    for (int i = 0; i < rows; i++) {
      copy.copyFrom(source, batch.row(i), i);
    }
    return copy;
  }

  /** Whether no value is a reference, or may have one inside. */
  private static boolean isFinal(Vector column, Batch batch) {
    return switch (column.kind) {
      case INTEGER, FLOAT, BOOLEAN -> true;
      case NODE, RELATIONSHIP -> false;
      case OBJECT -> {
        boolean isFinal = true;
        for (int i = 0, rows = batch.rows(); i < rows && isFinal; i++) {
          Object value = column.objects[batch.row(i)];
          isFinal = value == null || value instanceof String || value instanceof Number;
        }
        yield isFinal;
      }
    };
  }

  private static void materialize(Vector column, int rows, ResultMaterializer materializer) {
    switch (column.kind) {
      case INTEGER, FLOAT, BOOLEAN -> {}
      case NODE, RELATIONSHIP, OBJECT -> {
        column.convertToObjects();
        for (int i = 0; i < rows; i++) {
          column.objects[i] = materializer.materialize(column.objects[i]);
        }
      }
    }
  }
}
