package org.weftdb.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that WeftDB throws for what a caller, a query, the data or the storage did.
 *
 * <p>The message is complete by itself: what went wrong, where, and what was expected. For a query
 * error it ends with the offending line and a caret. Programs look at {@link #code()}, never at the
 * message, which may be reworded in any version.
 */
public final class WeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final long NO_OFFSET = -1;

  private final ErrorCode code;
  private final @Nullable Position position;
  private final long fileOffset;

  public WeftException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  public WeftException(ErrorCode code, String message, @Nullable Position position) {
    this(code, message, position, null);
  }

  public WeftException(
      ErrorCode code, String message, @Nullable Position position, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.position = position;
    this.fileOffset = NO_OFFSET;
  }

  private WeftException(ErrorCode code, String message, long fileOffset) {
    super(message, null);
    this.code = code;
    this.position = null;
    this.fileOffset = fileOffset;
  }

  /** An error of bytes at a place, which the message names as well. */
  public static WeftException ofFile(ErrorCode code, String message, long offset) {
    return new WeftException(code, message, offset);
  }

  /** What failed, for programs. */
  public ErrorCode code() {
    return code;
  }

  /** The message without what shows the place in the query's text. */
  public String what() {
    String message = String.valueOf(getMessage());
    int place = position == null ? -1 : message.lastIndexOf(" (line ");
    return place < 0 ? message : message.substring(0, place);
  }

  /** Where in the query's text it failed, or null when the failure has no place there. */
  public @Nullable Position position() {
    return position;
  }

  /**
   * Where the bytes are that cannot be, from the beginning of the array or file that was read, or
   * -1 when the failure has no place there.
   */
  public long fileOffset() {
    return fileOffset;
  }
}
