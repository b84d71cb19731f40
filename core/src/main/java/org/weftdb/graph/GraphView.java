package org.weftdb.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;
import org.weftdb.value.Vector;

/**
 * All that can be read of a graph: an immutable {@link GraphSnapshot}, or a {@link
 * GraphTransaction} as it stands.
 *
 * <p>Ids outside what exists are not errors: what does not exist has no labels, no properties, no
 * relationships, type and ends -1. Label, type and key ids are those of {@link #catalog()}; an id
 * of -1, as the catalog answers for an unknown name, finds nothing where it does not mean "any".
 */
public abstract sealed class GraphView permits GraphSnapshot, GraphEditor {
  /** The roots of this version. A transaction replaces them; a snapshot never does. */
  GraphState state;

  /** Counts what is read, or null: while a query is profiled, and then for that query alone. */
  private @Nullable PageCounter counter;

  GraphView(GraphState state) {
    this.state = state;
  }

  final void setCounter(@Nullable PageCounter value) {
    counter = value;
  }

  private void read(int pages) {
    PageCounter present = counter;
    if (present != null) {
      present.add(pages);
    }
  }

  /** The names in this version. */
  public final Catalog catalog() {
    return state.catalog;
  }

  /** The number of nodes. */
  public final long nodeCount() {
    return state.nodeCount;
  }

  /** The number of relationships. */
  public final long relationshipCount() {
    return state.relationshipCount;
  }

  /** The number of nodes with a label. */
  public final long nodeCount(int label) {
    return label >= 0 && label < state.members.length ? state.members[label].count() : 0;
  }

  /** The number of relationships of a type. */
  public final long relationshipCount(int type) {
    return type >= 0 && type < state.typeCounts.length ? state.typeCounts[type] : 0;
  }

  /** A number that every node's id is below, at most 2^31 - 4,096. */
  public final int nodeIdBound() {
    return state.nodeIdBound;
  }

  /** A number that every relationship's id is below, at most 2^31 - 4,096. */
  public final int relationshipIdBound() {
    return state.relationshipIdBound;
  }

  /** Whether there is such a node. */
  public final boolean hasNode(int node) {
    read(1);
    return state.nodeLabelSets.get(node) != 0;
  }

  /** Whether there is such a relationship. */
  public final boolean hasRelationship(int relationship) {
    read(1);
    return state.types.get(relationship) > 0;
  }

  /** Whether the id was given to a node that was deleted since; ids are not used again. */
  public final boolean isDeletedNode(int node) {
    return node >= 0 && node < state.nodeIdBound && state.nodeLabelSets.get(node) == 0;
  }

  /** Whether the id was given to a relationship that was deleted since; ids are not used again. */
  public final boolean isDeletedRelationship(int relationship) {
    return relationship >= 0
        && relationship < state.relationshipIdBound
        && state.types.get(relationship) <= 0;
  }

  /** Whether a node has a label. */
  public final boolean hasLabel(int node, int label) {
    read(1);
    return label >= 0 && label < state.members.length && state.members[label].contains(node);
  }

  /** The id of a node's label set, at least 1; 0 when there is no such node. */
  public final int labelSet(int node) {
    read(1);
    return state.nodeLabelSets.get(node);
  }

  /** The labels of a label set in ascending order of id; not to be changed. */
  public final int[] labelIds(int labelSet) {
    return state.labelSets.labels(labelSet);
  }

  /**
   * The number of label sets; their ids are from 1 to below it. For tables by label set, such as
   * whether its nodes match.
   */
  public final int labelSetBound() {
    return state.labelSets.bound();
  }

  /**
   * The type of a relationship. In a transaction that of one it has deleted can still be read;
   * otherwise -1 when there is no such relationship.
   */
  public final int relationshipType(int relationship) {
    read(1);
    int type = state.types.get(relationship);
    return (type < 0 ? -type : type) - 1;
  }

  /** The node where a relationship starts, or -1. */
  public final int startNode(int relationship) {
    read(2);
    return state.types.get(relationship) > 0 ? state.starts.get(relationship) : -1;
  }

  /** The node where a relationship ends, or -1. */
  public final int endNode(int relationship) {
    read(2);
    return state.types.get(relationship) > 0 ? state.ends.get(relationship) : -1;
  }

