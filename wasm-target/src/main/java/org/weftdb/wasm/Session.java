package org.weftdb.wasm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.parser.CypherScript;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.engine.Access;
import org.weftdb.engine.CheckpointPolicy;
import org.weftdb.engine.Completion;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.QueryLimits;
import org.weftdb.engine.Result;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.engine.StorageOptions;
import org.weftdb.engine.Transaction;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;
import org.weftdb.storage.HostStorage;
import org.weftdb.value.ValueCodec;

/**
 * The database of this instance with its open results and transactions.
 *
 * <p>What it answers stands at the front of the {@link Window}; each method returns how many bytes
 * that are.
 */
final class Session {
  /** How many bytes of storage operations cross at once, about. */
  private static final int OPERATIONS_BYTES = 1 << 20;

  /** What a query's request asks for beside the query. */
  private static final int PROFILED = 1;

  private static final int STREAMED = 2;

  private final Window window;
  private final Transfer transfer;
  private final Engine engine;
  private final @Nullable HostStorage storage;
  private final ChangeRecord changes;
  private final Map<Integer, OpenTransaction> transactions = new LinkedHashMap<>();
  private final HostClock clock = new HostClock();
  private final HostCancellation cancellation = new HostCancellation();
  private final ResultPieces results;
  private CypherScript script = CypherScript.of("");
  private String scriptText = "";
  private int lastTransaction;

  /** A transaction with the states to which it can go back. */
  private record OpenTransaction(Transaction transaction, List<Transaction.Savepoint> savepoints) {}

  /**
   * Opens a database.
   *
   * @param files what the host has, for a database that is stored; null for one in memory
   * @param length bytes in the window: the settings
   *     <pre>
   * seed:        8 bytes
   * memoryBytes: varint – what a query may use, from 1
   * durability:  varint – 0 when each commit is synced, 1 when {@link #sync} does it
   * checkpoints: varint – bytes of log after which one is due; 0 for never
   * functions:   varint count, a signature each as a string
   * procedures:  the same
   * </pre>
   */
  Session(Window window, Transfer transfer, @Nullable HostStorage files, int length) {
    this.window = window;
    this.transfer = transfer;
    this.storage = files;
    ByteReader request = request(length);
    long seed = request.readLong();
    long memoryBytes = request.readVarint();
    Durability durability = request.readVarint() == 0 ? Durability.PER_COMMIT : Durability.NONE;
    long checkpointBytes = request.readVarint();
    // The host is asked while an answer grows in the other one.
    Window questions = new Window();
    HostExtensions extensions = new HostExtensions(questions);
    UserFunctions functions = extensions.functions(request);
    EngineOptions options =
        EngineOptions.singleThreaded(seed, clock)
            .withLimits(QueryLimits.of(memoryBytes, QueryLimits.NO_TIMEOUT))
            .withCancellation(cancellation)
            .withExtensions(extensions.procedures(request), functions)
            .withZoneRules(new HostZoneRules(questions))
            .withTextNormalizer(new HostTextNormalizer(questions))
            .withCsvSource(new HostCsvSource(questions))
            .withStorage(
                StorageOptions.DEFAULT
                    .withDurability(durability)
                    .withCheckpoints(CheckpointPolicy.DEFAULT.withLogBytes(checkpointBytes)));
    if (files == null) {
      this.engine = Engine.inMemory(options);
    } else {
      this.engine = Engine.open(files, options);
      files.releaseContents();
    }
    this.results = new ResultPieces(window, cancellation);
    this.changes = new ChangeRecord(engine);
  }

