package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.exec.Batch;
import org.weftdb.cypher.exec.Execution;
import org.weftdb.cypher.exec.ExecutionContext;
import org.weftdb.cypher.exec.ResultCursor;
import org.weftdb.cypher.exec.ResultMaterializer;
import org.weftdb.cypher.parser.CypherScript;
import org.weftdb.cypher.plan.Measurements;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;

/**
 * Some queries on one state of the graph, and their changes, which happen all or not at all.
 *
 * <p>A read transaction sees the graph as it was when it began. A write transaction sees its own
 * changes as well, and nobody else does before {@link #commit}. A query that fails leaves the
 * transaction as it was before it. {@link #close} without a commit rolls back.
 *
 * <p>For one thread at a time. Calls after the end are {@link ErrorCode#CLOSED}, except {@code
 * close}, which then does nothing.
 */
public final class Transaction implements AutoCloseable {
  private final Engine engine;
  private final Root root;
  private final @Nullable GraphTransaction graph;
  private boolean schemaChanged;

  /** Those to which it can go back, the oldest first. */
  private final List<Savepoint> savepoints = new ArrayList<>();

  private final long startMillis;
  private boolean ended;

  Transaction(Engine engine, Root root, Access access) {
    this.engine = engine;
    this.root = root;
    this.startMillis = engine.nowMillis();
    this.graph =
        switch (access) {
          case READ -> null;
          case WRITE -> engine.hasStorage() ? root.graph().begin() : root.graph().beginUnrecorded();
        };
    if (graph != null && engine.changes().isListenedTo()) {
      graph.collectTouched();
    }
  }

  /** What it began with. */
  Root root() {
    return root;
  }

  /** What this transaction may do. */
  public Access access() {
    return graph == null ? Access.READ : Access.WRITE;
  }

  /** Whether it was committed or rolled back. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** Runs a query without parameters. */
  public Result execute(String query) {
    return execute(query, Map.of());
  }

  /**
   * Runs a query.
   *
   * @throws WeftException any error of the query; {@link ErrorCode#WRITE_IN_READ_TRANSACTION}
   */
  public Result execute(String query, Map<String, ? extends @Nullable Object> parameters) {
    return run(compiled(new QueryText.Whole(query)), parameters, false);
  }

