package org.weftdb.wasm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.parser.CypherScript;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.engine.Completion;
import org.weftdb.engine.Engine;
import org.weftdb.engine.EngineOptions;
import org.weftdb.engine.QueryLimits;
import org.weftdb.engine.Result;
import org.weftdb.engine.ResultBatch;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.error.Diagnostic;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueCodec;

/**
 * The database of this instance with its open results and the snapshot that is on its way.
 *
 * <p>What it answers stands at the front of the {@link Window}; each method returns how many bytes
 * that are.
 */
final class Session {
  private final Window window;
  private final Engine engine;
  private final BatchEncoder batches;
  private final Map<Integer, Result> results = new LinkedHashMap<>();
  private final HostClock clock = new HostClock();
  private CypherScript script = CypherScript.of("");
  private int lastCursor;

  /** The snapshot that is being carried out or in; no bytes when none is. */
  private byte[] snapshot = {};

  private int snapshotLength;

  /**
   * @param length bytes in the window: how many functions the host has, a signature for each, and
   *     the same for procedures
   */
  Session(Window window, long seed, QueryLimits limits, int length) {
    this.window = window;
    ByteReader request = request(length);
    HostExtensions extensions = new HostExtensions(window);
    UserFunctions functions = extensions.functions(request);
    this.engine =
        Engine.inMemory(
            EngineOptions.singleThreaded(seed, clock)
                .withLimits(limits)
                .withExtensions(extensions.procedures(request), functions)
                .withZoneRules(new HostZoneRules(window))
                .withTextNormalizer(new HostTextNormalizer(window))
                .withCsvSource(new HostCsvSource(window)));
    this.batches = new BatchEncoder(window);
  }

  /**
   * Starts a query.
   *
   * @param length bytes in the window: the query as a string, then the parameters as a map of
   *     {@link ValueCodec}
   * @param now milliseconds since 1970-01-01T00:00Z, for as long as the query runs
   */
  int execute(int length, long now) {
    return start(length, now, false);
  }

  /** The same as of a query that begins with PROFILE. */
  int profile(int length, long now) {
    return start(length, now, true);
  }

  private int start(int length, long now, boolean profiled) {
    ByteReader request = request(length);
    String query = request.readString();
    Map<String, @Nullable Object> parameters = parameters(request);
    clock.set(now);
    Result result =
        profiled ? engine.profile(query, parameters) : engine.execute(query, parameters);
    return opened(result);
  }

  private int opened(Result result) {
    boolean more = !result.columns().isEmpty() || result.plan() != null;
    int cursor = more ? ++lastCursor : 0;
    ByteWriter header = new ByteWriter();
    ResultHeader.write(cursor, result, header);
    if (more) {
      results.put(cursor, result);
    } else {
      result.close();
      endCalls();
    }
    return answer(header);
  }

  /** Takes a script from the window and answers, as the number of bytes, how many statements. */
  int beginScript(int length) {
    script = CypherScript.of(request(length).readString());
    return script.size();
  }

  /** Runs a statement of the script; the request has the parameters. */
  int executeStatement(int index, int length, long now) {
    Map<String, @Nullable Object> parameters = parameters(request(length));
    clock.set(now);
    return opened(engine.execute(script, index, parameters));
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

  /**
   * The next rows of a result as {@link BatchEncoder} writes them; 0 at the end, and closed then,
   * unless it has a plan.
   */
  int nextBatch(int cursor) {
    Result result = results.get(cursor);
    if (result == null) {
      throw new WeftException(ErrorCode.CLOSED, "the result is closed");
    }
    boolean more = false;
    try {
      ResultBatch batch = result.nextBatch();
      if (batch == null) {
        more = result.plan() != null;
        return 0;
      }
      int length = batches.encode(batch.columns(), batch.rows(), batch.selection());
      more = true;
      return length;
    } finally {
      if (!more) {
        results.remove(cursor);
        endCalls();
      }
    }
  }

  /** The plan of a result that has one, complete when all its rows were read. */
  int plan(int cursor) {
    Result result = results.get(cursor);
    PlanDescription plan = result == null ? null : result.plan();
    if (plan == null) {
      throw new WeftException(ErrorCode.CLOSED, "the result is closed or has no plan");
    }
    return answer(plan);
  }

  private int answer(PlanDescription plan) {
    ByteWriter bytes = new ByteWriter();
    PlanRecord.write(plan, bytes);
    return answer(bytes);
  }

  /** Gives up the rest of a result. */
  void closeCursor(int cursor) {
    Result result = results.remove(cursor);
    if (result != null) {
      result.close();
    }
    endCalls();
  }

  /** Nobody asks procedures for more rows when no result is open. */
  private void endCalls() {
    if (results.isEmpty()) {
      HostExtensions.endCalls();
    }
  }

  /** The plan of the query in the window. */
  int explain(int length) {
    return answer(engine.explain(request(length).readString()));
  }

  long nodeCount() {
    return engine.nodeCount();
  }

  long relationshipCount() {
    return engine.relationshipCount();
  }

  /** Makes a snapshot, to be fetched with {@link #readSnapshot}, and answers what it is. */
  int saveSnapshot() {
    Engine.SavedSnapshot saved = engine.saveSnapshot();
    snapshot = saved.bytes().array();
    snapshotLength = saved.bytes().position();
    ByteWriter header = new ByteWriter();
    ResultHeader.write(saved.info(), snapshotLength, header);
    return answer(header);
  }

  /** Puts a part of the saved snapshot into the window; the last part ends the saving. */
  int readSnapshot(int offset, int length) {
    checkPart(offset, length);
    window.reserve(length);
    window.put(0, snapshot, offset, length);
    if (offset + length == snapshotLength) {
      dropSnapshot();
    }
    return length;
  }

  /** Makes room for a snapshot that is to be loaded. */
  void beginLoad(int length) {
    dropSnapshot();
    if (length < 0) {
      throw new WeftException(ErrorCode.VALUE_TOO_LARGE, "a snapshot over 2 GiB");
    }
    snapshot = new byte[length];
    snapshotLength = length;
  }

  /** Takes a part of the snapshot from the window. */
  void writeSnapshot(int offset, int length) {
    checkPart(offset, length);
    window.get(0, snapshot, offset, length);
  }

  /** Replaces the graph by the snapshot whose parts have come, and answers what it is. */
  int finishLoad() {
    byte[] bytes = snapshot;
    dropSnapshot();
    SnapshotInfo info = engine.loadSnapshotFromBytes(bytes);
    ByteWriter header = new ByteWriter();
    ResultHeader.write(info, bytes.length, header);
    return answer(header);
  }

  private void dropSnapshot() {
    snapshot = new byte[0];
    snapshotLength = 0;
  }

  private void checkPart(int offset, int length) {
    if ((offset | length) < 0 || length > snapshotLength - offset) {
      throw new WeftException(
          ErrorCode.INVALID_USE,
          "bytes " + offset + "+" + length + " of a snapshot of " + snapshotLength);
    }
  }

  private ByteReader request(int length) {
    byte[] bytes = new byte[length];
    window.get(0, bytes, 0, length);
    return new ByteReader(bytes, 0, length, "the request");
  }

  private int answer(ByteWriter bytes) {
    window.reserve(bytes.position());
    window.put(0, bytes.array(), 0, bytes.position());
    return bytes.position();
  }
}
