package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.cypher.exec.ExecutionContext;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.parser.CypherScript;
import org.weftdb.cypher.parser.SyntaxCheck;
import org.weftdb.cypher.plan.Cardinality;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.cypher.plan.GraphCatalog;
import org.weftdb.cypher.plan.Measurements;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.cypher.plan.PlanPrinter;
import org.weftdb.cypher.plan.Statement;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphView;
import org.weftdb.log.Durability;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.ArchiveStorage;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.BytesReadFile;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * A database, in memory or on a {@link Storage}.
 *
 * <p>Any number of threads may use it. Reads never wait and see the newest graph committed when
 * they begin; writes are let in one after another. After the storage has failed every call is
 * {@link ErrorCode#LOG_FAILED}, after {@link #close} {@link ErrorCode#CLOSED}.
 */
public final class Engine implements AutoCloseable {
  /** The file that every storage with a database has. */
  public static final String IDENTITY_FILE = DatabaseFiles.IDENTITY;

  private final EngineOptions options;
  private final CommitPipeline pipeline;
  private final QueryCompiler compiler;
  private final Prng seeds;

  /** Who has the write turn; guarded by this object. */
  private @Nullable Transaction writer;

  private Engine(EngineOptions options, CommitPipeline pipeline) {
    this.options = options;
    this.pipeline = pipeline;
    this.compiler =
        new QueryCompiler(
            options.planCacheSize(),
            options.functions(),
            options.procedures(),
            () -> new Deadline(options)::cancelled);
    this.seeds = new Prng(options.randomSeed());
  }

  /** An empty database that is gone when it is closed. */
  public static Engine inMemory(EngineOptions options) {
    Root root = new Root(GraphSnapshot.empty(), Lsn.NONE, 0);
    return new Engine(
        options, new CommitPipeline(root, null, options.storage(), options.afterCommit()));
  }

  /**
   * Opens the database of a storage, or makes an empty storage one. The engine closes the storage
   * when it is closed itself; when opening fails the storage stays open.
   *
   * @throws WeftException of the category CORRUPTION when the files are damaged, incomplete, of
   *     another database or of another version
   */
  public static Engine open(Storage storage, EngineOptions options) {
    Recovery.Recovered recovered = Recovery.open(storage, options);
    CommitPipeline.Durable durable =
        new CommitPipeline.Durable(
            storage, recovered.log(), new Checkpoints(storage, recovered, options));
    return new Engine(
        options,
        new CommitPipeline(recovered.root(), durable, options.storage(), options.afterCommit()));
  }

  /** Runs a query without parameters in a transaction of its own. */
  public Result execute(String query) {
    return execute(query, Map.of());
  }

  /**
   * Runs a query in a transaction of its own. When it writes, it is committed when this returns.
   *
   * @throws WeftException any error of the query
   */
  public Result execute(String query, Map<String, ? extends @Nullable Object> parameters) {
    return run(new QueryText.Whole(query), parameters, false, false);
  }

  /**
   * Runs one statement of a script in a transaction of its own, to its end.
   *
   * @param index from 0
   */
  public Result execute(
      CypherScript script, int index, Map<String, ? extends @Nullable Object> parameters) {
    try {
      return run(new QueryText.Part(script, index), parameters, false, true);
    } catch (WeftException failure) {
      throw inStatement(index, failure);
    }
  }

  static WeftException inStatement(int index, WeftException failure) {
    return new WeftException(
        failure.code(),
        "statement " + (index + 1) + ": " + failure.getMessage(),
        failure.position(),
        failure);
  }

  /**
   * Runs the statements of a script one after another, each in a transaction of its own. When one
   * fails, those before it have been committed and those behind it do not run.
   *
   * @throws WeftException the error of a statement, which says which one it is
   */
  public List<Result> executeScript(
      String text, Map<String, ? extends @Nullable Object> parameters) {
    CypherScript script = CypherScript.of(text);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      results.add(execute(script, i, parameters));
    }
    return results;
  }

  /** The same as a query that begins with PROFILE: the result has its measured plan. */
  public Result profile(String query, Map<String, ? extends @Nullable Object> parameters) {
    return run(new QueryText.Whole(query), parameters, true, false);
  }

  private Result run(
      QueryText query,
      Map<String, ? extends @Nullable Object> parameters,
      boolean profiled,
      boolean toEnd) {
    checkUsable();
    Root root = pipeline.root();
    Statement statement = compiled(query, root, profiled);
    try {
      if (!statement.changes()) {
        Transaction reading = new Transaction(this, root, Access.READ);
        return toEnd
            ? reading.readToEnd(statement, parameters)
            : reading.openRows(statement, parameters);
      }
      Transaction transaction = begin(Access.WRITE);
      try {
        if (transaction.root() != root) {
          // Another writer was first, and may have changed the schema.
          statement = compiled(query, transaction.root(), profiled);
        }
        Result result = transaction.executeAlone(statement, parameters);
        transaction.commit();
        return result;
      } finally {
        transaction.close();
      }
    } catch (WeftException failure) {
      throw statement.located(failure);
    }
  }

  private Statement compiled(QueryText query, Root root, boolean profiled) {
    Statement statement = compiler.compile(query, root);
    return profiled ? statement.profiled() : statement;
  }

  /** Begins a transaction; one that writes waits until it is the only one. */
  public Transaction begin(Access access) {
    checkUsable();
    return switch (access) {
      case READ -> new Transaction(this, pipeline.root(), Access.READ);
      case WRITE -> beginWrite();
    };
  }

  private Transaction beginWrite() {
    options.writeTurn().acquire();
    boolean begun = false;
    try {
      synchronized (this) {
        checkUsable();
        Transaction transaction = new Transaction(this, pipeline.newest(), Access.WRITE);
        writer = transaction;
        begun = true;
        return transaction;
      }
    } finally {
      if (!begun) {
        options.writeTurn().release();
      }
    }
  }

  /** Takes note of a transaction's end; gives the turn to the next when it was the writer. */
  void ended(Transaction transaction) {
    synchronized (this) {
      if (writer != transaction) {
        return;
      }
      writer = null;
    }
    options.writeTurn().release();
  }

  /** Whether commits go to a storage, so that their changes are wanted as bytes. */
  boolean hasStorage() {
    return pipeline.hasStorage();
  }

  /** Appends a commit to the log; the transaction, which ends, has begun from {@code base}. */
  CommitPipeline.Pending commit(GraphTransaction transaction, Root base, boolean schemaChanged) {
    return pipeline.commit(transaction, base, schemaChanged);
  }

  /** Waits until a commit is as durable as it has to be. */
  void await(CommitPipeline.Pending commit) {
    pipeline.await(commit);
  }

  void commitPart(GraphTransaction transaction) {
    pipeline.await(pipeline.commitPart(transaction));
  }

  void checkUsable() {
    pipeline.checkUsable();
  }

  QueryCompiler compiler() {
    return compiler;
  }

  /** The clock now. */
  long nowMillis() {
    return options.clock().millis();
  }

  /**
   * What a query in a transaction takes from outside.
   *
   * @param whole the transaction when the query is all of it, else null
   */
  ExecutionContext newExecutionContext(long transactionMillis, @Nullable Transaction whole) {
    long seed;
    synchronized (seeds) {
      seed = seeds.nextLong();
    }
    return new QueryContext(this, options, seed, transactionMillis, whole);
  }

  /** To listen to commits. */
  public ChangeFeed changes() {
    return pipeline.feed();
  }

  /**
   * What a query that reads looks at in the graph, to be compared with what commits touch.
   *
   * @throws WeftException any error of the query; {@link ErrorCode#WRITE_IN_READ_TRANSACTION} when
   *     it changes something
   */
  public Footprint footprint(String query) {
    checkUsable();
    return compiler.footprint(compiler.compile(new QueryText.Whole(query), pipeline.root()));
  }

  /** The plan of a query; the query does not run. */
  public PlanDescription explain(String query) {
    checkUsable();
    Root root = pipeline.root();
    return described(
        compiler.compile(new QueryText.Whole(query), root), root.graph(), Measurements.NONE);
  }

  /** The plan of a statement with how many rows are expected on a graph, and what was measured. */
  static PlanDescription described(Statement statement, GraphView graph, Measurements measured) {
    Cardinality expected = Cardinality.of(statement.root(), new GraphCatalog(graph));
    return PlanPrinter.describe(statement, expected, measured);
  }

  /**
   * All that is wrong with a text of one or more statements, in the order of the text: what does
   * not follow the grammar, and of the statements that do, the first thing each that has no
   * meaning. At most {@link SyntaxCheck#MAX_ERRORS}. Nothing runs.
   */
  public List<Diagnostic> check(String text) {
    checkUsable();
    List<Diagnostic> found = new ArrayList<>();
    CypherScript script;
    try {
      script = CypherScript.of(text);
    } catch (WeftException failure) {
      found.add(Diagnostic.of(failure, 0));
      return found;
    }
    SyntaxCheck syntax = new SyntaxCheck(script);
    for (int i = 0; i < script.size() && found.size() < SyntaxCheck.MAX_ERRORS; i++) {
      List<Diagnostic> errors = syntax.errors(i, SyntaxCheck.MAX_ERRORS - found.size());
      found.addAll(errors);
      if (errors.isEmpty()) {
        try {
          compiler.compile(new QueryText.Part(script, i), pipeline.root());
        } catch (WeftException failure) {
          found.add(syntax.diagnostic(failure));
        }
      }
    }
    return found;
  }

  /**
   * What may stand at a place of a text, which need not be complete or right: words of the grammar,
   * variables, the names in the newest committed graph, functions and procedures.
   *
   * @param position UTF-16 code units before the place
   */
  public Completion complete(String text, int position) {
    checkUsable();
    return new Completer(
            pipeline.root().graph(),
            FunctionRegistry.standard().descriptions(),
            options.functions().all(),
            options.procedures())
        .complete(text, position);
  }

  /** The nodes in the newest committed graph. */
  public long nodeCount() {
    checkUsable();
    return pipeline.root().graph().nodeCount();
  }

  /** The relationships in the newest committed graph. */
  public long relationshipCount() {
    checkUsable();
    return pipeline.root().graph().relationshipCount();
  }

  /** How much the newest committed graph has. */
  public GraphStats stats() {
    checkUsable();
    return GraphStats.of(pipeline.root().graph());
  }

  /** The last commit in the newest committed graph; 0 for none, or without a log. */
  public long lastLsn() {
    checkUsable();
    return pipeline.root().lsn();
  }

  /** A snapshot and what it holds. */
  public record SavedSnapshot(ByteWriter bytes, SnapshotInfo info) {}

  /**
   * Saves the newest committed graph, beside readers and writers. Equal graphs with equal LSNs give
   * equal bytes.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when they would be over 2 GiB
   */
  public SavedSnapshot saveSnapshot() {
    checkUsable();
    Root root = pipeline.root();
    return new SavedSnapshot(StoredSnapshot.encode(root), root.info());
  }

  /** The same into a sink, without ever having all the bytes in memory. */
  public SnapshotInfo saveSnapshot(ByteSink target) {
    checkUsable();
    Root root = pipeline.root();
    StoredSnapshot.encode(root, null, target);
    return root.info();
  }

  /** {@link #saveSnapshot} as an array of exactly the right length. */
  public byte[] saveSnapshotToBytes() {
    return saveSnapshot().bytes().toByteArray();
  }

  /**
   * Replaces the whole graph by that of a snapshot or an archive, in one step: on failure the old
   * one stays, and transactions that read go on with what they began with. Waits for the write
   * turn. With a log, the loaded graph is durable when this returns.
   *
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT}, {@link ErrorCode#TRUNCATED}, {@link
   *     ErrorCode#CORRUPTED}, {@link ErrorCode#FORMAT_TOO_NEW} or {@link ErrorCode#FORMAT_TOO_OLD}
   */
  public SnapshotInfo loadSnapshotFromBytes(byte[] bytes) {
    return loadSnapshot(bytes, "the snapshot");
  }

  /**
   * The same for bytes that came from somewhere.
   *
   * @param name what messages call the snapshot, such as a file's name
   */
  public SnapshotInfo loadSnapshot(byte[] bytes, String name) {
    checkUsable();
    if (ArchiveStorage.isArchive(bytes, name)) {
      return loadArchive(new BytesReadFile(name, bytes, bytes.length), name);
    }
    return load(new SnapshotReader(bytes, name));
  }

  /**
   * Replaces the whole graph by that of an archive, as {@link #loadSnapshotFromBytes} does.
   *
   * @param archive is closed when this returns
   * @param name what messages call the archive, such as a file's name
   */
  public SnapshotInfo loadArchive(ReadFile archive, String name) {
    try {
      checkUsable();
      return load(Archive.read(ArchiveStorage.open(archive, name)));
    } finally {
      archive.close();
    }
  }

  private SnapshotInfo load(SnapshotReader snapshot) {
    Transaction turn = begin(Access.WRITE);
    try {
      return pipeline.load(snapshot);
    } finally {
      turn.close();
    }
  }

  /**
   * Writes the newest committed graph as an archive, beside readers and writers: with a storage the
   * snapshot and the log that are there, unless the log is long, else a snapshot of its own.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when its snapshot would be over 2 GiB
   */
  public SnapshotInfo exportArchive(ByteSink target) {
    return pipeline.export(options.newDatabaseId(), target);
  }

  /** Makes all commits durable. */
  public void sync() {
    pipeline.sync();
  }

  /** When commits are durable. */
  public Durability durability() {
    return pipeline.durability();
  }

  /**
   * Changes when commits are durable, from the next one on; all before are durable when this
   * returns.
   */
  public void setDurability(Durability durability) {
    pipeline.setDurability(durability);
  }

  /**
   * Writes a snapshot of the newest committed graph into the storage, beside readers and writers,
   * so that the log is needed from there on only; does nothing when there was no commit since the
   * last one. When this fails the database goes on as before.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} without a storage
   */
  public SnapshotInfo checkpoint() {
    return pipeline.checkpoint();
  }

  /**
   * Whether a checkpoint is due by the {@link CheckpointPolicy}; to be asked by whoever makes them.
   */
  public boolean checkpointIsDue() {
    return pipeline.checkpointIsDue();
  }

  /**
   * Deletes the log up to a commit, as far as whole segments go, and the snapshots from before it,
   * which could not be used any more.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when no snapshot has the commit, or without
   *     a storage
   */
  public void truncateLog(long lsn) {
    pipeline.truncateLog(lsn);
  }

  /**
   * How the log stands; also after the storage has failed.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} without a storage
   */
  public LogStatus logStatus() {
    return pipeline.logStatus();
  }

  /** Whether there are commits that are not durable yet; to be asked by whoever syncs regularly. */
  public boolean needsSync() {
    return pipeline.needsSync();
  }

  /**
   * Rolls back the transaction that writes, if any, makes all commits durable and closes the
   * storage. A second call does nothing.
   */
  @Override
  public void close() {
    try {
      pipeline.close();
    } finally {
      Transaction open;
      synchronized (this) {
        open = writer;
      }
      if (open != null) {
        open.end();
      }
    }
  }
}
