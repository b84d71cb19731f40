package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Origin;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/** A row for each row of a procedure, or the row itself when the procedure is void. */
final class ProcedureCallOperator extends FanOutOperator {
  private final Procedure procedure;
  private final Evaluator[] arguments;
  private final List<Plan.Yield> yields;
  private final ProcedureBoundary boundary;
  private final Origin origin;
  private @Nullable Iterator<? extends List<? extends @Nullable Object>> rows;

  ProcedureCallOperator(Frame frame, Plan.ProcedureCall call, Evaluator[] arguments) {
    super(frame);
    this.procedure = state.procedure(call.name());
    this.arguments = arguments;
    this.yields = call.yields();
    this.origin = call.origin();
    this.boundary = new ProcedureBoundary(state, procedure);
  }

  @Override
  void clearRow() {
    rows = null;
  }

  @Override
  boolean rowOpen() {
    return rows != null;
  }

  @Override
  void startRow(Batch from, int row) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      values.add(arguments[i].value(from, row));
    }
    try {
      rows = boundary.call(values);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  @Override
  int take(Batch from, int first) {
    try {
      return takeRows(first);
    } catch (WeftException failure) {
      throw origin.locate(failure);
    }
  }

  private int takeRows(int first) {
    Iterator<? extends List<? extends @Nullable Object>> given = Objects.requireNonNull(rows);
    int n = first;
    if (procedure.columns().isEmpty()) {
      if (boundary.next(given) != null) {
        throw new WeftException(
            ErrorCode.PROCEDURE_FAILED,
            "the procedure " + procedure.name() + " has no columns, but gave a row");
      }
      rows = null;
      return n + 1;
    }
    while (n < capacity) {
      List<? extends @Nullable Object> row = boundary.next(given);
      if (row == null) {
        rows = null;
        break;
      }
      put(row, n++);
    }
    return n;
  }

  private void put(List<? extends @Nullable Object> row, int n) {
    for (int i = 0; i < yields.size(); i++) {
      Plan.Yield yield = yields.get(i);
      Object value = boundary.result(yield.column(), row.get(yield.column()));
      Vector column = output.own(yield.slot());
      if (n == 0) {
        column.reset(Evaluator.kindOf(value), capacity);
      }
      column.set(n, value);
    }
  }
}
