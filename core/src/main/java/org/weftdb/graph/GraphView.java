package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;
import org.weftdb.value.Vector;

/**
 * All that can be read of a graph: an immutable {@link GraphSnapshot}, or a {@link
 * GraphTransaction} as it stands.
 *
 * <p>Ids outside what exists are not errors: what does not exist has no labels, no properties, no
 * relationships, type and ends -1. Label, type and key ids are those of {@link #catalog()}; an id of
 * -1, as the catalog answers for an unknown name, finds nothing where it does not mean "any".
 */
public abstract sealed class GraphView permits GraphSnapshot, GraphTransaction {
  GraphView() {}

  /** The names in this version. */
  public final Catalog catalog() {
    throw new UnsupportedOperationException();
  }

  /** The number of nodes. */
  public final long nodeCount() {
    throw new UnsupportedOperationException();
  }

  /** The number of relationships. */
  public final long relationshipCount() {
    throw new UnsupportedOperationException();
  }

  /** The number of nodes with a label. */
  public final long nodeCount(int label) {
    throw new UnsupportedOperationException();
  }

  /** The number of relationships of a type. */
  public final long relationshipCount(int type) {
    throw new UnsupportedOperationException();
  }

  /** A number that every node's id is below, at most 2^31 - 1. */
  public final int nodeIdBound() {
    throw new UnsupportedOperationException();
  }

  /** A number that every relationship's id is below, at most 2^31 - 1. */
  public final int relationshipIdBound() {
    throw new UnsupportedOperationException();
  }

  /** Whether there is such a node. */
  public final boolean hasNode(int node) {
    throw new UnsupportedOperationException();
  }

  /** Whether there is such a relationship. */
  public final boolean hasRelationship(int relationship) {
    throw new UnsupportedOperationException();
  }

  /** Whether the id was given to a node that was deleted since; ids are not used again. */
  public final boolean isDeletedNode(int node) {
    throw new UnsupportedOperationException();
  }

  /** Whether the id was given to a relationship that was deleted since; ids are not used again. */
  public final boolean isDeletedRelationship(int relationship) {
    throw new UnsupportedOperationException();
  }

  /** Whether a node has a label. */
  public final boolean hasLabel(int node, int label) {
    throw new UnsupportedOperationException();
  }

  /** The id of a node's label set, at least 1; 0 when there is no such node. */
  public final int labelSet(int node) {
    throw new UnsupportedOperationException();
  }

  /** The labels of a label set in ascending order of id; not to be changed. */
  public final int[] labelIds(int labelSet) {
    throw new UnsupportedOperationException();
  }

  /**
   * The number of label sets; their ids are from 1 to below it. For tables by label set, such as
   * whether its nodes match.
   */
  public final int labelSetBound() {
    throw new UnsupportedOperationException();
  }

  /**
   * The type of a relationship. In a transaction that of one it has deleted can still be read;
   * otherwise -1 when there is no such relationship.
   */
  public final int relationshipType(int relationship) {
    throw new UnsupportedOperationException();
  }

  /** The node where a relationship starts, or -1. */
  public final int startNode(int relationship) {
    throw new UnsupportedOperationException();
  }

  /** The node where a relationship ends, or -1. */
  public final int endNode(int relationship) {
    throw new UnsupportedOperationException();
  }

  /**
   * The number of a node's relationships in a direction, of one type or (-1) of any. With {@link
   * Direction#BOTH} a relationship from the node to itself counts once.
   */
  public final int degree(int node, Direction direction, int typeOrMinusOne) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets a cursor to the relationships of a node in a direction, of one type or (-1) of any.
   *
   * <p>{@link Direction#BOTH} gives the outgoing entries and then the incoming ones without those
   * of relationships from the node to itself, so that each relationship comes once.
   */
  public final void neighbours(int node, Direction direction, int typeOrMinusOne, AdjacencyCursor cursor) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets a cursor to the relationships between a node and a neighbour, found by binary search when
   * a type is given (-1: any type); the direction is as seen from {@code node}.
   */
  public final void neighboursTo(
      int node, Direction direction, int typeOrMinusOne, int neighbour, AdjacencyCursor cursor) {
    throw new UnsupportedOperationException();
  }

  /** All nodes. */
  public final NodeScan allNodes() {
    throw new UnsupportedOperationException();
  }

  /** The nodes with a label. */
  public final NodeScan nodesWithLabel(int label) {
    throw new UnsupportedOperationException();
  }

  /** The relationships of a type, or (-1) all. */
  public final RelationshipScan relationships(int typeOrMinusOne) {
    throw new UnsupportedOperationException();
  }

  /** The value of a property of a node, or null. */
  public final @Nullable Object nodeProperty(int node, int key) {
    throw new UnsupportedOperationException();
  }

  /** The value of a property of a relationship, or null. */
  public final @Nullable Object relationshipProperty(int relationship, int key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a property of many nodes.
   *
   * @param ids a vector of {@link Vector.Kind#NODE} (or {@link Vector.Kind#INTEGER}); a null id
   *     gives null
   * @param selection the rows to read, or null for the rows from 0 to {@code count}
   * @param count the number of rows to read
   * @param out is reset to the capacity of {@code ids} and to the kind of the values: {@link
   *     Vector.Kind#OBJECT} unless all are integers, floats or booleans; the values are at the rows
   *     of their ids, and other rows are undefined
   */
  public final void nodeProperties(
      int key, Vector ids, int @Nullable [] selection, int count, Vector out) {
    throw new UnsupportedOperationException();
  }

  /** Reads a property of many relationships, as {@link #nodeProperties} does of nodes. */
  public final void relationshipProperties(
      int key, Vector ids, int @Nullable [] selection, int count, Vector out) {
    throw new UnsupportedOperationException();
  }

  /** Gives every property of a node in ascending order of key ids. */
  public final void forEachNodeProperty(int node, PropertyConsumer consumer) {
    throw new UnsupportedOperationException();
  }

  /** Gives every property of a relationship in ascending order of key ids. */
  public final void forEachRelationshipProperty(int relationship, PropertyConsumer consumer) {
    throw new UnsupportedOperationException();
  }

  /** The indexes in the order of their creation. */
  public final List<IndexDefinition> indexes() {
    throw new UnsupportedOperationException();
  }

  /** The index on a property of the nodes with a label, or null. */
  public final @Nullable Index nodeIndex(int label, int key) {
    throw new UnsupportedOperationException();
  }

  /** The index on a property of the relationships of a type, or null. */
  public final @Nullable Index relationshipIndex(int type, int key) {
    throw new UnsupportedOperationException();
  }
}
