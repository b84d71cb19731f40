package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Numbers;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.Vector;

/**
 * A key of all rows to sort, flat: as numbers when all are integers or all are floats, without
 * null, else as objects.
 */
final class SortColumn {
  private final boolean descending;

  /** The kind of all numbers, or {@link Vector.Kind#OBJECT}. */
  private final Vector.Kind kind;

  private final long[] longs;
  private final double[] doubles;
  private final @Nullable Object[] objects;

  SortColumn(RowBuffer buffer, int column, boolean descending) {
    this.descending = descending;
    int size = buffer.size();
    kind = kindOf(buffer, column);
    longs = new long[kind == Vector.Kind.INTEGER ? size : 0];
    doubles = new double[kind == Vector.Kind.FLOAT ? size : 0];
    objects = new @Nullable Object[kind == Vector.Kind.OBJECT ? size : 0];
    int at = 0;
    for (int chunk = 0; chunk < buffer.chunkCount(); chunk++) {
      Vector vector = buffer.chunk(chunk)[column];
      int rows = buffer.chunkRows(chunk);
      if (kind == Vector.Kind.INTEGER) {
        System.arraycopy(vector.longs, 0, longs, at, rows);
      } else if (kind == Vector.Kind.FLOAT) {
        System.arraycopy(vector.doubles, 0, doubles, at, rows);
      } else {
        for (int row = 0; row < rows; row++) {
          objects[at + row] = vector.value(row);
        }
      }
      at += rows;
    }
  }

  private static Vector.Kind kindOf(RowBuffer buffer, int column) {
    Vector.Kind kind = Vector.Kind.OBJECT;
    for (int chunk = 0; chunk < buffer.chunkCount(); chunk++) {
      Vector vector = buffer.chunk(chunk)[column];
      boolean isNumber = vector.kind == Vector.Kind.INTEGER || vector.kind == Vector.Kind.FLOAT;
      if (!isNumber || vector.hasNulls || chunk > 0 && vector.kind != kind) {
        return Vector.Kind.OBJECT;
      }
      kind = vector.kind;
    }
    return kind;
  }

  int compare(int a, int b) {
    int compared;
    if (kind == Vector.Kind.INTEGER) {
      compared = Long.compare(longs[a], longs[b]);
    } else if (kind == Vector.Kind.FLOAT) {
      compared = Numbers.compare(doubles[a], doubles[b]);
    } else {
      compared = ValueOrder.compare(objects[a], objects[b]);
    }
    return descending ? -compared : compared;
  }
}