  /**
   * The number of a node's relationships in a direction, of one type or (-1) of any. With {@link
   * Direction#BOTH} a relationship from the node to itself counts once.
   */
  public final int degree(int node, Direction direction, int typeOrMinusOne) {
    read(direction == Direction.BOTH ? 2 : 1);
    int degree = 0;
    if (direction != Direction.INCOMING) {
      degree = degree(state.outgoing, node, typeOrMinusOne);
    }
    if (direction != Direction.OUTGOING) {
      degree += degree(state.incoming, node, typeOrMinusOne);
    }
    return direction == Direction.BOTH && degree > 1
        ? degree - loops(node, typeOrMinusOne)
        : degree;
  }

  private static int degree(Adjacency adjacency, int node, int type) {
    return type < 0 ? adjacency.degree(node) : adjacency.degree(node, type);
  }

  /** The relationships of a node with itself. */
  private int loops(int node, int type) {
    if (type >= 0) {
      return state.outgoing.count(node, type, node);
    }
    int loops = 0;
    for (int next = state.outgoing.nextType(node, 0); next >= 0; ) {
      loops += state.outgoing.count(node, next, node);
      next = state.outgoing.nextType(node, next + 1);
    }
    return loops;
  }

  /**
   * Sets a cursor to the relationships of a node in a direction, of one type or (-1) of any.
   *
   * <p>{@link Direction#BOTH} gives the outgoing entries and then the incoming ones without those
   * of relationships from the node to itself, so that each relationship comes once.
   */
  public final void neighbours(
      int node, Direction direction, int typeOrMinusOne, AdjacencyCursor cursor) {
    open(node, direction, typeOrMinusOne, -1, cursor);
  }

  /**
   * Brings the relationships of many nodes into the processor's cache before they are walked one by
   * one, which in a large graph is several times as fast as to wait for the memory at each node.
   *
   * @param nodes ids; what is at rows that are null may be any number
   * @param selection the rows, or null for those from 0 to {@code count}
   * @return a number that means nothing, to be kept somewhere
   */
  public final int readAhead(
      Direction direction, Vector nodes, int @Nullable [] selection, int count) {
    return switch (direction) {
      case OUTGOING -> state.outgoing.readAhead(nodes.longs, selection, count);
      case INCOMING -> state.incoming.readAhead(nodes.longs, selection, count);
      case BOTH ->
          state.outgoing.readAhead(nodes.longs, selection, count)
              + state.incoming.readAhead(nodes.longs, selection, count);
    };
  }

  private void open(
      int node, Direction direction, int type, int neighbour, AdjacencyCursor cursor) {
    read(direction == Direction.BOTH ? 2 : 1);
    switch (direction) {
      case OUTGOING -> cursor.open(state.outgoing, null, node, type, neighbour);
      case INCOMING -> cursor.open(state.incoming, null, node, type, neighbour);
      case BOTH -> cursor.open(state.outgoing, state.incoming, node, type, neighbour);
    }
  }

  /**
   * Sets a cursor to the relationships between a node and a neighbour, found by binary search when
   * a type is given (-1: any type); the direction is as seen from {@code node}.
   */
  public final void neighboursTo(
      int node, Direction direction, int typeOrMinusOne, int neighbour, AdjacencyCursor cursor) {
    if (neighbour < 0) {
      cursor.openEmpty();
    } else {
      open(node, direction, typeOrMinusOne, neighbour, cursor);
    }
  }

  /** All nodes. */
  public final NodeScan allNodes() {
    return counted(new Scans.AllNodes(state.nodeLabelSets, state.nodeIdBound));
  }

  /** The nodes with a label. */
  public final NodeScan nodesWithLabel(int label) {
    return counted(
        new Scans.Members(
            label >= 0 && label < state.members.length ? state.members[label] : new BitPages()));
  }

  private NodeScan counted(NodeScan scan) {
    PageCounter present = counter;
    if (present == null) {
      return scan;
    }
    return (out, offset, max) -> {
      int written = scan.fill(out, offset, max);
      present.addIds(out, offset, written);
      return written;
    };
  }