  /**
   * Runs a query and answers the first piece of its result, see {@link ResultPieces}.
   *
   * @param length bytes in the window: 0 as a varint or, when the text is a script, the number of
   *     one of its statements from 1; the text as a string; the parameters as a map of {@link
   *     ValueCodec}
   * @param now milliseconds since 1970-01-01T00:00Z, for as long as the query runs
   * @param timeout how many milliseconds it may run; 0 for as long as it takes
   * @param transactionId of which transaction it is a part; 0 for one of its own
   * @param flags {@link #PROFILED}; {@link #STREAMED} when each batch is wanted as soon as it is
   *     there
   */
  int run(int length, long now, double timeout, int transactionId, int flags) {
    ByteReader request = request(length);
    int statement = request.readVarintInt() - 1;
    String text = request.readString();
    Map<String, @Nullable Object> parameters = parameters(request);
    clock.set(now);
    double start = timeout > 0 ? HostCancellation.stopwatchMillis() : 0;
    cancellation.count(start, timeout);
    Result result;
    if (transactionId != 0) {
      Transaction transaction = transaction(transactionId).transaction;
      result =
          (flags & PROFILED) != 0
              ? transaction.profile(text, parameters)
              : transaction.execute(text, parameters);
    } else if (statement >= 0) {
      result = engine.execute(script(text), statement, parameters);
    } else {
      result =
          (flags & PROFILED) != 0
              ? engine.profile(text, parameters)
              : engine.execute(text, parameters);
    }
    boolean oneByOne = (flags & STREAMED) != 0;
    return results.first(new ResultPieces.Open(result, start, timeout, oneByOne));
  }

  /** How many statements the script in the window has. */
  int countStatements(int length) {
    return script(request(length).readString()).size();
  }

  private CypherScript script(String text) {
    if (!text.equals(scriptText)) {
      script = CypherScript.of(text);
      scriptText = text;
    }
    return script;
  }

  /** Begins a transaction that writes, or one that reads, and answers its number. */
  int beginTransaction(boolean writes, long now) {
    clock.set(now);
    Transaction transaction = engine.begin(writes ? Access.WRITE : Access.READ);
    transactions.put(++lastTransaction, new OpenTransaction(transaction, new ArrayList<>()));
    return lastTransaction;
  }

  /** Ends a transaction; one that has ended already stays so. */
  void endTransaction(int id, boolean commits) {
    OpenTransaction open = transaction(id);
    transactions.remove(id);
    if (commits) {
      open.transaction.commit();
    } else {
      open.transaction.close();
    }
  }

  /** Remembers a state of a transaction and answers its number in it. */
  int savepoint(int id) {
    OpenTransaction open = transaction(id);
    open.savepoints.add(open.transaction.savepoint());
    return open.savepoints.size() - 1;
  }

  /** Goes back to a state of a transaction, which can be used again. */
  void rollbackTo(int id, int savepoint) {
    OpenTransaction open = transaction(id);
    if (savepoint < 0 || savepoint >= open.savepoints.size()) {
      throw new WeftException(ErrorCode.INVALID_USE, "there is no savepoint " + savepoint);
    }
    open.transaction.rollbackTo(open.savepoints.get(savepoint));
  }

  private OpenTransaction transaction(int id) {
    OpenTransaction open = transactions.get(id);
    if (open == null) {
      throw new WeftException(ErrorCode.CLOSED, "the transaction has ended");
    }
    return open;
  }

  /** What is wrong with the text in the window. */
  int check(int length) {
    ByteWriter answer = new ByteWriter();
    List<Diagnostic> found = engine.check(request(length).readString());
    answer.writeVarint(found.size());
    for (Diagnostic each : found) {
      Position position = each.position();
      answer.writeString(each.code().name());
      answer.writeString(each.message());
      answer.writeVarint(position == null ? 0 : position.offset() + 1L);
      answer.writeVarint(position == null ? 0 : position.line());
      answer.writeVarint(position == null ? 0 : position.column());
      answer.writeVarint(each.length());
    }
    return answer(answer);
  }

  /** What may stand in the text in the window, at the place behind it. */
  int complete(int length) {
    ByteReader request = request(length);
    String text = request.readString();
    Completion completion = engine.complete(text, request.readVarintInt());
    ByteWriter answer = new ByteWriter();
    answer.writeVarint(completion.from());
    answer.writeVarint(completion.to());
    answer.writeVarint(completion.items().size());
    for (Completion.Item item : completion.items()) {
      answer.writeString(item.text());
      answer.writeString(item.kind().name());
      answer.writeString(item.detail());
    }
    return answer(answer);
  }

