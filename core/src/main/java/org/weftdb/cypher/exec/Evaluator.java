package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueType;
import org.weftdb.value.Vector;

/**
 * A compiled expression. The scalar form is there for all; the vector form is overridden where it
 * is hot and must give the same values.
 */
abstract class Evaluator {
  /** The vector that {@link #evaluate} fills; a consumer copies what it keeps. */
  final Vector result = new Vector();

  /** The value for one row. */
  abstract @Nullable Object value(Batch batch, int row);

  /**
   * The values for some rows of a batch, each at the index of its row; what is at other indexes is
   * undefined. Valid until this evaluator is asked again; not to be changed.
   *
   * @param rows the rows, ascending, or null for all
   * @param count how many rows
   */
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    if (count == 0) {
      result.reset(Vector.Kind.OBJECT, batch.size);
      return result;
    }
    int first = rows == null ? 0 : rows[0];
    Object firstValue = value(batch, first);
    result.reset(kindOf(firstValue), batch.size);
    result.set(first, firstValue);
    for (int k = 1; k < count; k++) {
      int row = rows == null ? k : rows[k];
      result.set(row, value(batch, row));
    }
    return result;
  }

  /**
   * Writes those of some rows to {@code target} for which this is true.
   *
   * @param rows the rows, ascending, or null for all; may be the same array as {@code target}
   * @return how many were written
   */
  int select(Batch batch, int @Nullable [] rows, int count, int[] target) {
    return selectTrue(evaluate(batch, rows, count), rows, count, target);
  }

  /** Writes those of some rows to {@code target} for which a column is true. */
  static int selectTrue(Vector truth, int @Nullable [] rows, int count, int[] target) {
    int n = 0;
    if (truth.kind == Vector.Kind.BOOLEAN) {
      long[] bits = truth.longs;
      if (!truth.hasNulls) {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          target[n] = row;
          n += (int) bits[row];
        }
      } else {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          if (bits[row] != 0 && !truth.isNull(row)) {
            target[n++] = row;
          }
        }
      }
      return n;
    }
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (isTrue(truth.value(row))) {
        target[n++] = row;
      }
    }
    return n;
  }

  /** Whether the value is the same for every row of an execution. */
  boolean isConstant() {
    return false;
  }

  static Vector.Kind kindOf(@Nullable Object value) {
    if (value instanceof Long) {
      return Vector.Kind.INTEGER;
    } else if (value instanceof Double) {
      return Vector.Kind.FLOAT;
    } else if (value instanceof Boolean) {
      return Vector.Kind.BOOLEAN;
    } else if (value instanceof NodeReference) {
      return Vector.Kind.NODE;
    } else if (value instanceof RelationshipReference) {
      return Vector.Kind.RELATIONSHIP;
    }
    return Vector.Kind.OBJECT;
  }

  /** Whether a predicate's value lets a row pass; an error when it is neither boolean nor null. */
  static boolean isTrue(@Nullable Object value) {
    Boolean truth = asBoolean(value);
    return truth != null && truth;
  }

  static @Nullable Boolean asBoolean(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw mismatch("a Boolean", value);
  }

  static WeftException mismatch(String expected, Object value) {
    return new WeftException(
        ErrorCode.TYPE_MISMATCH,
        "expected " + expected + ", but the value is of type " + typeName(value));
  }

  static String typeName(@Nullable Object value) {
    return ValueType.of(value).displayName();
  }
}
