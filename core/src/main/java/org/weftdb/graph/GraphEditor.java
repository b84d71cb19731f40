package org.weftdb.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Direction;

/**
 * Writes the nodes, relationships, labels and properties of a transaction, and keeps the indexes in
 * step with them.
 */
public abstract sealed class GraphEditor extends GraphView permits GraphTransaction {
  /** All ids are below it. It leaves the last pages free, so that no id computation overflows. */
  static final int MAX_ID_BOUND = Integer.MAX_VALUE - 4095;

  Editor editor = new Editor();
  final RecordedChanges changes;
  final Constraints constraints = new Constraints(this);

  /** The relationships deleted so far, whose types are kept until the end. */
  final TouchedEntities deleted = new TouchedEntities();

  /** What was touched so far; null when nobody wants to know. */
  @Nullable TouchedParts touched;

  private final IndexKeeper indexes = new IndexKeeper(this);
  private boolean ended;

  GraphEditor(GraphState state, boolean recording) {
    super(state);
    this.changes = new RecordedChanges(recording);
  }

  // ---- Parts to write to ------------------------------------------------------------------------

  private IntPages nodeLabelSets() {
    if (!state.nodeLabelSets.isEditable()) {
      state.nodeLabelSets = state.nodeLabelSets.edit(editor);
    }
    return state.nodeLabelSets;
  }

  private BitPages members(int label) {
    BitPages members = state.members[label];
    if (!members.isEditable()) {
      members = members.edit(editor);
      state.members[label] = members;
    }
    return members;
  }

  final void openRelationships() {
    if (!state.types.isEditable()) {
      state.types = state.types.edit(editor);
      state.starts = state.starts.edit(editor);
      state.ends = state.ends.edit(editor);
      state.outgoing = state.outgoing.edit(editor);
      state.incoming = state.incoming.edit(editor);
    }
  }

  private PropertyColumn column(PropertyColumn[] columns, int key) {
    PropertyColumn column = columns[key];
    if (!column.isEditable()) {
      column = column.edit(editor);
      columns[key] = column;
    }
    return column;
  }

  /** The index at a place, to be written to. */
  final ValueIndex editableIndex(int place) {
    ValueIndex index = state.indexes[place];
    if (!index.isEditable()) {
      index = index.edit(editor);
      state.indexes[place] = index;
    }
    return index;
  }

  /** Nothing can be written any more. */
  final void end() {
    ended = true;
  }

