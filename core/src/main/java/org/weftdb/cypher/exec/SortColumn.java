package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.Vector;

/** A key of all rows to sort, flat: as numbers when all are integers without null, else objects. */
final class SortColumn {
  private final boolean descending;
  private final long[] longs;
  private final @Nullable Object[] objects;
  private final boolean numeric;

  SortColumn(RowBuffer buffer, int column, boolean descending) {
    this.descending = descending;
    int size = buffer.size();
    boolean allIntegers = true;
    for (int chunk = 0; chunk < buffer.chunkCount() && allIntegers; chunk++) {
      Vector vector = buffer.chunk(chunk)[column];
      allIntegers = vector.kind == Vector.Kind.INTEGER && !vector.hasNulls;
    }
    numeric = allIntegers;
    longs = new long[allIntegers ? size : 0];
    objects = new @Nullable Object[allIntegers ? 0 : size];
    int at = 0;
    for (int chunk = 0; chunk < buffer.chunkCount(); chunk++) {
      Vector vector = buffer.chunk(chunk)[column];
      int rows = buffer.chunkRows(chunk);
      if (allIntegers) {
        System.arraycopy(vector.longs, 0, longs, at, rows);
      } else {
        for (int row = 0; row < rows; row++) {
          objects[at + row] = vector.value(row);
        }
      }
      at += rows;
    }
  }

  int compare(int a, int b) {
    int compared;
    if (numeric) {
      compared = Long.compare(longs[a], longs[b]);
    } else {
      compared = ValueOrder.compare(objects[a], objects[b]);
    }
    return descending ? -compared : compared;
  }
}
