package org.weftdb.wasm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.plan.PlanDescription;
import org.weftdb.engine.Result;
import org.weftdb.engine.ResultBatch;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The open results, and the pieces in which they cross: a result that fits into one is never open.
 *
 * <pre>
 * piece = cursor: int32 – number of the result, which goes on; 0 in its last piece: it is closed
 *         header: int32 – bytes of the {@link ResultHeader}; 0 in all pieces but the first
 *         plan:   int32 – bytes of the {@link PlanRecord}; 0 without one and in all pieces but the
 *                 last
 *         unused: int32
 *         header, filled up to a multiple of 8
 *         batch*: of the {@link BatchEncoder}
 *         plan
 * </pre>
 *
 * Little-endian.
 */
final class ResultPieces {
  /** A piece of this size takes no further batch; a batch of long values may be longer alone. */
  private static final int PIECE_BYTES = 1 << 17;

  private static final int PREFIX_BYTES = 16;

  private final Window window;
  private final HostCancellation cancellation;
  private final BatchEncoder batches;
  private final ByteWriter header = new ByteWriter();
  private final Map<Integer, Open> results = new LinkedHashMap<>();
  private int lastCursor;

  /**
   * A result with the time that its query has.
   *
   * @param oneByOne whether a batch is to cross as soon as it is there
   */
  record Open(Result result, double startMillis, double timeoutMillis, boolean oneByOne) {}

  ResultPieces(Window window, HostCancellation cancellation) {
    this.window = window;
    this.cancellation = cancellation;
    this.batches = new BatchEncoder(window);
  }

  /** The first piece of a result, whose time is being counted. */
  int first(Open open) {
    header.truncate(0);
    ResultHeader.write(open.result, header);
    return piece(0, open, header);
  }

  /** The next piece of a result. */
  int next(int cursor) {
    Open open = results.get(cursor);
    if (open == null) {
      throw new WeftException(ErrorCode.CLOSED, "the result is closed");
    }
    cancellation.count(open.startMillis, open.timeoutMillis);
    return piece(cursor, open, null);
  }

  /** Gives up the rest of a result; one that is not open is no error. */
  void close(int cursor) {
    Open open = results.remove(cursor);
    if (open != null) {
      open.result.close();
    }
    endCalls();
  }

  private int piece(int cursor, Open open, @Nullable ByteWriter header) {
    Result result = open.result;
    boolean staysOpen = false;
    try {
      int headerBytes = header == null ? 0 : header.position();
      int start = PREFIX_BYTES + (headerBytes + 7 & -8);
      window.reserve(start);
      if (header != null) {
        window.put(PREFIX_BYTES, header.array(), 0, headerBytes);
      }
      int end = start;
      boolean more = !result.columns().isEmpty() || result.plan() != null;
      while (more && (end == start || takesAnother(open, end))) {
        ResultBatch batch = result.nextBatch();
        more = batch != null;
        if (batch != null) {
          end = batches.encode(end, batch.columns(), batch.rows(), batch.selection());
        }
      }
      int planStart = end;
      PlanDescription plan = more ? null : result.plan();
      if (plan != null) {
        end = putPlan(plan, end);
      }
      int number = more && cursor == 0 ? ++lastCursor : cursor;
      window.putInt(0, more ? number : 0);
      window.putInt(4, headerBytes);
      window.putInt(8, end - planStart);
      window.putInt(12, 0);
      if (number != cursor) {
        results.put(number, open);
      }
      staysOpen = more;
      return end;
    } finally {
      if (!staysOpen) {
        results.remove(cursor);
        result.close();
        endCalls();
      }
    }
  }

  private boolean takesAnother(Open open, int end) {
    return !open.oneByOne && end < PIECE_BYTES && !cancellation.pausesBetweenCalls();
  }

  private int putPlan(PlanDescription plan, int at) {
    ByteWriter bytes = new ByteWriter();
    PlanRecord.write(plan, bytes);
    window.extend(at, (long) at + bytes.position());
    window.put(at, bytes.array(), 0, bytes.position());
    return at + bytes.position();
  }

  /** Nobody asks procedures for more rows when no result is open. */
  private void endCalls() {
    if (results.isEmpty()) {
      HostExtensions.endCalls();
    }
  }
}
