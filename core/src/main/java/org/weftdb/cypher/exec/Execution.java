package org.weftdb.cypher.exec;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.PageCounter;

/** Starts planned statements. */
public final class Execution {
  private Execution() {}

  /**
   * Prepares a statement to run; nothing is read and nothing changes before the first {@link
   * ResultCursor#next}.
   *
   * @param graph what is read; a {@link GraphTransaction} when the statement writes. A snapshot, or
   *     a transaction to which nobody else writes before the cursor has ended
   * @param parameters values by name, as {@link ParameterValues#check} takes them
   *     <p>A statement of the mode PROFILE is measured; one of the mode EXPLAIN is not to be
   *     started.
   * @throws WeftException {@link ErrorCode#MISSING_PARAMETER}, {@link ErrorCode#INVALID_ARGUMENT}
   *     for a parameter of a type that Cypher does not have, {@link
   *     ErrorCode#WRITE_IN_READ_TRANSACTION}
   */
  public static ResultCursor start(
      Statement statement,
      GraphView graph,
      Map<String, ? extends @Nullable Object> parameters,
      ExecutionContext context) {
    Map<String, @Nullable Object> checked = ParameterValues.check(parameters);
    for (Statement.Parameter needed : statement.parameters()) {
      if (!checked.containsKey(needed.name())) {
        throw needed
            .origin()
            .locate(
                new WeftException(
                    ErrorCode.MISSING_PARAMETER,
                    "the query needs a value for the parameter $" + needed.name()));
      }
    }
    Profile profile = null;
    GraphView view = graph;
    if (statement.profiles()) {
      PageCounter pages = new PageCounter();
      profile = new Profile(context, pages);
      switch (graph) {
        case GraphSnapshot snapshot -> view = snapshot.counting(pages);
        case GraphTransaction transaction -> transaction.count(pages);
      }
    }
    QueryState state = new QueryState(view, checked, context, profile, statement.slotCount());
    if (statement.changes()) {
      state.writable();
    }
    PlanCompiler compiler = new PlanCompiler(state, statement.slotCount());
    PlanCompiler.Built root = compiler.build(statement.root(), Slots.of(statement.columnSlots()));
    return new ResultCursor(state, statement, root.operator());
  }
}
