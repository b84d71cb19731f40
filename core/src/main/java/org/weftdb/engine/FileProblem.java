package org.weftdb.engine;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.LogDamage;

/**
 * Something in the files of a database that is not as it should be.
 *
 * @param file the name of the file, or empty when it concerns all of them
 * @param offset where in the file, or -1 when that is not known or it concerns the whole file
 * @param lsn the first commit that it concerns, or 0 when that is not known
 * @param code what kind of problem it is
 * @param message what was found, complete by itself
 */
public record FileProblem(String file, long offset, long lsn, ErrorCode code, String message) {
  static FileProblem of(String file, long lsn, WeftException failure) {
    // Without a file the place is in bytes that nobody knows.
    long offset = file.isEmpty() ? -1 : failure.fileOffset();
    return new FileProblem(file, offset, lsn, failure.code(), String.valueOf(failure.getMessage()));
  }

  static FileProblem of(LogDamage damage) {
    return new FileProblem(
        damage.file(), damage.offset(), damage.lsn(), damage.code(), damage.message());
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
