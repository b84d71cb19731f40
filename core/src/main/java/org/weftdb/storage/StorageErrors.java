package org.weftdb.storage;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The errors that every {@link Storage} reports in the same words. */
public final class StorageErrors {
  private StorageErrors() {}

  public static WeftException notFound(String name) {
    return new WeftException(ErrorCode.FILE_NOT_FOUND, "there is no file '" + name + "'");
  }

  public static WeftException alreadyExists(String name) {
    return new WeftException(
        ErrorCode.FILE_ALREADY_EXISTS, "there is a file '" + name + "' already");
  }

  public static WeftException stillOpen(String name) {
    return new WeftException(
        ErrorCode.INVALID_USE, "the file '" + name + "' is still being appended to");
  }

  public static WeftException sameName(String name) {
    return new WeftException(
        ErrorCode.INVALID_USE, "the file '" + name + "' cannot be published under its own name");
  }

  public static WeftException storageClosed() {
    return new WeftException(ErrorCode.CLOSED, "the storage is closed");
  }

  public static WeftException fileClosed(String name) {
    return new WeftException(ErrorCode.CLOSED, "the file '" + name + "' is closed");
  }

  public static WeftException endsBefore(String name, long position, int length, long fileLength) {
    return new WeftException(
        ErrorCode.TRUNCATED,
        "the file '"
            + name
            + "' has "
            + fileLength
            + " bytes, "
            + length
            + " were expected at "
            + position);
  }
}
