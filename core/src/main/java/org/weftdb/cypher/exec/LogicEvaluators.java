package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Vector;

/** Three-valued logic and tests for null. */
final class LogicEvaluators {
  private LogicEvaluators() {}

  /**
   * AND (decided by the first false) or OR (decided by the first true). A later operand is
   * evaluated only for the rows that the earlier ones left open.
   */
  static final class Junction extends Evaluator {
    private final Evaluator[] operands;
    private final boolean decider;
    private int[] open = new int[Batch.FIRST_ROWS];

    /**
     * @param decider the operand's value that decides: false for AND, true for OR
     */
    Junction(Evaluator[] operands, boolean decider) {
      this.operands = operands;
      this.decider = decider;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      boolean unknown = false;
      for (Evaluator operand : operands) {
        Boolean truth = asBoolean(operand.value(batch, row));
        if (truth == null) {
          unknown = true;
        } else if (truth == decider) {
          return decider;
        }
      }
      return unknown ? null : (Object) !decider;
    }

    @Override
    Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
      result.reset(Vector.Kind.BOOLEAN, batch.size);
      if (open.length < count) {
        open = new int[batch.size];
      }
      long undecided = decider ? 0 : 1;
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        open[k] = row;
        result.longs[row] = undecided;
      }
      int left = count;
      for (Evaluator operand : operands) {
        if (left == 0) {
          break;
        }
        left = narrow(operand.evaluate(batch, open, left), left);
      }
      return result;
    }

    private int narrow(Vector truth, int count) {
      int n = 0;
      if (truth.kind == Vector.Kind.BOOLEAN && !truth.hasNulls) {
        long deciding = decider ? 1 : 0;
        for (int k = 0; k < count; k++) {
          int row = open[k];
          if (truth.longs[row] == deciding) {
            result.setLong(row, deciding);
          } else {
            open[n++] = row;
          }
        }
        return n;
      }
      for (int k = 0; k < count; k++) {
        int row = open[k];
        Boolean value = asBoolean(truth.value(row));
        if (value != null && value == decider) {
          result.setLong(row, decider ? 1 : 0);
        } else {
          if (value == null) {
            result.setNull(row);
          }
          open[n++] = row;
        }
      }
      return n;
    }

    @Override
    int select(Batch batch, int @Nullable [] rows, int count, int[] target) {
      if (decider) {
        return super.select(batch, rows, count, target);
      }
      // A null operand cannot make the row pass any more, so it is left out like a false one.
      int left = operands[0].select(batch, rows, count, target);
      for (int i = 1; i < operands.length && left > 0; i++) {
        left = operands[i].select(batch, target, left, target);
      }
      return left;
    }
  }

  /** NOT. */
  static final class Not extends Evaluator {
    private final Evaluator operand;

    Not(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Boolean truth = asBoolean(operand.value(batch, row));
      return truth == null ? null : (Object) !truth;
    }

    @Override
    Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
      Vector truth = operand.evaluate(batch, rows, count);
      if (truth.kind != Vector.Kind.BOOLEAN) {
        result.reset(Vector.Kind.BOOLEAN, batch.size);
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          Boolean value = asBoolean(truth.value(row));
          result.set(row, value == null ? null : (Object) !value);
        }
        return result;
      }
      result.reset(Vector.Kind.BOOLEAN, batch.size);
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        result.longs[row] = truth.longs[row] ^ 1;
      }
      if (truth.hasNulls) {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          if (truth.isNull(row)) {
            result.setNull(row);
          }
        }
      }
      return result;
    }
  }

  /** Exclusive or: null when an operand is. */
  static final class Xor extends Evaluator {
    private final Evaluator left;
    private final Evaluator right;

    Xor(Evaluator left, Evaluator right) {
      this.left = left;
      this.right = right;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      Boolean first = asBoolean(left.value(batch, row));
      Boolean second = asBoolean(right.value(batch, row));
      return first == null || second == null ? null : (Object) (first ^ second);
    }
  }

  /** IS NULL and IS NOT NULL. */
  static final class NullTest extends Evaluator {
    private final Evaluator operand;
    private final boolean whenNull;

    NullTest(Evaluator operand, boolean whenNull) {
      this.operand = operand;
      this.whenNull = whenNull;
    }

    @Override
    @Nullable Object value(Batch batch, int row) {
      return (operand.value(batch, row) == null) == whenNull;
    }

    @Override
    Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
      Vector values = operand.evaluate(batch, rows, count);
      result.reset(Vector.Kind.BOOLEAN, batch.size);
      for (int k = 0; k < count; k++) {
        int row = rows == null ? k : rows[k];
        result.longs[row] = values.isNull(row) == whenNull ? 1 : 0;
      }
      return result;
    }
  }
}
