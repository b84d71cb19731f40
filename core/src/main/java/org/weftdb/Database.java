package org.weftdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.plan.Footprint;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.engine.Access;
import org.weftdb.engine.ChangeFeed;
import org.weftdb.engine.ChangeListener;
import org.weftdb.engine.Completion;
import org.weftdb.engine.Engine;
import org.weftdb.engine.GraphStats;
import org.weftdb.engine.LogStatus;
import org.weftdb.engine.Result;
import org.weftdb.engine.Salvage;
import org.weftdb.engine.SalvageReport;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.engine.Transaction;
import org.weftdb.engine.Verification;
import org.weftdb.engine.VerificationReport;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.jvm.AtomicFile;
import org.weftdb.jvm.Envelope;
import org.weftdb.jvm.FileStorage;
import org.weftdb.jvm.SnapshotOptions;
import org.weftdb.log.Durability;
import org.weftdb.storage.Storage;

/**
 * A graph database in this process, in memory or in a directory.
 *
 * <pre>
 * try (Database database = Database.open(Path.of("people"))) {
 *   database.execute("CREATE (:Person {name: $name})", Map.of("name", "Ada"));
 *   for (Row row : database.execute("MATCH (p:Person) RETURN p.name AS name")) {
 *     System.out.println(row.get("name"));
 *   }
 * }
 * </pre>
 *
 * <p>Any number of threads may use a database at once. Reads never wait; writes are let in one
 * after another, in the order in which they asked. A thread that has begun a write transaction must
 * end it before it writes otherwise. Interrupting a thread stops the query that it runs with {@link
 * ErrorCode#CANCELLED}; the thread stays interrupted.
 *
 * <p>Every error is a {@link WeftException}. After the storage has failed all calls are {@link
 * ErrorCode#LOG_FAILED} until the directory is opened again; after {@link #close} they are {@link
 * ErrorCode#CLOSED}.
 */
public final class Database implements AutoCloseable {
  private final Engine engine;
  private final @Nullable Background background;

  Database(Engine engine, @Nullable Background background) {
    this.engine = engine;
    this.background = background;
  }

  /** What it is made of. */
  Engine engine() {
    return engine;
  }

  /** An empty database in memory, gone when it is closed. */
  public static Database inMemory() {
    return builder().inMemory();
  }

  /**
   * Opens the database in a directory, or makes one there when the directory is empty or does not
   * exist. Every commit is durable when the call that makes it returns.
   *
   * @throws WeftException {@link ErrorCode#NOT_A_DIRECTORY}; {@link ErrorCode#DATABASE_LOCKED} when
   *     it is open already, here or in another process; {@link ErrorCode#NOT_OUR_FORMAT} when the
   *     directory holds other things; others of the category CORRUPTION when the files are damaged
   */
  public static Database open(Path directory) {
    return builder().open(directory);
  }

  /**
   * Makes a database of an archive or a snapshot in a directory that holds none, and opens it. It
   * is another database than the one that was exported from then on.
   *
   * @throws WeftException as {@link #open} and {@link #loadSnapshot(Path, SnapshotOptions)}; {@link
   *     ErrorCode#FILE_ALREADY_EXISTS} when the directory holds a database that was written to
   */
  public static Database importArchive(Path archive, Path directory) {
    return builder().importArchive(archive, SnapshotOptions.plain(), directory);
  }

  /**
   * Checks the database in a directory, or in an archive: every checksum of every file, that it can
   * be opened, and that all parts of its graph agree with each other. Nothing is changed, not even
   * the lock.
   *
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND} or {@link ErrorCode#NOT_OUR_FORMAT} when
   *     there is no database; {@link ErrorCode#DATABASE_LOCKED} when it is open; what is wrong with
   *     it is in the report
   */
  public static VerificationReport verify(Path directoryOrArchive) {
    if (Files.isRegularFile(directoryOrArchive)) {
      String name = directoryOrArchive.toString();
      return Verification.ofArchive(AtomicFile.openRead(directoryOrArchive), name);
    }
    try (Storage files = FileStorage.openForReading(directoryOrArchive)) {
      return Verification.of(files);
    }
  }

  /**
   * Copies what is valid of a damaged database into a new one: the graph as it was after the last
   * commit up to which nothing is missing. What is lost is in the report, by the numbers of the
   * commits. The damaged one is not changed.
   *
   * @param to a directory that is empty or does not exist
   * @throws WeftException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#NOT_A_DIRECTORY} or
   *     {@link ErrorCode#NOT_OUR_FORMAT} when there is no database; {@link
   *     ErrorCode#FILE_ALREADY_EXISTS} when {@code to} is not empty; {@link
   *     ErrorCode#DATABASE_LOCKED} when the database is open; {@link ErrorCode#CORRUPTED} when
   *     nothing can be saved; {@link ErrorCode#FORMAT_TOO_NEW}
   */
  public static SalvageReport salvage(Path from, Path to) {
    try (Storage files = FileStorage.openForReading(from)) {
      DatabaseDirectory.checkIsEmpty(to);
      if (to.toAbsolutePath().normalize().startsWith(from.toAbsolutePath().normalize())) {
        throw new WeftException(ErrorCode.INVALID_USE, to + " is inside of " + from);
      }
      Salvage salvage = Salvage.of(files);
      try (Storage copy = FileStorage.open(to)) {
        salvage.copyTo(copy, builder().options(() -> {}));
      }
      return salvage.report();
    }
  }

