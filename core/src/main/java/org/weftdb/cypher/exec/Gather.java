package org.weftdb.cypher.exec;

import org.weftdb.value.Vector;

/** Copies chosen rows of a column into another. */
final class Gather {
  private Gather() {}

  /** Makes {@code target} the column of the chosen rows, in their order. */
  static void into(Vector source, int[] rows, int count, Vector target) {
    target.reset(source.kind, count);
    switch (source.kind) {
      case OBJECT -> {
        for (int i = 0; i < count; i++) {
          target.objects[i] = source.objects[rows[i]];
        }
        return;
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          target.doubles[i] = source.doubles[rows[i]];
        }
      }
      case INTEGER, BOOLEAN, NODE, RELATIONSHIP -> {
        long[] from = source.longs;
        long[] to = target.longs;
        for (int i = 0; i < count; i++) {
          to[i] = from[rows[i]];
        }
      }
    }
    if (source.hasNulls) {
      for (int i = 0; i < count; i++) {
        if (source.isNull(rows[i])) {
          target.setNull(i);
        }
      }
    }
  }

  /** The same, where a row of -1 gives null. */
  static void intoOrNull(Vector source, int[] rows, int count, Vector target) {
    target.reset(source.kind, count);
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0) {
        target.setNull(i);
      } else {
        target.copyFrom(source, rows[i], i);
      }
    }
  }
}
