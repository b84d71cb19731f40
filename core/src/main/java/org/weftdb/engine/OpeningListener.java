package org.weftdb.engine;

/** Is told how the opening of a database goes on, in the thread that opens it. */
@FunctionalInterface
public interface OpeningListener {
  /** What is being done. */
  enum Phase {
    /** A snapshot is read; the units are bytes. */
    SNAPSHOT,
    /** Commits of the log are applied; the units are bytes of the log. */
    LOG
  }

  /** Tells nobody. */
  OpeningListener NONE = (phase, done, total) -> {};

  /**
   * How far a phase is. Called at its beginning, now and then, and at its end; what is thrown ends
   * the opening.
   *
   * @param done from 0 to {@code total}
   */
  void progress(Phase phase, long done, long total);
}
