package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.ast.Clause;
import org.weftdb.cypher.ast.Expression;

/** Plans the clauses that run other clauses for each row: CALL with a subquery, and FOREACH. */
final class SubqueryPlanner {
  /** How many rows make an inner transaction when nothing else is said. */
  private static final long USUAL_BATCH_SIZE = 1_000;

  private final Planning planning;

  SubqueryPlanner(Planning planning) {
    this.planning = planning;
  }

  /** Plans a subquery on top of the clauses before it; what it returns comes into the scope. */
  Plan call(Plan input, Clause.Subquery call, Scope scope) {
    QueryPlanner.Planned planned = planning.queries.called(call, scope);
    if (planned.columns().isEmpty()) {
      Plan inner = planned.plan();
      return subquery(input, inner, Plan.SubqueryKind.UNIT, List.of(), call, scope);
    }
    Plan inner = planned.plan();
    BitSet outer = scope.slots();
    List<Plan.Assignment> copies = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    for (QueryPlanner.Column column : planned.columns()) {
      Scalar.Slot value = column.slot();
      Scalar.Slot slot = value;
      if (outer.get(value.slot())) {
        // A variable from outside under another name: when there is no row it is null, and the
        // variable outside is not.
        int copy = planning.slots.add(column.name());
        slot = new Scalar.Slot(copy, value.kind(), column.name());
        copies.add(new Plan.Assignment(copy, value.kind(), column.name(), value));
      }
      slots.add(slot.slot());
      scope.alias(column.name(), slot);
    }
    inner = copies.isEmpty() ? inner : new Plan.Project(inner, copies);
    Plan.SubqueryKind kind =
        call.optional() ? Plan.SubqueryKind.OPTIONAL : Plan.SubqueryKind.RETURNING;
    return subquery(input, inner, kind, slots, call, scope);
  }

  private Plan subquery(
      Plan input,
      Plan inner,
      Plan.SubqueryKind kind,
      List<Integer> slots,
      Clause.Subquery call,
      Scope scope) {
    Clause.InTransactions transactions = call.transactions();
    if (transactions == null) {
      return new Plan.Subquery(input, inner, kind, slots);
    }
    Expression size = transactions.batchSize();
    Scalar batchSize =
        size == null
            ? new Scalar.Constant(USUAL_BATCH_SIZE)
            : planning.expressions.lower(size, new Scope(null));
    int status = -1;
    if (transactions.status() != null) {
      String name = transactions.status().name();
      status = planning.slots.add(name);
      scope.bind(name, status, SlotKind.VALUE);
    }
    Plan.OnError onError =
        switch (transactions.onError()) {
          case FAIL -> Plan.OnError.FAIL;
          case CONTINUE -> Plan.OnError.CONTINUE;
          case BREAK -> Plan.OnError.BREAK;
        };
    return new Plan.SubqueryInTransactions(input, inner, kind, slots, batchSize, onError, status);
  }

  /**
   * Plans FOREACH: a subquery that makes a row of each element and does all updates for one row
   * before it takes the next.
   */
  Plan foreach(Plan input, Clause.Foreach foreach, Scope scope) {
    Scalar list = planning.expressions.lower(foreach.list(), scope);
    Scope inner = scope.inner();
    int slot = planning.slots.add(foreach.variable().name());
    inner.bind(foreach.variable().name(), slot, SlotKind.VALUE);
    Plan elements = new Plan.Unwind(new Plan.Argument(), list, slot);
    boolean single = foreach.updates().size() == 1;
    // One operator alone works row by row anyway.
    Plan updates = single ? elements : new Plan.Argument();
    for (Clause update : foreach.updates()) {
      updates = planning.queries.update(updates, update, inner);
    }
    PlanLimits.check(updates);
    Plan each =
        single ? updates : new Plan.Subquery(elements, updates, Plan.SubqueryKind.UNIT, List.of());
    return new Plan.Subquery(input, each, Plan.SubqueryKind.UNIT, List.of());
  }
}