  /** The relationships of a type, or (-1) all. */
  public final RelationshipScan relationships(int typeOrMinusOne) {
    RelationshipScan scan =
        new Scans.Relationships(state.types, state.relationshipIdBound, typeOrMinusOne);
    PageCounter present = counter;
    if (present == null) {
      return scan;
    }
    return (out, offset, max) -> {
      int written = scan.fill(out, offset, max);
      present.addIds(out, offset, written);
      return written;
    };
  }

  /** The value of a property of a node, or null. */
  public final @Nullable Object nodeProperty(int node, int key) {
    read(1);
    PropertyColumn[] columns = state.nodeColumns;
    return key >= 0 && key < columns.length ? columns[key].get(node) : null;
  }

  /** The value of a property of a relationship, or null. */
  public final @Nullable Object relationshipProperty(int relationship, int key) {
    read(1);
    PropertyColumn[] columns = state.relationshipColumns;
    return key >= 0 && key < columns.length ? columns[key].get(relationship) : null;
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
    countRows(ids, selection, count);
    if (key >= 0 && key < state.nodeColumns.length) {
      state.nodeColumns[key].read(ids, selection, count, out);
    } else {
      out.reset(Vector.Kind.OBJECT, ids.capacity());
    }
  }

  /** Reads a property of many relationships, as {@link #nodeProperties} does of nodes. */
  public final void relationshipProperties(
      int key, Vector ids, int @Nullable [] selection, int count, Vector out) {
    countRows(ids, selection, count);
    if (key >= 0 && key < state.relationshipColumns.length) {
      state.relationshipColumns[key].read(ids, selection, count, out);
    } else {
      out.reset(Vector.Kind.OBJECT, ids.capacity());
    }
  }

  private void countRows(Vector ids, int @Nullable [] selection, int count) {
    PageCounter present = counter;
    if (present != null) {
      present.addRows(ids, selection, count);
    }
  }

  /** Gives every property of a node in ascending order of key ids. */
  public final void forEachNodeProperty(int node, PropertyConsumer consumer) {
    read(state.nodeColumns.length);
    forEach(state.nodeColumns, node, consumer);
  }

  /** Gives every property of a relationship in ascending order of key ids. */
  public final void forEachRelationshipProperty(int relationship, PropertyConsumer consumer) {
    read(state.relationshipColumns.length);
    forEach(state.relationshipColumns, relationship, consumer);
  }

  private static void forEach(PropertyColumn[] columns, int id, PropertyConsumer consumer) {
    for (int key = 0; key < columns.length; key++) {
      Object value = columns[key].get(id);
      if (value != null) {
        consumer.accept(key, value);
      }
    }
  }

  /** To be told how many ids a cursor of an index gave, which it cannot count itself. */
  public final void readFromIndex(int ids) {
    read(1 + ids / IndexPage.MAX_ENTRIES);
  }

  /** The indexes in the order of their creation, those of constraints among them. */
  public final List<IndexDefinition> indexes() {
    List<IndexDefinition> definitions = new ArrayList<>(state.indexes.length);
    for (ValueIndex index : state.indexes) {
      definitions.add(index.definition());
    }
    return Collections.unmodifiableList(definitions);
  }

  /** The constraints in the order of their creation. */
  public final List<ConstraintDefinition> constraints() {
    return Collections.unmodifiableList(Arrays.asList(state.constraints));
  }

  /** The RANGE index on one property of the nodes with a label, or null. */
  public final @Nullable Index nodeIndex(int label, int key) {
    return index(IndexDefinition.Kind.RANGE, true, label, key);
  }

  /** The RANGE index on one property of the relationships of a type, or null. */
  public final @Nullable Index relationshipIndex(int type, int key) {
    return index(IndexDefinition.Kind.RANGE, false, type, key);
  }

  /** The index of a kind on the nodes with a label or the relationships of a type, or null. */
  public final @Nullable Index index(
      IndexDefinition.Kind kind, boolean ofNodes, int labelOrType, int... keys) {
    for (ValueIndex index : state.indexes) {
      if (index.definition().isOn(kind, ofNodes, labelOrType, keys)) {
        return index;
      }
    }
    return null;
  }

  /** The index that is like a definition but for the name, or null. */
  public final @Nullable Index index(IndexDefinition wanted) {
    for (ValueIndex index : state.indexes) {
      if (index.definition().isLike(wanted)) {
        return index;
      }
    }
    return null;
  }
}
