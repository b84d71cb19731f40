package org.weftdb.engine;

import org.weftdb.graph.Touched;

/** Who wants to know of commits. */
@FunctionalInterface
public interface ChangeListener {
  /**
   * Takes note of a commit, which queries that begin now see. It is called by the thread that has
   * committed, or has made the commit durable, once for each commit and in their order, before the
   * call that has committed returns; so it must be quick and not fail, and may read but not write.
   *
   * @param lsn the commit's number; 0 for a database in memory
   * @param touched what it has changed
   */
  void committed(long lsn, Touched touched);
}
