package org.weftdb.engine;

/**
 * The right to write, which one writer has at a time; those who ask for it get it in the order in
 * which they asked.
 *
 * <p>{@code release} may be called by another thread than {@code acquire}.
 */
public interface WriteTurn {
  /**
   * Waits for the turn and takes it.
   *
   * @throws org.weftdb.error.WeftException {@link org.weftdb.error.ErrorCode#INVALID_USE} when the
   *     one who asks has the turn already and would wait for itself, {@link
   *     org.weftdb.error.ErrorCode#CANCELLED} when the waiting was interrupted, {@link
   *     org.weftdb.error.ErrorCode#WRITE_TURN_TIMED_OUT} when it took too long
   */
  void acquire();

  /** Gives the turn to the next who waits for it. */
  void release();
}