  /**
   * Runs the statements of a script one after another. When one fails, those before it stay a part
   * of the transaction.
   *
   * @throws WeftException the error of a statement, which says which one it is
   */
  public List<Result> executeScript(
      String text, Map<String, ? extends @Nullable Object> parameters) {
    CypherScript script = CypherScript.of(text);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      try {
        results.add(run(compiled(new QueryText.Part(script, i)), parameters, true));
      } catch (WeftException failure) {
        throw Engine.inStatement(i, failure);
      }
    }
    return results;
  }

  /** The same as a query that begins with PROFILE: the result has its measured plan. */
  public Result profile(String query, Map<String, ? extends @Nullable Object> parameters) {
    return run(compiled(new QueryText.Whole(query)).profiled(), parameters, false);
  }

  private Statement compiled(QueryText query) {
    checkOpen();
    return graph != null && schemaChanged
        ? engine.compiler().compile(query, graph)
        : engine.compiler().compile(query, root);
  }

  private Result run(
      Statement statement, Map<String, ? extends @Nullable Object> parameters, boolean toEnd) {
    try {
      GraphTransaction writable = graph;
      if (statement.explains()) {
        return explained(statement, writable == null ? root.graph() : writable);
      }
      if (statement.commitsInParts()) {
        throw notAlone();
      }
      if (writable == null) {
        return toEnd ? readToEnd(statement, parameters) : openRows(statement, parameters);
      }
      return runToEnd(statement, parameters, writable, null);
    } catch (WeftException failure) {
      throw statement.located(failure);
    }
  }

  /** Runs the only query of a transaction that writes, which may commit in parts. */
  Result executeAlone(Statement statement, Map<String, ? extends @Nullable Object> parameters) {
    checkOpen();
    if (graph == null) {
      throw new IllegalStateException("a transaction that reads");
    }
    return runToEnd(statement, parameters, graph, this);
  }

  static WeftException notAlone() {
    return new WeftException(
        ErrorCode.NESTED_TRANSACTIONS,
        "CALL { } IN TRANSACTIONS commits by itself and cannot run inside a transaction, expected"
            + " it in a query that is run without one");
  }

  /** Commits what the only query of the transaction has changed so far. */
  void commitPart() {
    checkOpen();
    if (graph != null) {
      engine.commitPart(graph);
    }
  }

  private synchronized void checkOpen() {
    engine.checkUsable();
    if (ended) {
      throw new WeftException(ErrorCode.CLOSED, "the transaction has ended");
    }
  }

  Result openRows(Statement statement, Map<String, ? extends @Nullable Object> parameters) {
    if (statement.explains()) {
      return explained(statement, root.graph());
    }
    if (statement.changes()) {
      throw new WeftException(
          ErrorCode.WRITE_IN_READ_TRANSACTION, "a query that writes in a transaction that reads");
    }
    ResultCursor cursor =
        Execution.start(
            statement, root.graph(), parameters, engine.newExecutionContext(startMillis, null));
    if (statement.columns().isEmpty()) {
      // Nobody will ask for rows, yet a void procedure is to be called.
      cursor.next();
    }
    ResultMaterializer materializer = new ResultMaterializer(root.graph());
    return new Result(
        statement.columns(),
        new Result.Source() {
          @Override
          public @Nullable ResultBatch next() {
            engine.checkUsable();
            try {
              Batch batch = cursor.next();
              return batch == null ? null : ResultBatch.of(batch, materializer);
            } catch (WeftException failure) {
              throw statement.located(failure);
            }
          }

          @Override
          public Summary summary() {
            return Summary.of(cursor.counters());
          }

          @Override
          public @Nullable PlanDescription plan() {
            return profiled(statement, root.graph(), cursor);
          }

          @Override
          public List<Notification> notifications() {
            return Notification.of(statement, root.graph().catalog());
          }

          @Override
          public void close() {
            cursor.close();
          }
        });
  }

  /** No rows, but the plan. */
  private static Result explained(Statement statement, GraphView view) {
    PlanDescription plan = Engine.described(statement, view, Measurements.NONE);
    List<Notification> notifications = Notification.of(statement, view.catalog());
    return new Result(List.of(), new Finished(List.of(), Summary.NOTHING, plan, notifications));
  }

  private static @Nullable PlanDescription profiled(
      Statement statement, GraphView view, ResultCursor cursor) {
    return statement.profiles() ? Engine.described(statement, view, cursor.measurements()) : null;
  }

  private Result runToEnd(
      Statement statement,
      Map<String, ? extends @Nullable Object> parameters,
      GraphTransaction writable,
      @Nullable Transaction whole) {
    // A query that is all of the transaction is given up with it.
    org.weftdb.graph.Savepoint before = whole == null ? writable.savepoint() : null;
    boolean done = false;
    try {
      List<Notification> notifications = Notification.of(statement, writable.catalog());
      ExecutionContext context = engine.newExecutionContext(startMillis, whole);
      ResultCursor cursor = Execution.start(statement, writable, parameters, context);
      List<ResultBatch> batches = allRows(cursor, writable);
      Summary summary = Summary.of(cursor.counters());
      schemaChanged |= summary.changesSchema();
      done = true;
      PlanDescription plan = profiled(statement, writable, cursor);
      return new Result(statement.columns(), new Finished(batches, summary, plan, notifications));
    } finally {
      if (!done) {
        writable.count(null);
      }
      if (!done && before != null) {
        writable.rollbackTo(before);
      }
    }
  }

  private static List<ResultBatch> allRows(ResultCursor cursor, GraphView view) {
    List<ResultBatch> batches = new ArrayList<>();
    for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
      cursor.keep(batch);
      batches.add(ResultBatch.copyOf(batch));
    }
    ResultMaterializer materializer = new ResultMaterializer(view);
    for (ResultBatch batch : batches) {
      batch.materialize(materializer);
    }
    return batches;
  }

  /** Runs a query that only reads to its end. */
  Result readToEnd(Statement statement, Map<String, ? extends @Nullable Object> parameters) {
    if (statement.explains() || statement.changes()) {
      return openRows(statement, parameters);
    }
    ResultCursor cursor =
        Execution.start(
            statement, root.graph(), parameters, engine.newExecutionContext(startMillis, null));
    List<ResultBatch> batches = allRows(cursor, root.graph());
    PlanDescription plan = profiled(statement, root.graph(), cursor);
    return new Result(
        statement.columns(),
        new Finished(
            batches,
            Summary.of(cursor.counters()),
            plan,
            Notification.of(statement, root.graph().catalog())));
  }

  /** The rows of a query that has run. */
  private static final class Finished implements Result.Source {
    private final List<ResultBatch> batches;
    private final Summary summary;
    private final @Nullable PlanDescription plan;
    private final List<Notification> notifications;
    private int next;

    Finished(
        List<ResultBatch> batches,
        Summary summary,
        @Nullable PlanDescription plan,
        List<Notification> notifications) {
      this.notifications = notifications;
      this.batches = batches;
      this.summary = summary;
      this.plan = plan;
    }

    @Override
    public @Nullable PlanDescription plan() {
      return plan;
    }

    @Override
    public List<Notification> notifications() {
      return notifications;
    }

    @Override
    public @Nullable ResultBatch next() {
      return next == batches.size() ? null : batches.get(next++);
    }

    @Override
    public Summary summary() {
      return summary;
    }
  }

  /**
   * Makes all changes, at once and as durable as the database promises.
   *
   * @throws WeftException {@link ErrorCode#LOG_FAILED} when it is not known whether they will be
   *     there when the database is opened again
   */
  public void commit() {
    checkOpen();
    CommitPipeline.Pending pending = null;
    try {
      if (graph != null) {
        pending = engine.commit(graph, root, schemaChanged);
      }
    } finally {
      end();
    }
    if (pending != null) {
      // Without the write turn, so that the next commit can share the sync.
      engine.await(pending);
    }
  }

  /** A state of a transaction, to go back to. */
  public static final class Savepoint {
    private final org.weftdb.graph.Savepoint graph;
    private final boolean schemaChanged;

    private Savepoint(org.weftdb.graph.Savepoint graph, boolean schemaChanged) {
      this.graph = graph;
      this.schemaChanged = schemaChanged;
    }
  }

  /**
   * Remembers what the transaction has changed so far.
   *
   * @throws WeftException {@link ErrorCode#WRITE_IN_READ_TRANSACTION}, since there is nothing to go
   *     back to in one that reads
   */
  public Savepoint savepoint() {
    checkOpen();
    Savepoint savepoint = new Savepoint(writable().savepoint(), schemaChanged);
    savepoints.add(savepoint);
    return savepoint;
  }

  /**
   * Undoes what was changed after a savepoint. The savepoint can be used again; those that were
   * made after it cannot.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when it is of another transaction, or is
   *     gone because the transaction went back to one before it
   */
  public void rollbackTo(Savepoint savepoint) {
    checkOpen();
    int index = savepoints.indexOf(savepoint);
    if (index < 0) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "the savepoint is of another transaction, or was made after one to which this transaction"
              + " has gone back");
    }
    writable().rollbackTo(savepoint.graph);
    schemaChanged = savepoint.schemaChanged;
    savepoints.subList(index + 1, savepoints.size()).clear();
  }

  private GraphTransaction writable() {
    if (graph == null) {
      throw new WeftException(
          ErrorCode.WRITE_IN_READ_TRANSACTION, "a transaction that reads has no savepoints");
    }
    return graph;
  }

  /** Undoes all changes. */
  public void rollback() {
    checkOpen();
    end();
  }

  /** Rolls back when neither {@link #commit} nor {@link #rollback} was called. */
  @Override
  public void close() {
    end();
  }

  /** Ends the transaction, whatever it did; also called by the engine when it is closed. */
  void end() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    engine.ended(this);
  }
}
