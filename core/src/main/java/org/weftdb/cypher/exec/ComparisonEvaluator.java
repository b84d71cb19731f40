package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar.BinaryOperator;
import org.weftdb.value.ValueComparison;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.Vector;

/** {@code = <> < <= > >=}, three-valued; whole columns of numbers, ids and strings at once. */
final class ComparisonEvaluator extends Evaluator {
  /** What is left when a larger left side is turned into a smaller right side. */
  private enum Test {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL
  }

  private final Test test;
  private final Evaluator left;
  private final Evaluator right;

  /** Whether it compares what is stored with one value: its hash is kept with a text then. */
  private final boolean comparesStored;

  ComparisonEvaluator(BinaryOperator operator, Evaluator first, Evaluator second) {
    boolean swap =
        operator == BinaryOperator.GREATER || operator == BinaryOperator.GREATER_OR_EQUAL;
    this.left = swap ? second : first;
    this.right = swap ? first : second;
    this.comparesStored = left instanceof PropertyEvaluator && right.isConstant();
    this.test =
        switch (operator) {
          case EQUAL -> Test.EQUAL;
          case NOT_EQUAL -> Test.NOT_EQUAL;
          case LESS, GREATER -> Test.LESS;
          case LESS_OR_EQUAL, GREATER_OR_EQUAL -> Test.LESS_OR_EQUAL;
          case ADD,
              CONCATENATE,
              SUBTRACT,
              MULTIPLY,
              DIVIDE,
              MODULO,
              POWER,
              XOR,
              IN,
              STARTS_WITH,
              ENDS_WITH,
              CONTAINS,
              MATCHES ->
              throw new IllegalStateException(operator + " is not a comparison");
        };
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    return compare(left.value(batch, row), right.value(batch, row));
  }

  private @Nullable Boolean compare(@Nullable Object a, @Nullable Object b) {
    return switch (test) {
      case EQUAL -> ValueEquality.equal(a, b);
      case NOT_EQUAL -> {
        Boolean equal = ValueEquality.equal(a, b);
        yield equal == null ? null : (Boolean) !equal;
      }
      case LESS -> ValueComparison.less(a, b);
      case LESS_OR_EQUAL -> ValueComparison.lessOrEqual(a, b);
    };
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    Vector a = left.evaluate(batch, rows, count);
    Vector b = right.evaluate(batch, rows, count);
    return compare(batch, a, b, rows, count);
  }

  @Override
  int select(Batch batch, int @Nullable [] rows, int count, int[] target) {
    Vector a = left.evaluate(batch, rows, count);
    Vector b = right.evaluate(batch, rows, count);
    boolean same = a.kind == b.kind && !a.hasNulls && !b.hasNulls;
    if (same && a.kind == Vector.Kind.INTEGER) {
      return selectLongs(a.longs, b.longs, rows, count, target);
    } else if (same && a.kind == Vector.Kind.FLOAT) {
      return selectFloats(a.doubles, b.doubles, rows, count, target);
    } else if (same && comparesStored && test == Test.EQUAL && count > 0) {
      Object wanted = b.value(rows == null ? 0 : rows[0]);
      if (a.kind == Vector.Kind.OBJECT && wanted instanceof String text) {
        return selectText(a.objects, text, rows, count, target);
      }
    }
    return selectTrue(compare(batch, a, b, rows, count), rows, count, target);
  }

  private Vector compare(Batch batch, Vector a, Vector b, int @Nullable [] rows, int count) {
    result.reset(Vector.Kind.BOOLEAN, batch.size);
    if (a.kind == b.kind && a.kind != Vector.Kind.OBJECT) {
      boolean equality = test == Test.EQUAL || test == Test.NOT_EQUAL;
      if (a.kind == Vector.Kind.FLOAT) {
        floats(a, b, rows, count);
        markNulls(a, b, rows, count);
        return result;
      } else if (equality || a.kind == Vector.Kind.INTEGER) {
        longs(a, b, rows, count);
        markNulls(a, b, rows, count);
        return result;
      }
    } else if (a.kind == Vector.Kind.OBJECT
        && b.kind == Vector.Kind.OBJECT
        && (test == Test.EQUAL || test == Test.NOT_EQUAL)) {
      objects(a.objects, b.objects, rows, count);
      return result;
    }
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      result.set(row, compare(a.value(row), b.value(row)));
    }
    return result;
  }

  private int selectLongs(long[] x, long[] y, int @Nullable [] rows, int count, int[] target) {
    int n = 0;
    switch (test) {
      case EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          target[n] = row;
          n += x[row] == y[row] ? 1 : 0;
        }
      }
      case NOT_EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          target[n] = row;
          n += x[row] != y[row] ? 1 : 0;
        }
      }
      case LESS -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          target[n] = row;
          n += x[row] < y[row] ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          target[n] = row;
          n += x[row] <= y[row] ? 1 : 0;
        }
      }
    }
    return n;
  }

  private int selectFloats(double[] x, double[] y, int @Nullable [] rows, int count, int[] target) {
    int n = 0;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      boolean truth =
          switch (test) {
            case EQUAL -> x[row] == y[row];
            case NOT_EQUAL -> x[row] != y[row];
            case LESS -> x[row] < y[row];
            case LESS_OR_EQUAL -> x[row] <= y[row];
          };
      target[n] = row;
      n += truth ? 1 : 0;
    }
    return n;
  }

  /** Looks at the hashes first: of stored texts they are computed once in the texts' lives. */
  private static int selectText(
      @Nullable Object[] x, String wanted, int @Nullable [] rows, int count, int[] target) {
    int n = 0;
    int hash = wanted.hashCode();
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (x[row] instanceof String text && text.hashCode() == hash && text.equals(wanted)) {
        target[n++] = row;
      }
    }
    return n;
  }

  private void markNulls(Vector a, Vector b, int @Nullable [] rows, int count) {
    if (a.hasNulls || b.hasNulls) {
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        if (a.isNull(row) || b.isNull(row)) {
          result.setNull(row);
        }
      }
    }
  }

  private void longs(Vector a, Vector b, int @Nullable [] rows, int count) {
    long[] x = a.longs;
    long[] y = b.longs;
    long[] z = result.longs;
    switch (test) {
      case EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          z[row] = x[row] == y[row] ? 1 : 0;
        }
      }
      case NOT_EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          z[row] = x[row] != y[row] ? 1 : 0;
        }
      }
      case LESS -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          z[row] = x[row] < y[row] ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL -> {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          z[row] = x[row] <= y[row] ? 1 : 0;
        }
      }
    }
  }

  private void floats(Vector a, Vector b, int @Nullable [] rows, int count) {
    double[] x = a.doubles;
    double[] y = b.doubles;
    long[] z = result.longs;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      boolean truth =
          switch (test) {
            case EQUAL -> x[row] == y[row];
            case NOT_EQUAL -> x[row] != y[row];
            case LESS -> x[row] < y[row];
            case LESS_OR_EQUAL -> x[row] <= y[row];
          };
      z[row] = truth ? 1 : 0;
    }
  }

  private void objects(
      @Nullable Object[] x, @Nullable Object[] y, int @Nullable [] rows, int count) {
    boolean wanted = test == Test.EQUAL;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      Object a = x[row];
      Object b = y[row];
      if (a == null || b == null) {
        result.setNull(row);
      } else if (a instanceof String s && b instanceof String t) {
        result.longs[row] = s.equals(t) == wanted ? 1 : 0;
      } else {
        result.set(row, compare(a, b));
      }
    }
  }
}
