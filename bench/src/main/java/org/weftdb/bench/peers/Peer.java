package org.weftdb.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database under test. Has a constructor without parameters, and is used by one thread. */
public interface Peer extends AutoCloseable {
  /** The rows of a query, all of them made. */
  interface Rows {
    int size();

    /** A row's values in the order of the query's columns. */
    List<@Nullable Object> values(int row);

    /** Has every value of every row looked at by the quickest way that the peer offers. */
    void forEachValue(ValueVisitor visitor);
  }

  /** Is shown values. */
  interface ValueVisitor {
    void visit(@Nullable Object value);
  }

  /**
   * Opens an empty database.
   *
   * @param directory an empty directory; a peer that can be without one leaves it empty
   * @param keys the property that identifies the nodes of each label, unique and to be found
   *     quickly
   */
  void open(Path directory, Map<String, String> keys) throws Exception;

  String version();

  /** Runs a query in a transaction of its own and gives its rows when that has committed. */
  Rows execute(String cypher, Map<String, Object> parameters) throws Exception;

  /** The whole graph as bytes, or null when the peer has nothing of the kind. */
  default byte @Nullable [] saveSnapshot() {
    return null;
  }

  /** Replaces the graph by what {@link #saveSnapshot} gave. */
  default void loadSnapshot(byte[] snapshot) {
    throw new UnsupportedOperationException();
  }

  @Override
  void close() throws Exception;

  /** An instance of a class that is one. */
  static Peer of(String className) throws ReflectiveOperationException {
    return Class.forName(className).asSubclass(Peer.class).getConstructor().newInstance();
  }
}
