package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.Touched;

/**
 * Tells of commits. As long as nobody listens nothing is collected.
 *
 * <p>Safe for any number of threads. A commit that is published after {@link #listen} has returned
 * is told; of one whose transaction had begun before, it is told that it touched everything.
 */
public final class ChangeFeed {
  /** Replaced, never changed. */
  private volatile List<ChangeListener> listeners = List.of();

  ChangeFeed() {}

  /** Ends the listening. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    /** Nothing is told any more; a second call does nothing. */
    @Override
    void close();
  }

  /** Tells a listener of every commit from now on. */
  public synchronized Subscription listen(ChangeListener listener) {
    // Of its own, so that the same listener can listen twice.
    ChangeListener one = listener::committed;
    List<ChangeListener> more = new ArrayList<>(listeners);
    more.add(one);
    listeners = List.copyOf(more);
    return () -> remove(one);
  }

  private synchronized void remove(ChangeListener one) {
    List<ChangeListener> fewer = new ArrayList<>(listeners);
    fewer.remove(one);
    listeners = List.copyOf(fewer);
  }

  /** Whether somebody listens. */
  boolean isListenedTo() {
    return !listeners.isEmpty();
  }

  /** What a transaction has touched that is about to be committed. */
  Touched touched(GraphTransaction transaction) {
    return isListenedTo() ? transaction.touched() : Touched.EVERYTHING;
  }

  /** A commit is there for everybody to see. */
  void committed(long lsn, Touched touched) {
    for (ChangeListener listener : listeners) {
      listener.committed(lsn, touched);
    }
  }
}
