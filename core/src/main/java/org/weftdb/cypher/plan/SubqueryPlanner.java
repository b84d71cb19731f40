package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.weftdb.cypher.ast.Clause;

/** Plans the clauses that run other clauses for each row: CALL with a subquery, and FOREACH. */
final class SubqueryPlanner {
  private final Planning planning;

  SubqueryPlanner(Planning planning) {
    this.planning = planning;
  }

  /** Plans a subquery on top of the clauses before it; what it returns comes into the scope. */
  Plan call(Plan input, Clause.Subquery call, Scope scope) {
    if (call.transactions() != null) {
      throw planning.error(
          org.weftdb.error.ErrorCode.NOT_SUPPORTED, "IN TRANSACTIONS is not supported", call);
    }
    QueryPlanner.Planned planned = planning.queries.called(call, scope);
    if (planned.columns().isEmpty()) {
      return new Plan.Subquery(input, planned.plan(), Plan.SubqueryKind.UNIT, List.of());
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
    return new Plan.Subquery(input, inner, kind, slots);
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
