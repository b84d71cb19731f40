package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.engine.SimulatedGraph.Refusal;
import org.weftdb.error.ErrorCode;

/**
 * A statement and what it must do.
 *
 * @param parts what it does to the graph, one after another; each is a transaction of its own when
 *     it is {@code inTransactions}, otherwise there is one
 * @param afterFailure what becomes of the parts after one that fails
 */
record SimulatedStatement(
    String query,
    Map<String, Object> parameters,
    List<Effect> parts,
    boolean inTransactions,
    AfterFailure afterFailure) {

  /** What a statement does to the graph. */
  interface Effect {
    /** Changes the graph; throws {@link Refusal} when the statement must fail. */
    void on(SimulatedGraph graph);
  }

  /** ON ERROR. */
  enum AfterFailure {
    FAIL,
    BREAK,
    CONTINUE
  }

  SimulatedStatement(String query, Map<String, Object> parameters, Effect effect) {
    this(query, parameters, List.of(effect), false, AfterFailure.FAIL);
  }

  /**
   * What must come of it.
   *
   * @param graphs the graph after each part that changes something
   * @param failure what it must fail with, or null
   */
  record Prediction(List<SimulatedGraph> graphs, @Nullable ErrorCode failure) {
    SimulatedGraph last(SimulatedGraph before) {
      return graphs.isEmpty() ? before : graphs.get(graphs.size() - 1);
    }
  }

  Prediction predict(SimulatedGraph before) {
    List<SimulatedGraph> graphs = new ArrayList<>();
    SimulatedGraph last = before;
    for (Effect part : parts) {
      SimulatedGraph next = last.copy();
      try {
        part.on(next);
        next.checkConstraints();
        graphs.add(next);
        last = next;
      } catch (Refusal refusal) {
        if (afterFailure == AfterFailure.FAIL) {
          return new Prediction(graphs, refusal.code);
        } else if (afterFailure == AfterFailure.BREAK) {
          break;
        }
      }
    }
    return new Prediction(graphs, null);
  }
}
