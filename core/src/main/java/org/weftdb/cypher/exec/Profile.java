package org.weftdb.cypher.exec;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Measurements;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.cypher.plan.PlanDescription.Measured;
import org.weftdb.graph.PageCounter;

/** Measures the operators of one execution, for the thread that runs it. */
final class Profile implements Measurements {
  private static final class Totals {
    long rows;
    long pages;
    long nanos;
  }

  private final ExecutionContext context;
  private final PageCounter pages;
  private final Map<Plan, Totals> totals = new IdentityHashMap<>();

  /**
   * @param pages what the graph counts on
   */
  Profile(ExecutionContext context, PageCounter pages) {
    this.context = context;
    this.pages = pages;
  }

  /** An operator that does what another does for a plan, measured. */
  Operator measuring(Plan plan, Operator operator) {
    Totals found = totals.get(plan);
    if (found == null) {
      found = new Totals();
      totals.put(plan, found);
    }
    return new MeasuredOperator(operator, found);
  }

  @Override
  public @Nullable Measured of(Plan plan) {
    Totals found = totals.get(plan);
    return found == null ? null : new Measured(found.rows, found.pages, found.nanos);
  }

  private final class MeasuredOperator extends Operator {
    private final Operator operator;
    private final Totals totals;

    MeasuredOperator(Operator operator, Totals totals) {
      this.operator = operator;
      this.totals = totals;
    }

    @Override
    void open() {
      long nanos = context.nanos();
      long before = pages.pages();
      operator.open();
      totals.pages += pages.pages() - before;
      totals.nanos += context.nanos() - nanos;
    }

    @Override
    @Nullable Batch next() {
      long nanos = context.nanos();
      long before = pages.pages();
      Batch batch = operator.next();
      totals.rows += batch == null ? 0 : batch.rows();
      totals.pages += pages.pages() - before;
      totals.nanos += context.nanos() - nanos;
      return batch;
    }
  }
}