  /** A database with other settings than the usual. */
  public static DatabaseBuilder builder() {
    return new DatabaseBuilder();
  }

  /** Runs a query without parameters, in a transaction of its own. */
  public Result execute(String query) {
    return engine.execute(query);
  }

  /**
   * Runs a query in a transaction of its own. When it writes, it has been committed when this
   * returns; when it reads, its rows are computed while they are asked for.
   *
   * @param parameters values by name without the dollar sign: null, Boolean, integers, floats,
   *     String, lists, arrays and maps of these
   */
  public Result execute(String query, Map<String, ? extends @Nullable Object> parameters) {
    return engine.execute(query, parameters);
  }

  /**
   * Runs several statements with semicolons between them, each in a transaction of its own, and
   * gives their results. When one fails, those before it have been committed and those behind it do
   * not run.
   *
   * @throws WeftException the error of a statement, which says which one it is, and where in the
   *     whole text
   */
  public List<Result> executeScript(
      String text, Map<String, ? extends @Nullable Object> parameters) {
    return engine.executeScript(text, parameters);
  }

  /** Begins a transaction of several queries; one that writes waits until it is the only one. */
  public Transaction begin(Access access) {
    return engine.begin(access);
  }

  /**
   * The plan of a query, which does not run; the same as of a query that begins with EXPLAIN. Its
   * {@code toText} is for people.
   */
  public PlanDescription explain(String query) {
    return engine.explain(query);
  }

  /**
   * Runs a query to its end, as one that begins with PROFILE, and gives its plan with what each
   * operator did. When it writes, it has been committed when this returns.
   */
  public PlanDescription profile(String query, Map<String, ? extends @Nullable Object> parameters) {
    try (Result result = engine.profile(query, parameters)) {
      while (result.nextBatch() != null) {}
      return Objects.requireNonNull(result.plan());
    }
  }

  /**
   * What a query that reads looks at in the graph. A commit that does not touch it does not change
   * the query's answer, whatever the parameters are, so that the query need not run again:
   *
   * <pre>
   * Footprint footprint = database.footprint(query);
   * database.onCommit((lsn, touched) -&gt; stale |= footprint.isTouchedBy(touched));
   * </pre>
   *
   * @throws WeftException any error of the query; {@link ErrorCode#WRITE_IN_READ_TRANSACTION} when
   *     it changes something
   */
  public Footprint footprint(String query) {
    return engine.footprint(query);
  }

