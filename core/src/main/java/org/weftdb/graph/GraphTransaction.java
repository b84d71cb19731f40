package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The next version of a graph in the making. Reads see its own writes; nobody else sees anything
 * before {@link #commit}. To roll back, drop it.
 *
 * <p>For one thread. A scan or cursor that was begun before a write may or may not show it.
 */
public final class GraphTransaction extends GraphView {
  GraphTransaction() {}

  /**
   * Creates a node.
   *
   * @param labels ids of its labels, in any order
   * @return its id
   * @throws WeftException {@link ErrorCode#LIMIT_REACHED} when all ids are used up
   */
  public int createNode(int[] labels) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates a relationship between two nodes, which may be the same.
   *
   * @return its id
   * @throws WeftException {@link ErrorCode#LIMIT_REACHED} when all ids are used up, {@link
   *     ErrorCode#DELETED_ENTITY_ACCESS} when one of the nodes does not exist
   */
  public int createRelationship(int type, int start, int end) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets a property of a node, or removes it when the value is null.
   *
   * @return whether the node's properties are other than before
   * @throws WeftException {@link ErrorCode#INVALID_PROPERTY_TYPE} when the value is not storable,
   *     {@link ErrorCode#DELETED_ENTITY_ACCESS} when the node does not exist
   */
  public boolean setNodeProperty(int node, int key, @Nullable Object value) {
    throw new UnsupportedOperationException();
  }

  /** Sets a property of a relationship, as {@link #setNodeProperty} does of a node. */
  public boolean setRelationshipProperty(int relationship, int key, @Nullable Object value) {
    throw new UnsupportedOperationException();
  }

  /** Gives a node a label; false when it had it already. */
  public boolean addLabel(int node, int label) {
    throw new UnsupportedOperationException();
  }

  /** Takes a label from a node; false when it did not have it. */
  public boolean removeLabel(int node, int label) {
    throw new UnsupportedOperationException();
  }

  /** Deletes a relationship with its properties; false when it does not exist. */
  public boolean deleteRelationship(int relationship) {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes a node with its labels and properties; false when it does not exist.
   *
   * @throws WeftException {@link ErrorCode#DELETE_CONNECTED_NODE} when it has relationships left
   */
  public boolean deleteNode(int node) {
    throw new UnsupportedOperationException();
  }

  /** The id of a label, which is created when there is none of the name. */
  public int labelIdOrCreate(String name) {
    throw new UnsupportedOperationException();
  }

  /** The id of a relationship type, which is created when there is none of the name. */
  public int typeIdOrCreate(String name) {
    throw new UnsupportedOperationException();
  }

  /** The id of a property key, which is created when there is none of the name. */
  public int keyIdOrCreate(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates an index and fills it.
   *
   * @param name its name, or null for one made of what it is on
   * @throws WeftException {@link ErrorCode#INDEX_ALREADY_EXISTS} when there is one of the same name
   *     or on the same property
   */
  public IndexDefinition createNodeIndex(@Nullable String name, int label, int key) {
    throw new UnsupportedOperationException();
  }

  /** Creates an index on a property of relationships, as {@link #createNodeIndex} does of nodes. */
  public IndexDefinition createRelationshipIndex(@Nullable String name, int type, int key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Drops an index.
   *
   * @throws WeftException {@link ErrorCode#INDEX_NOT_FOUND} when there is none of the name
   */
  public void dropIndex(String name) {
    throw new UnsupportedOperationException();
  }

  /** The present state, to go back to it. Costs the same whatever the size of the graph. */
  public Savepoint savepoint() {
    throw new UnsupportedOperationException();
  }

  /** Goes back to a state of this transaction: everything since is undone, the changes too. */
  public void rollbackTo(Savepoint savepoint) {
    throw new UnsupportedOperationException();
  }

  /** Whether nothing was changed since the beginning. */
  public boolean isUnchanged() {
    throw new UnsupportedOperationException();
  }

  /**
   * The primitive changes since the beginning, in their order, in the format of {@link
   * ChangeCodec}; the writer's array is valid until the next change.
   */
  public ByteWriter changes() {
    throw new UnsupportedOperationException();
  }

  /**
   * Replays changes of another transaction that began from an equal graph.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} or {@link ErrorCode#TRUNCATED} when they
   *     cannot be the changes of such a transaction; the transaction is then fit for nothing but to
   *     be given up
   */
  public void apply(ByteReader changes) {
    throw new UnsupportedOperationException();
  }

  /** Freezes the present state into a snapshot and ends the transaction. */
  public GraphSnapshot commit() {
    throw new UnsupportedOperationException();
  }
}