  final void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
  }

  static void checkName(int id, int count, String what) {
    if (id < 0 || id >= count) {
      throw new IllegalArgumentException("no " + what + " has the id " + id);
    }
  }

  private void checkNode(int node) {
    if (!hasNode(node)) {
      throw new WeftException(
          ErrorCode.DELETED_ENTITY_ACCESS, "node " + node + " does not exist or was deleted");
    }
  }

  private void checkRelationship(int relationship) {
    if (!hasRelationship(relationship)) {
      throw new WeftException(
          ErrorCode.DELETED_ENTITY_ACCESS,
          "relationship " + relationship + " does not exist or was deleted");
    }
  }

  private static WeftException limitReached(String what) {
    return new WeftException(
        ErrorCode.LIMIT_REACHED, "no more " + what + " than " + MAX_ID_BOUND + " can be created");
  }

  // ---- Names ------------------------------------------------------------------------------------

  /** The id of a label, which is created when there is none of the name. */
  public final int labelIdOrCreate(String name) {
    int id = state.catalog.labelId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes.bytes(), ChangeCodec.NEW_LABEL, name);
      changes.note();
      id = state.catalog.addLabel(name);
      state.growTables();
    }
    return id;
  }

  /** The id of a relationship type, which is created when there is none of the name. */
  public final int typeIdOrCreate(String name) {
    int id = state.catalog.typeId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes.bytes(), ChangeCodec.NEW_TYPE, name);
      changes.note();
      id = state.catalog.addType(name);
      state.growTables();
    }
    return id;
  }

  /** The id of a property key, which is created when there is none of the name. */
  public final int keyIdOrCreate(String name) {
    int id = state.catalog.keyId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes.bytes(), ChangeCodec.NEW_KEY, name);
      changes.note();
      id = state.catalog.addKey(name);
      state.growTables();
    }
    return id;
  }

  // ---- Nodes and labels -------------------------------------------------------------------------

  /**
   * Creates a node.
   *
   * @param labels ids of its labels, in any order
   * @return its id
   * @throws WeftException {@link ErrorCode#LIMIT_REACHED} when all ids are used up
   */
  public final int createNode(int[] labels) {
    checkOpen();
    int node = state.nodeIdBound;
    if (node >= MAX_ID_BOUND) {
      throw limitReached("nodes");
    }
    for (int label : labels) {
      checkName(label, state.members.length, "label");
    }
    int set = internedSet(LabelSets.normalized(labels), labels);
    ChangeCodec.writeNode(changes.bytes(), node, state.labelSets.labels(set));
    changes.note();
    nodeLabelSets().set(node, set);
    for (int label : state.labelSets.labels(set)) {
      members(label).add(node);
    }
    state.nodeIdBound = node + 1;
    state.nodeCount++;
    constraints.labelled(node, labels);
    if (touched != null) {
      touched.node(labels);
    }
    return node;
  }

  /** The number of a set in order; it is copied when it is new and the caller's own array. */
  private int internedSet(int[] labels, int @Nullable [] ofCaller) {
    int set = state.labelSets.find(labels);
    if (set == 0) {
      state.labelSets = state.labelSets.edit();
      set = state.labelSets.add(labels == ofCaller ? Arrays.copyOf(labels, labels.length) : labels);
    }
    return set;
  }

  /** Gives a node a label; false when it had it already. */
  public final boolean addLabel(int node, int label) {
    checkOpen();
    checkNode(node);
    checkName(label, state.members.length, "label");
    if (!members(label).add(node)) {
      return false;
    }
    ChangeCodec.writePair(changes.bytes(), ChangeCodec.ADD_LABEL, node, label);
    changes.note();
    changeLabels(node, label, true);
    indexes.label(node, label, true);
    constraints.labelled(node, label);
    return true;
  }

  /** Takes a label from a node; false when it did not have it. */
  public final boolean removeLabel(int node, int label) {
    checkOpen();
    checkNode(node);
    checkName(label, state.members.length, "label");
    if (!hasLabel(node, label)) {
      return false;
    }
    ChangeCodec.writePair(changes.bytes(), ChangeCodec.REMOVE_LABEL, node, label);
    changes.note();
    indexes.label(node, label, false);
    members(label).remove(node);
    changeLabels(node, label, false);
    return true;
  }

  private void changeLabels(int node, int label, boolean with) {
    int before = labelSet(node);
    int[] labels = state.labelSets.labels(before);
    int[] others = with ? LabelSets.with(labels, label) : LabelSets.without(labels, label);
    int after = internedSet(others, null);
    nodeLabelSets().set(node, after);
    if (touched != null) {
      touched.label(node, label, before, after);
    }
  }

  /**
   * Deletes a node with its labels and properties; false when it does not exist.
   *
   * @throws WeftException {@link ErrorCode#DELETE_CONNECTED_NODE} when it has relationships left
   */
  public final boolean deleteNode(int node) {
    checkOpen();
    if (!hasNode(node)) {
      return false;
    }
    if (degree(node, Direction.BOTH, -1) > 0) {
      throw new WeftException(
          ErrorCode.DELETE_CONNECTED_NODE,
          "node " + node + " still has relationships: delete them first, or use DETACH DELETE");
    }
    ChangeCodec.writeId(changes.bytes(), ChangeCodec.DELETE_NODE, node);
    changes.note();
    int[] labels = state.labelSets.labels(labelSet(node));
    for (int label : labels) {
      indexes.label(node, label, false);
    }
    removeAll(state.nodeColumns, node);
    for (int label : labels) {
      members(label).remove(node);
    }
    nodeLabelSets().clear(node);
    state.nodeCount--;
    if (touched != null) {
      touched.node(labels);
    }
    return true;
  }

  private void removeAll(PropertyColumn[] columns, int id) {
    for (int key = 0; key < columns.length; key++) {
      if (columns[key].has(id)) {
        column(columns, key).remove(id);
      }
    }
  }

  // ---- Relationships ----------------------------------------------------------------------------

  /**
   * Creates a relationship between two nodes, which may be the same.
   *
   * @return its id
   * @throws WeftException {@link ErrorCode#LIMIT_REACHED} when all ids are used up, {@link
   *     ErrorCode#DELETED_ENTITY_ACCESS} when one of the nodes does not exist
   */
  public final int createRelationship(int type, int start, int end) {
    checkOpen();
    checkName(type, state.typeCounts.length, "relationship type");
    checkNode(start);
    checkNode(end);
    int relationship = state.relationshipIdBound;
    if (relationship >= MAX_ID_BOUND) {
      throw limitReached("relationships");
    }
    ChangeCodec.writeRelationship(changes.bytes(), relationship, type, start, end);
    changes.note();
    openRelationships();
    state.types.set(relationship, type + 1);
    state.starts.set(relationship, start);
    state.ends.set(relationship, end);
    state.outgoing.insert(start, type, end, relationship);
    state.incoming.insert(end, type, start, relationship);
    state.typeCounts[type]++;
    state.relationshipIdBound = relationship + 1;
    state.relationshipCount++;
    constraints.created(relationship, type);
    if (touched != null) {
      touched.relationship(type);
    }
    return relationship;
  }

  /** Deletes a relationship with its properties; false when it does not exist. */
  public final boolean deleteRelationship(int relationship) {
    checkOpen();
    if (!hasRelationship(relationship)) {
      return false;
    }
    ChangeCodec.writeId(changes.bytes(), ChangeCodec.DELETE_RELATIONSHIP, relationship);
    changes.note();
    int type = relationshipType(relationship);
    int start = startNode(relationship);
    int end = endNode(relationship);
    indexes.deleted(relationship, type);
    removeAll(state.relationshipColumns, relationship);
    openRelationships();
    state.outgoing.remove(start, type, end, relationship);
    state.incoming.remove(end, type, start, relationship);
    state.types.set(relationship, -(type + 1));
    state.starts.clear(relationship);
    state.ends.clear(relationship);
    state.typeCounts[type]--;
    state.relationshipCount--;
    deleted.add(relationship);
    if (touched != null) {
      touched.relationship(type);
    }
    return true;
  }

  // ---- Properties -------------------------------------------------------------------------------

  /**
   * Sets a property of a node, or removes it when the value is null.
   *
   * @return whether the node's properties are other than before
   * @throws WeftException {@link ErrorCode#INVALID_PROPERTY_TYPE} when the value is not storable,
   *     {@link ErrorCode#DELETED_ENTITY_ACCESS} when the node does not exist
   */
  public final boolean setNodeProperty(int node, int key, @Nullable Object value) {
    checkOpen();
    checkNode(node);
    checkName(key, state.nodeColumns.length, "property key");
    Object stored = value == null ? null : StorableValues.checked(value);
    Object old = state.nodeColumns[key].get(node);
    if (old == null ? stored == null : old.equals(stored)) {
      return false;
    }
    ChangeCodec.writeProperty(changes.bytes(), ChangeCodec.SET_NODE_PROPERTY, node, key, stored);
    changes.note();
    indexes.nodeProperty(node, key, false);
    setColumn(state.nodeColumns, node, key, stored);
    indexes.nodeProperty(node, key, true);
    constraints.nodeChanged(node, key);
    if (touched != null) {
      touched.nodeProperty(node, labelSet(node), key);
    }
    return true;
  }

  /** Sets a property of a relationship, as {@link #setNodeProperty} does of a node. */
  public final boolean setRelationshipProperty(int relationship, int key, @Nullable Object value) {
    checkOpen();
    checkRelationship(relationship);
    checkName(key, state.relationshipColumns.length, "property key");
    Object stored = value == null ? null : StorableValues.checked(value);
    Object old = state.relationshipColumns[key].get(relationship);
    if (old == null ? stored == null : old.equals(stored)) {
      return false;
    }
    ChangeCodec.writeProperty(
        changes.bytes(), ChangeCodec.SET_RELATIONSHIP_PROPERTY, relationship, key, stored);
    changes.note();
    indexes.relationshipProperty(relationship, key, false);
    setColumn(state.relationshipColumns, relationship, key, stored);
    indexes.relationshipProperty(relationship, key, true);
    constraints.relationshipChanged(relationship, key);
    if (touched != null) {
      touched.relationshipProperty(relationship, relationshipType(relationship), key);
    }
    return true;
  }

  private void setColumn(PropertyColumn[] columns, int id, int key, @Nullable Object value) {
    PropertyColumn column = column(columns, key);
    if (value == null) {
      column.remove(id);
    } else {
      column.set(id, value);
    }
  }
}
