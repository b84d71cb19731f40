package org.weftdb.wasm;

import org.jspecify.annotations.Nullable;
import org.teavm.interop.Export;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.HostStorage;

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
  static final int BOUNDARY_VERSION = 14;

  /** Describing the failure failed too. */
  static final int FAILED_WITHOUT_RECORD = Integer.MIN_VALUE;

  private static final Window WINDOW = new Window();
  private static final Transfer TRANSFER = new Transfer(WINDOW);
  private static @Nullable HostStorage files;
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

  /** {@link Transfer#beginIn}. */
  @Export(name = "beginIn")
  static int beginIn(double length) {
    try {
      TRANSFER.beginIn(length);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Transfer#writePart}. */
  @Export(name = "writePart")
  static int writePart(int offset, int length) {
    try {
      TRANSFER.writePart(offset, length);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Transfer#readPart}. */
  @Export(name = "readPart")
  static int readPart(int offset, int length) {
    try {
      return TRANSFER.readPart(offset, length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** Gives a file of a stored database: what was carried in, under the name in the window. */
  @Export(name = "giveFile")
  static int giveFile(int length) {
    try {
      ByteReader name = new ByteReader(WINDOW.copy(length));
      stored().give(name.readString(), TRANSFER.takeIn());
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /**
   * Opens the database, with the files that were given when it is a stored one; see {@link
   * Session}.
   */
  @Export(name = "open")
  static int open(int length, int isStored) {
    try {
      session = new Session(WINDOW, TRANSFER, isStored != 0 ? stored() : null, length);
      files = null;
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#run}. */
  @Export(name = "run")
  static int run(int length, double nowMillis, double timeoutMillis, int transaction, int flags) {
    try {
      return session().run(length, (long) nowMillis, timeoutMillis, transaction, flags);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#countStatements}. */
  @Export(name = "countStatements")
  static int countStatements(int length) {
    try {
      return session().countStatements(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#beginTransaction}. */
  @Export(name = "beginTransaction")
  static int beginTransaction(int writes, double nowMillis) {
    try {
      return session().beginTransaction(writes != 0, (long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#endTransaction}. */
  @Export(name = "endTransaction")
  static int endTransaction(int id, int commits) {
    try {
      session().endTransaction(id, commits != 0);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#savepoint}. */
  @Export(name = "savepoint")
  static int savepoint(int id) {
    try {
      return session().savepoint(id);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#rollbackTo}. */
  @Export(name = "rollbackTo")
  static int rollbackTo(int id, int savepoint) {
    try {
      session().rollbackTo(id, savepoint);
      return 0;
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

  /** {@link Session#nextPiece}. */
  @Export(name = "nextPiece")
  static int nextPiece(int cursor) {
    try {
      return session().nextPiece(cursor);
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

  /** {@link Session#footprint}. */
  @Export(name = "footprint")
  static int footprint(int length) {
    try {
      return session().footprint(length);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#watchChanges}. */
  @Export(name = "watchChanges")
  static int watchChanges(int on) {
    try {
      session().watchChanges(on != 0);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#takeChanges}. */
  @Export(name = "takeChanges")
  static int takeChanges() {
    try {
      return session().takeChanges();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#stats}. */
  @Export(name = "stats")
  static int stats(double linearMemoryBytes) {
    try {
      return session().stats((long) linearMemoryBytes);
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

  /** {@link Session#exportArchive}. */
  @Export(name = "exportArchive")
  static int exportArchive() {
    try {
      return session().exportArchive();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#loadSnapshot}. */
  @Export(name = "loadSnapshot")
  static int loadSnapshot(double nowMillis) {
    try {
      return session().loadSnapshot((long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#takeOperations}. */
  @Export(name = "takeOperations")
  static int takeOperations() {
    try {
      return session().takeOperations();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#sync}. */
  @Export(name = "sync")
  static int sync() {
    try {
      session().sync();
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#setDurability}. */
  @Export(name = "setDurability")
  static int setDurability(int perCommit) {
    try {
      session().setDurability(perCommit != 0);
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#checkpoint}. */
  @Export(name = "checkpoint")
  static int checkpoint(double nowMillis) {
    try {
      return session().checkpoint((long) nowMillis);
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#checkpointIsDue}. */
  @Export(name = "checkpointIsDue")
  static int checkpointIsDue() {
    try {
      return session().checkpointIsDue() ? 1 : 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#needsSync}. */
  @Export(name = "needsSync")
  static int needsSync() {
    try {
      return session().needsSync() ? 1 : 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#logStatus}. */
  @Export(name = "logStatus")
  static int logStatus() {
    try {
      return session().logStatus();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  /** {@link Session#close}. */
  @Export(name = "close")
  static int close() {
    try {
      session().close();
      return 0;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  private static HostStorage stored() {
    HostStorage given = files;
    if (given == null) {
      given = new HostStorage();
      files = given;
    }
    return given;
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
