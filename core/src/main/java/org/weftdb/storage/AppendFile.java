package org.weftdb.storage;

import org.weftdb.error.ErrorCode;

/**
 * A file being written from its beginning to its end.
 *
 * <p>After an append or sync that failed, nothing is known of the bytes since the last sync, and
 * every later append and sync fails as well. Calls after {@link #close} are {@link
 * ErrorCode#CLOSED}.
 *
 * <p>One thread may append while another syncs: what was appended before the sync was called is
 * durable when it returns, of the rest nothing is promised. Otherwise for one thread at a time.
 */
public interface AppendFile extends AutoCloseable {
  /**
   * Adds bytes at the end. They are readable after {@link #close} and durable after {@link #sync};
   * a power cut before that may keep, drop or tear them.
   */
  void append(byte[] bytes, int offset, int length);

  /** Makes everything appended so far, and the name of the file, durable before it returns. */
  void sync();

  /** The bytes appended so far. */
  long length();

  /** Ends the writing; a second call does nothing. Does not sync. */
  @Override
  void close();
}