  private static Map<String, @Nullable Object> parameters(ByteReader request) {
    if (!(ValueCodec.decodeWithText(request) instanceof Map<?, ?> map)) {
      throw request.corrupted("the parameters are no map");
    }
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      parameters.put((String) entry.getKey(), entry.getValue());
    }
    return parameters;
  }

  /** {@link ResultPieces#next}. */
  int nextPiece(int cursor) {
    return results.next(cursor);
  }

  /** {@link ResultPieces#close}. */
  void closeCursor(int cursor) {
    results.close(cursor);
  }

  /** The plan of the query in the window. */
  int explain(int length) {
    ByteWriter answer = new ByteWriter();
    PlanRecord.write(engine.explain(request(length).readString()), answer);
    return answer(answer);
  }

  /** What the query in the window looks at. */
  int footprint(int length) {
    ByteWriter answer = new ByteWriter();
    ChangeRecord.write(engine.footprint(request(length).readString()).facets(), answer);
    return answer(answer);
  }

  /** Begins to listen to commits, or ends it. */
  void watchChanges(boolean on) {
    changes.watch(on);
  }

  /** What commits have touched since this was asked last; 0 bytes when there was none. */
  int takeChanges() {
    if (!changes.hasChanges()) {
      return 0;
    }
    ByteWriter answer = new ByteWriter();
    changes.take(answer);
    return answer(answer);
  }

  /** What the graph has; the host tells how long linear memory is. */
  int stats(long linearMemoryBytes) {
    ByteWriter answer = new ByteWriter();
    StatsRecord.write(engine.stats(), linearMemoryBytes, answer);
    return answer(answer);
  }

  /** Makes a snapshot, to be carried out by the {@link Transfer}, and answers what it is. */
  int saveSnapshot() {
    Engine.SavedSnapshot saved = engine.saveSnapshot();
    int size = saved.bytes().position();
    transfer.beginOut(saved.bytes().array(), size);
    ByteWriter header = new ByteWriter();
    ResultHeader.write(saved.info(), size, header);
    return answer(header);
  }

  /** Makes an archive, to be carried out by the {@link Transfer}, and answers what it is. */
  int exportArchive() {
    ByteWriter archive = new ByteWriter();
    SnapshotInfo info = engine.exportArchive(archive::writeBytes);
    transfer.beginOut(archive.array(), archive.position());
    ByteWriter header = new ByteWriter();
    ResultHeader.write(info, archive.position(), header);
    return answer(header);
  }

  /** Replaces the graph by the snapshot that was carried in, and answers what it is. */
  int loadSnapshot(long now) {
    clock.set(now);
    byte[] bytes = transfer.takeIn();
    SnapshotInfo info = engine.loadSnapshotFromBytes(bytes);
    ByteWriter header = new ByteWriter();
    ResultHeader.write(info, bytes.length, header);
    return answer(header);
  }

  /** The next operations of the storage; 0 bytes when there are none. */
  int takeOperations() {
    if (storage == null || !storage.hasOperations()) {
      return 0;
    }
    ByteWriter operations = new ByteWriter();
    storage.take(operations, OPERATIONS_BYTES);
    return answer(operations);
  }

  /** Syncs the log, for when commits do not. */
  void sync() {
    engine.sync();
  }

  /** Changes whether each commit is synced. */
  void setDurability(boolean perCommit) {
    engine.setDurability(perCommit ? Durability.PER_COMMIT : Durability.NONE);
  }

  /** Makes a checkpoint and answers what is in its snapshot. */
  int checkpoint(long now) {
    clock.set(now);
    ByteWriter header = new ByteWriter();
    ResultHeader.write(engine.checkpoint(), 0, header);
    return answer(header);
  }

  boolean checkpointIsDue() {
    return engine.checkpointIsDue();
  }

  boolean needsSync() {
    return engine.needsSync();
  }

  /** How the log of a stored database stands. */
  int logStatus() {
    ByteWriter answer = new ByteWriter();
    StatusRecord.write(engine.logStatus(), answer);
    return answer(answer);
  }

  /** Ends the storage's log in order; the operations that this takes are still to be done. */
  void close() {
    engine.close();
  }

  private ByteReader request(int length) {
    return new ByteReader(window.copy(length), 0, length, "the request");
  }

  private int answer(ByteWriter bytes) {
    window.reserve(bytes.position());
    window.put(0, bytes.array(), 0, bytes.position());
    return bytes.position();
  }
}
