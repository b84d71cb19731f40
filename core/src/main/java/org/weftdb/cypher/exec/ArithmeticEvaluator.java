package org.weftdb.cypher.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Scalar.BinaryOperator;
import org.weftdb.error.WeftException;
import org.weftdb.value.Arithmetic;
import org.weftdb.value.ByteString;
import org.weftdb.value.ComputedList;
import org.weftdb.value.Vector;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalArithmetic;
import org.weftdb.value.temporal.TemporalValue;
import org.weftdb.value.temporal.ZoneRules;

/** The operators on numbers (and + on strings and lists); whole columns of numbers at once. */
final class ArithmeticEvaluator extends Evaluator {
  private final BinaryOperator operator;
  private final Evaluator left;
  private final Evaluator right;

  private final QueryState state;
  private final Origin origin;
  private final ZoneRules zoneRules;

  ArithmeticEvaluator(
      QueryState state, BinaryOperator operator, Evaluator left, Evaluator right, Origin origin) {
    this.origin = origin;
    this.state = state;
    this.operator = operator;
    this.zoneRules = state.zoneRules();
    this.left = left;
    this.right = right;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    return apply(left.value(batch, row), right.value(batch, row));
  }

  /** The operator on two values. */
  @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
    try {
      return compute(a, b);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  private @Nullable Object compute(@Nullable Object a, @Nullable Object b) {
    if (a instanceof TemporalValue value && b instanceof DurationValue duration) {
      if (operator == BinaryOperator.ADD) {
        return TemporalArithmetic.plus(value, duration, zoneRules);
      } else if (operator == BinaryOperator.SUBTRACT) {
        return TemporalArithmetic.minus(value, duration, zoneRules);
      }
    } else if (operator == BinaryOperator.ADD
        && a instanceof DurationValue duration
        && b instanceof TemporalValue value) {
      return TemporalArithmetic.plus(value, duration, zoneRules);
    }
    return switch (operator) {
      case ADD -> {
        count(a, b);
        yield Arithmetic.add(a, b);
      }
      case CONCATENATE -> {
        count(a, b);
        yield Arithmetic.concatenate(a, b);
      }
      case SUBTRACT -> Arithmetic.subtract(a, b);
      case MULTIPLY -> Arithmetic.multiply(a, b);
      case DIVIDE -> Arithmetic.divide(a, b);
      case MODULO -> Arithmetic.modulo(a, b);
      case POWER -> Arithmetic.power(a, b);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          XOR,
          IN,
          STARTS_WITH,
          ENDS_WITH,
          CONTAINS,
          MATCHES ->
          throw new IllegalStateException(operator + " is not arithmetic");
    };
  }

  /** Counts a string or list that is put together, before it is made. */
  private void count(@Nullable Object a, @Nullable Object b) {
    if (!hasLength(a) && !hasLength(b)) {
      return;
    }
    long bytes = copied(a) + copied(b);
    if (bytes >= QueryMemory.WORTH_COUNTING) {
      state.work((int) Math.min(Integer.MAX_VALUE, bytes >> 4));
      state.memory.make(bytes, operator == BinaryOperator.ADD ? "+" : "||");
    }
  }

  private static boolean hasLength(@Nullable Object value) {
    return value instanceof String || value instanceof List<?> || value instanceof ByteString;
  }

  /** What a copy takes; of a list the elements are shared, unless they are computed. */
  private static long copied(@Nullable Object value) {
    if (value instanceof String text) {
      return 2L * text.length();
    } else if (value instanceof List<?> list) {
      return (list instanceof ComputedList ? (long) ValueSize.FLAT : 8L) * list.size();
    } else if (value instanceof ByteString bytes) {
      return bytes.size();
    }
    return 0;
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    Vector a = left.evaluate(batch, rows, count);
    Vector b = right.evaluate(batch, rows, count);
    boolean fast =
        operator == BinaryOperator.ADD
            || operator == BinaryOperator.SUBTRACT
            || operator == BinaryOperator.MULTIPLY;
    if (fast && a.kind == Vector.Kind.INTEGER && b.kind == Vector.Kind.INTEGER) {
      integers(batch, a, b, rows, count);
    } else if ((fast || operator == BinaryOperator.DIVIDE)
        && a.kind == Vector.Kind.FLOAT
        && b.kind == Vector.Kind.FLOAT) {
      floats(batch, a, b, rows, count);
    } else {
      generic(batch, a, b, rows, count);
    }
    return result;
  }

  private void generic(Batch batch, Vector a, Vector b, int @Nullable [] rows, int count) {
    Vector.Kind kind = Vector.Kind.OBJECT;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      Object value = apply(a.value(row), b.value(row));
      if (k == 0) {
        kind = kindOf(value);
        result.reset(kind, batch.size);
      }
      result.set(row, value);
    }
    if (count == 0) {
      result.reset(kind, batch.size);
    }
  }

  private void integers(Batch batch, Vector a, Vector b, int @Nullable [] rows, int count) {
    result.reset(Vector.Kind.INTEGER, batch.size);
    boolean nulls = a.hasNulls || b.hasNulls;
    long[] x = a.longs;
    long[] y = b.longs;
    long[] z = result.longs;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (nulls && (a.isNull(row) || b.isNull(row))) {
        result.setNull(row);
        continue;
      }
      long p = x[row];
      long q = y[row];
      long r;
      boolean overflow;
      switch (operator) {
        case ADD -> {
          r = p + q;
          overflow = ((p ^ r) & (q ^ r)) < 0;
        }
        case SUBTRACT -> {
          r = p - q;
          overflow = ((p ^ q) & (p ^ r)) < 0;
        }
        default -> {
          r = p * q;
          // Both factors below 2^31 in size cannot overflow; others take the slow road.
          overflow = p != (int) p || q != (int) q;
        }
      }
      z[row] = overflow ? slow(p, q) : r;
    }
  }

  /** The same by the general rules, which also report an overflow. */
  private long slow(long p, long q) {
    Object value = apply(p, q);
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalStateException(operator + " of integers gave " + value);
  }

  private void floats(Batch batch, Vector a, Vector b, int @Nullable [] rows, int count) {
    result.reset(Vector.Kind.FLOAT, batch.size);
    boolean nulls = a.hasNulls || b.hasNulls;
    double[] x = a.doubles;
    double[] y = b.doubles;
    double[] z = result.doubles;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (nulls && (a.isNull(row) || b.isNull(row))) {
        result.setNull(row);
        continue;
      }
      z[row] =
          switch (operator) {
            case ADD -> x[row] + y[row];
            case SUBTRACT -> x[row] - y[row];
            case MULTIPLY -> x[row] * y[row];
            default -> x[row] / y[row];
          };
    }
  }
}
