package org.weftdb.cypher.function.deflate;

/** Asked before memory is taken, now and then, so that a bound or an end of the query is heeded. */
@FunctionalInterface
public interface Room {
  /**
   * So many more bytes are about to be made.
   *
   * @throws org.weftdb.error.WeftException when they may not
   */
  void take(long bytes);
}
