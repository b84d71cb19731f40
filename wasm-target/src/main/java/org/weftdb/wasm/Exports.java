package org.weftdb.wasm;

import org.jspecify.annotations.Nullable;
import org.teavm.interop.Export;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.QueryLimits;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * What JavaScript calls: the byte boundary.
 *
 * <p>Requests and answers stand at the front of the window. A function returns how many bytes its
 * answer has or another number from 0 on, and on failure minus the length of a {@link
 * FailureRecord} in the window, or {@link #FAILED_WITHOUT_RECORD}. No exception leaves a function.
 * What cannot be caught here, a trap or a full stack, leaves the instance in the middle of
 * anything: JavaScript then gives it up.
 *
 * <p>{@link #open} is called once and first.
 */
final class Exports {
  /** What both halves agree on; changes with every change of a function or a layout. */
  static final int BOUNDARY_VERSION = 10;

  /** Describing the failure failed too. */
  static final int FAILED_WITHOUT_RECORD = Integer.MIN_VALUE;

  private static final Window WINDOW = new Window();
  private static @Nullable Session session;

  private Exports() {}

  /** TeaVM starts from here; there is nothing to do. */
  public static void main(String[] arguments) {}

  @Export(name = "boundaryVersion")
  static int boundaryVersion() {
    return BOUNDARY_VERSION;
  }

  /** Where the window is now. */
  @Export(name = "windowAddress")
  static int windowAddress() {
    return WINDOW.address();
  }

  /** Makes room for a request and answers where it begins; what the window held is lost. */
  @Export(name = "reserveWindow")
  static int reserveWindow(int length) {
    try {
      return WINDOW.reserve(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /**
   * Makes the database, with a seed of 64 bits for everything random, and what the {@link Session}
   * reads from the window.
   *
   * @param memoryBytes what a query may use, from 1
   * @param timeoutMillis how long a query may run; 0 for as long as it takes
   */
  @Export(name = "open")
  static int open(int seedHigh, int seedLow, double memoryBytes, double timeoutMillis, int length) {
    try {
      QueryLimits limits = QueryLimits.of((long) memoryBytes, (long) timeoutMillis);
      long seed = (long) seedHigh << 32 | seedLow & 0xFFFFFFFFL;
      session = new Session(WINDOW, seed, limits, length);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#execute}. */
  @Export(name = "execute")
  static int execute(int length, double nowMillis) {
    try {
      return session().execute(length, (long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#profile}. */
  @Export(name = "profile")
  static int profile(int length, double nowMillis) {
    try {
      return session().profile(length, (long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#plan}. */
  @Export(name = "plan")
  static int plan(int cursor) {
    try {
      return session().plan(cursor);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#beginScript}. */
  @Export(name = "beginScript")
  static int beginScript(int length) {
    try {
      return session().beginScript(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#executeStatement}. */
  @Export(name = "executeStatement")
  static int executeStatement(int index, int length, double nowMillis) {
    try {
      return session().executeStatement(index, length, (long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#check}. */
  @Export(name = "check")
  static int check(int length) {
    try {
      return session().check(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#complete}. */
  @Export(name = "complete")
  static int complete(int length) {
    try {
      return session().complete(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#nextBatch}. */
  @Export(name = "nextBatch")
  static int nextBatch(int cursor) {
    try {
      return session().nextBatch(cursor);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#closeCursor}. */
  @Export(name = "closeCursor")
  static int closeCursor(int cursor) {
    try {
      session().closeCursor(cursor);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#explain}. */
  @Export(name = "explain")
  static int explain(int length) {
    try {
      return session().explain(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** The nodes of the graph, as a double because an int may not do. */
  @Export(name = "nodeCount")
  static double nodeCount() {
    try {
      return session().nodeCount();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** The relationships of the graph, as a double because an int may not do. */
  @Export(name = "relationshipCount")
  static double relationshipCount() {
    try {
      return session().relationshipCount();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#saveSnapshot}. */
  @Export(name = "saveSnapshot")
  static int saveSnapshot() {
    try {
      return session().saveSnapshot();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#readSnapshot}. */
  @Export(name = "readSnapshot")
  static int readSnapshot(int offset, int length) {
    try {
      return session().readSnapshot(offset, length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#beginLoad}. */
  @Export(name = "beginLoad")
  static int beginLoad(int length) {
    try {
      session().beginLoad(length);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#writeSnapshot}. */
  @Export(name = "writeSnapshot")
  static int writeSnapshot(int offset, int length) {
    try {
      session().writeSnapshot(offset, length);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#finishLoad}. */
  @Export(name = "finishLoad")
  static int finishLoad() {
    try {
      return session().finishLoad();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  private static Session session() {
    Session open = session;
    if (open == null) {
      throw new WeftException(ErrorCode.INVALID_USE, "the database was not opened");
    }
    return open;
  }

  private static int failed(Throwable failure) {
    try {
      ByteWriter record = new ByteWriter();
      FailureRecord.write(failure, record);
      WINDOW.reserve(record.position());
      WINDOW.put(0, record.array(), 0, record.position());
      return -record.position();
    } catch (Throwable second) {
      return FAILED_WITHOUT_RECORD;
    }
  }
}
