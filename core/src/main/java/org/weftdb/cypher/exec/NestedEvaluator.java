package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Scalar.NestedKind;
import org.weftdb.value.Vector;

/** Runs an inner plan for each row: whether it has rows, how many, or a value of each. */
final class NestedEvaluator extends Evaluator {
  private final QueryState state;
  private final NestedKind kind;
  private final InnerPlan inner;
  private final @Nullable Evaluator element;
  private final boolean needsLocals;

  /**
   * @param element of each inner row, for {@link NestedKind#COLLECT}
   * @param needsLocals whether the inner plan reads variables that an expression binds
   */
  NestedEvaluator(
      QueryState state,
      NestedKind kind,
      InnerPlan inner,
      @Nullable Evaluator element,
      boolean needsLocals) {
    this.state = state;
    this.kind = kind;
    this.inner = inner;
    this.element = element;
    this.needsLocals = needsLocals;
  }

  @Override
  @Nullable Object value(Batch batch, int row) {
    inner.openRow(batch, row);
    switch (kind) {
      case EXISTS -> {
        return inner.next() != null;
      }
      case COUNT -> {
        long count = 0;
        for (Batch rows = inner.next(); rows != null; rows = inner.next()) {
          count += rows.rows();
        }
        return count;
      }
      case COLLECT -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (Batch rows = inner.next(); rows != null; rows = inner.next()) {
          collect(rows, list);
        }
        return list;
      }
    }
    throw new IllegalStateException();
  }

  private void collect(Batch rows, List<@Nullable Object> list) {
    if (element == null) {
      throw new IllegalStateException("COLLECT without a result");
    }
    Vector values = element.evaluate(rows, rows.selection, rows.rows());
    charge(values, rows);
    for (int k = 0; k < rows.rows(); k++) {
      list.add(values.value(rows.row(k)));
    }
  }

  private void charge(Vector values, Batch rows) {
    state.memory.make(ValueSize.of(values, rows.selection, 0, rows.rows()), "collecting rows");
  }

  @Override
  Vector evaluate(Batch batch, int @Nullable [] rows, int count) {
    // EXISTS ends at the first row of each, which running for all rows at once could not.
    if (kind == NestedKind.EXISTS || needsLocals || !inner.ordered) {
      return super.evaluate(batch, rows, count);
    }
    boolean counting = kind == NestedKind.COUNT;
    result.reset(counting ? Vector.Kind.INTEGER : Vector.Kind.OBJECT, batch.size);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (counting) {
        result.longs[row] = 0;
      } else {
        result.objects[row] = new ArrayList<@Nullable Object>();
      }
    }
    inner.openAll(batch, rows, count);
    for (Batch found = inner.next(); found != null; found = inner.next()) {
      long[] numbers = inner.rowNumbers(found).longs;
      if (counting) {
        for (int k = 0; k < found.rows(); k++) {
          result.longs[(int) numbers[found.row(k)]]++;
        }
      } else {
        distribute(found, numbers);
      }
    }
    return result;
  }

  private void distribute(Batch found, long[] numbers) {
    if (element == null) {
      throw new IllegalStateException("COLLECT without a result");
    }
    Vector values = element.evaluate(found, found.selection, found.rows());
    charge(values, found);
    for (int k = 0; k < found.rows(); k++) {
      int row = found.row(k);
      @SuppressWarnings("unchecked") // put there above
      List<@Nullable Object> list = (List<@Nullable Object>) result.objects[(int) numbers[row]];
      if (list != null) {
        list.add(values.value(row));
      }
    }
  }
}
