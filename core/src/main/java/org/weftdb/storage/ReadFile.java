package org.weftdb.storage;

import org.weftdb.error.ErrorCode;

/**
 * A closed file being read. It stays readable when it is deleted or replaced by a publish.
 *
 * <p>Calls after {@link #close} are {@link ErrorCode#CLOSED}. May be used from several threads.
 */
public interface ReadFile extends AutoCloseable {
  /**
   * Fills a range of an array with the bytes from a position on.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#TRUNCATED} when the file has fewer
   *     bytes
   */
  void readAt(long position, byte[] target, int offset, int length);

  /** The bytes of the file. */
  long length();

  /** Ends the reading; a second call does nothing. Never fails. */
  @Override
  void close();
}