  /**
   * Tells a listener of every commit from now on, until the subscription is closed. As long as
   * nobody listens, commits cost nothing more. What a listener throws does not concern the commit;
   * it goes to the thread's handler of uncaught exceptions.
   */
  public ChangeFeed.Subscription onCommit(ChangeListener listener) {
    Objects.requireNonNull(listener);
    return engine
        .changes()
        .listen(
            (lsn, touched) -> {
              try {
                listener.committed(lsn, touched);
              } catch (RuntimeException failure) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
              }
            });
  }

  /**
   * All that is wrong with a text of one or more statements, for an editor to show: what does not
   * follow the grammar, and of the statements that do, the first thing each that has no meaning.
   * Nothing runs.
   */
  public List<Diagnostic> check(String text) {
    return engine.check(text);
  }

  /**
   * What may stand at a place of a text, which need not be complete or right.
   *
   * @param position UTF-16 code units before the place
   */
  public Completion complete(String text, int position) {
    return engine.complete(text, position);
  }

  /**
   * Saves the newest committed graph to a file, which is there as a whole and durably when this
   * returns, in place of the file that had the name before.
   */
  public SnapshotInfo saveSnapshot(Path file) {
    return saveSnapshot(file, SnapshotOptions.plain());
  }

  /** The same, compressed, encrypted or both. */
  public SnapshotInfo saveSnapshot(Path file, SnapshotOptions options) {
    if (options.isPlain()) {
      return AtomicFile.write(file, sink -> engine.saveSnapshot(sink));
    }
    Engine.SavedSnapshot snapshot = engine.saveSnapshot();
    ByteWriter bytes = enveloped(snapshot.bytes(), options);
    AtomicFile.write(file, bytes.array(), bytes.position());
    return snapshot.info();
  }

  private static ByteWriter enveloped(ByteWriter content, SnapshotOptions options) {
    return options.isPlain()
        ? content
        : Envelope.seal(
            content.array(), content.position(), options, new SecureRandom()::nextBytes);
  }

  /**
   * Replaces the whole graph by that of a snapshot or an archive, in one step: on failure the old
   * graph stays. With a directory the loaded graph is durable when this returns; the file is not
   * needed any more.
   */
  public SnapshotInfo loadSnapshot(Path file) {
    return loadSnapshot(file, SnapshotOptions.plain());
  }

  /**
   * The same for a file that is encrypted with a password or key.
   *
   * @throws WeftException {@link ErrorCode#WRONG_KEY}; {@link ErrorCode#TAMPERED} when the password
   *     or key is right, but the bytes are not those that were saved; {@link
   *     ErrorCode#NOT_ENCRYPTED} when there is one and the file is not encrypted, since then
   *     nothing vouches for the file
   */
  public SnapshotInfo loadSnapshot(Path file, SnapshotOptions options) {
    try (SnapshotSource source = SnapshotSource.open(file, options)) {
      return source.loadInto(engine);
    }
  }

  /**
   * Writes the newest committed graph as an archive, the whole database in one file, to be copied,
   * mailed and loaded elsewhere; by {@link #importArchive} it becomes a database of its own. The
   * file is there as a whole and durably when this returns. Readers and writers go on meanwhile.
   */
  public SnapshotInfo exportArchive(Path file) {
    return exportArchive(file, SnapshotOptions.plain());
  }

  /** The same, compressed, encrypted or both. */
  public SnapshotInfo exportArchive(Path file, SnapshotOptions options) {
    if (options.isPlain()) {
      return AtomicFile.write(file, engine::exportArchive);
    }
    ByteWriter bytes = new ByteWriter();
    SnapshotInfo info = engine.exportArchive(bytes::writeBytes);
    ByteWriter envelope = enveloped(bytes, options);
    AtomicFile.write(file, envelope.array(), envelope.position());
    return info;
  }

  /**
   * The newest committed graph as a snapshot; {@link SnapshotInfo#of(byte[])} tells what is in it.
   */
  public byte[] saveSnapshotToBytes() {
    return engine.saveSnapshotToBytes();
  }

  /** The same, compressed, encrypted or both. */
  public byte[] saveSnapshotToBytes(SnapshotOptions options) {
    return enveloped(engine.saveSnapshot().bytes(), options).toByteArray();
  }

  /** Replaces the whole graph, as {@link #loadSnapshot(Path)} does. */
  public SnapshotInfo loadSnapshotFromBytes(byte[] bytes) {
    return loadSnapshotFromBytes(bytes, SnapshotOptions.plain());
  }

  /** Replaces the whole graph, as {@link #loadSnapshot(Path, SnapshotOptions)} does. */
  public SnapshotInfo loadSnapshotFromBytes(byte[] bytes, SnapshotOptions options) {
    return engine.loadSnapshotFromBytes(Envelope.open(bytes, options, "the snapshot"));
  }

  /** The nodes in the newest committed graph. */
  public long nodeCount() {
    return engine.nodeCount();
  }

  /** The relationships in the newest committed graph. */
  public long relationshipCount() {
    return engine.relationshipCount();
  }

  /** How much the newest committed graph has, and about how much memory its parts take. */
  public GraphStats stats() {
    return engine.stats();
  }

  /** Makes all commits durable, whatever the durability. */
  public void sync() {
    engine.sync();
  }

  /** When commits are durable. */
  public Durability durability() {
    return engine.durability();
  }

  /**
   * Changes when commits are durable, from the next one on; all before are durable when this
   * returns.
   */
  public void setDurability(Durability durability) {
    engine.setDurability(durability);
    if (background != null) {
      background.durabilityChanged();
    }
  }

  /**
   * Writes a snapshot of the newest committed graph into the directory, so that the next opening
   * has to read the log from there on only. Readers and writers go on meanwhile. Does nothing when
   * there was no commit since the last one. When it fails, the database goes on as before.
   *
   * <p>Checkpoints are made in the background as {@link DatabaseBuilder#checkpoints} says; this is
   * for whoever wants one now.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} in memory; {@link ErrorCode#IO_FAILED}
   */
  public SnapshotInfo checkpoint() {
    return engine.checkpoint();
  }

  /**
   * Deletes the log up to a commit, as far as whole segments go, and the snapshots from before it.
   * After a checkpoint this gives room back that is otherwise kept for the case that the newest
   * snapshot is damaged.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when no snapshot has the commit, or in
   *     memory
   */
  public void truncateLog(long lsn) {
    engine.truncateLog(lsn);
  }

  /**
   * How the log stands; also after the storage has failed.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} in memory
   */
  public LogStatus logStatus() {
    return engine.logStatus();
  }

  /**
   * Rolls back the transaction that writes, if any, makes all commits durable and gives up the
   * directory. A second call does nothing.
   */
  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
    engine.close();
  }
}
