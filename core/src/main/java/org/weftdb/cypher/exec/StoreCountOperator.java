package org.weftdb.cypher.exec;

import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Vector;

/** Adds to each row how many nodes or relationships there are, which the graph keeps count of. */
final class StoreCountOperator extends Operator {
  private final QueryState state;
  private final Operator input;
  private final Plan.StoreCount plan;
  private final Vector result = new Vector();

  StoreCountOperator(QueryState state, Operator input, Plan.StoreCount plan) {
    this.state = state;
    this.input = input;
    this.plan = plan;
  }

  @Override
  void open() {
    input.open();
  }

  @Override
  @Nullable Batch next() {
    state.checkCancelled();
    Batch batch = input.next();
    if (batch != null) {
      long count = count();
      result.reset(Vector.Kind.INTEGER, batch.size);
      for (int k = 0; k < batch.rows(); k++) {
        result.longs[batch.row(k)] = count;
      }
      for (int slot : plan.slots()) {
        batch.columns[slot] = result;
      }
    }
    return batch;
  }

  private long count() {
    GraphView graph = state.graph;
    if (plan.ofNodes()) {
      return plan.name().isEmpty()
          ? graph.nodeCount()
          : graph.nodeCount(graph.catalog().labelId(plan.name()));
    }
    return plan.name().isEmpty()
        ? graph.relationshipCount()
        : graph.relationshipCount(graph.catalog().typeId(plan.name()));
  }
}
