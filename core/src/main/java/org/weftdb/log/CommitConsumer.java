package org.weftdb.log;

import org.weftdb.bytes.ByteReader;

/** Takes the commits of a log in their order. */
@FunctionalInterface
public interface CommitConsumer {
  /**
   * Takes a commit.
   *
   * @param changes the bytes given to {@link LogWriter#append}, valid during the call only
   */
  void commit(long lsn, ByteReader changes);

  /** How many bytes of the log were read, of all that are needed; called for each segment. */
  default void progress(long doneBytes, long totalBytes) {}
}
