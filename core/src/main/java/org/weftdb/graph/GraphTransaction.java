package org.weftdb.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Direction;

/**
 * The next version of a graph in the making. Reads see its own writes; nobody else sees anything
 * before {@link #commit}. To roll back, drop it.
 *
 * <p>For one thread. A scan or cursor that was begun before a write may or may not show it. Ids of
 * labels, types and keys that the catalog does not have are {@link IllegalArgumentException}: they
 * cannot come from a query.
 */
public final class GraphTransaction extends GraphView {
  /** All ids are below it. It leaves the last pages free, so that no id computation overflows. */
  static final int MAX_ID_BOUND = Integer.MAX_VALUE - 4095;

  /** Pages hold 4 or 8 bytes for each. */
  private static final long BYTES_PER_ENTRY = 8;

  private final ByteWriter changes = new ByteWriter();

  /** Whether the changes are kept; otherwise each is forgotten at once. */
  private final boolean recording;

  private boolean changed;

  /** The bytes of changes that were not kept. */
  private long forgottenBytes;

  /** How many parts were committed so far. */
  private int part;

  private Editor editor = new Editor();
  private boolean ended;

  /** The relationships deleted so far, whose types are kept until the end. */
  private int[] deleted = new int[16];

  private int deletedCount;

  private final IndexKeeper indexes = new IndexKeeper(this);
  private final Constraints constraints = new Constraints(this);
  private final SchemaEditor schema = new SchemaEditor(this);

  GraphTransaction(GraphSnapshot base, boolean recording) {
    super(base.state.copy());
    this.recording = recording;
  }

  /** Counts what is read from now on, or with null nothing any more. */
  public void count(@Nullable PageCounter counter) {
    setCounter(counter);
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

  private void openRelationships() {
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
  ValueIndex editableIndex(int place) {
    ValueIndex index = state.indexes[place];
    if (!index.isEditable()) {
      index = index.edit(editor);
      state.indexes[place] = index;
    }
    return index;
  }

  /** To be called behind each change that was written. */
  private void noteChange() {
    changed = true;
    if (!recording) {
      forgottenBytes += changes.position();
      changes.truncate(0);
    }
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
  }

  private static void checkName(int id, int count, String what) {
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
  public int labelIdOrCreate(String name) {
    int id = state.catalog.labelId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes, ChangeCodec.NEW_LABEL, name);
      noteChange();
      id = state.catalog.addLabel(name);
      state.growTables();
    }
    return id;
  }

  /** The id of a relationship type, which is created when there is none of the name. */
  public int typeIdOrCreate(String name) {
    int id = state.catalog.typeId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes, ChangeCodec.NEW_TYPE, name);
      noteChange();
      id = state.catalog.addType(name);
      state.growTables();
    }
    return id;
  }

  /** The id of a property key, which is created when there is none of the name. */
  public int keyIdOrCreate(String name) {
    int id = state.catalog.keyId(name);
    if (id < 0) {
      checkOpen();
      ChangeCodec.writeName(changes, ChangeCodec.NEW_KEY, name);
      noteChange();
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
  public int createNode(int[] labels) {
    checkOpen();
    int node = state.nodeIdBound;
    if (node >= MAX_ID_BOUND) {
      throw limitReached("nodes");
    }
    for (int label : labels) {
      checkName(label, state.members.length, "label");
    }
    int set = internedSet(LabelSets.normalized(labels), labels);
    ChangeCodec.writeNode(changes, node, state.labelSets.labels(set));
    noteChange();
    nodeLabelSets().set(node, set);
    for (int label : state.labelSets.labels(set)) {
      members(label).add(node);
    }
    state.nodeIdBound = node + 1;
    state.nodeCount++;
    constraints.labelled(node, labels);
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
  public boolean addLabel(int node, int label) {
    checkOpen();
    checkNode(node);
    checkName(label, state.members.length, "label");
    if (!members(label).add(node)) {
      return false;
    }
    ChangeCodec.writePair(changes, ChangeCodec.ADD_LABEL, node, label);
    noteChange();
    int[] before = state.labelSets.labels(labelSet(node));
    nodeLabelSets().set(node, internedSet(LabelSets.with(before, label), null));
    indexes.label(node, label, true);
    constraints.labelled(node, label);
    return true;
  }

  /** Takes a label from a node; false when it did not have it. */
  public boolean removeLabel(int node, int label) {
    checkOpen();
    checkNode(node);
    checkName(label, state.members.length, "label");
    if (!hasLabel(node, label)) {
      return false;
    }
    ChangeCodec.writePair(changes, ChangeCodec.REMOVE_LABEL, node, label);
    noteChange();
    indexes.label(node, label, false);
    members(label).remove(node);
    int[] before = state.labelSets.labels(labelSet(node));
    nodeLabelSets().set(node, internedSet(LabelSets.without(before, label), null));
    return true;
  }

  /**
   * Deletes a node with its labels and properties; false when it does not exist.
   *
   * @throws WeftException {@link ErrorCode#DELETE_CONNECTED_NODE} when it has relationships left
   */
  public boolean deleteNode(int node) {
    checkOpen();
    if (!hasNode(node)) {
      return false;
    }
    if (degree(node, Direction.BOTH, -1) > 0) {
      throw new WeftException(
          ErrorCode.DELETE_CONNECTED_NODE,
          "node " + node + " still has relationships: delete them first, or use DETACH DELETE");
    }
    ChangeCodec.writeId(changes, ChangeCodec.DELETE_NODE, node);
    noteChange();
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
  public int createRelationship(int type, int start, int end) {
    checkOpen();
    checkName(type, state.typeCounts.length, "relationship type");
    checkNode(start);
    checkNode(end);
    int relationship = state.relationshipIdBound;
    if (relationship >= MAX_ID_BOUND) {
      throw limitReached("relationships");
    }
    ChangeCodec.writeRelationship(changes, relationship, type, start, end);
    noteChange();
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
    return relationship;
  }

  /** Deletes a relationship with its properties; false when it does not exist. */
  public boolean deleteRelationship(int relationship) {
    checkOpen();
    if (!hasRelationship(relationship)) {
      return false;
    }
    ChangeCodec.writeId(changes, ChangeCodec.DELETE_RELATIONSHIP, relationship);
    noteChange();
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
    if (deletedCount == deleted.length) {
      deleted = Arrays.copyOf(deleted, deletedCount * 2);
    }
    deleted[deletedCount++] = relationship;
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
  public boolean setNodeProperty(int node, int key, @Nullable Object value) {
    checkOpen();
    checkNode(node);
    checkName(key, state.nodeColumns.length, "property key");
    Object stored = value == null ? null : StorableValues.checked(value);
    Object old = state.nodeColumns[key].get(node);
    if (old == null ? stored == null : old.equals(stored)) {
      return false;
    }
    ChangeCodec.writeProperty(changes, ChangeCodec.SET_NODE_PROPERTY, node, key, stored);
    noteChange();
    indexes.nodeProperty(node, key, false);
    setColumn(state.nodeColumns, node, key, stored);
    indexes.nodeProperty(node, key, true);
    constraints.nodeChanged(node, key);
    return true;
  }

  /** Sets a property of a relationship, as {@link #setNodeProperty} does of a node. */
  public boolean setRelationshipProperty(int relationship, int key, @Nullable Object value) {
    checkOpen();
    checkRelationship(relationship);
    checkName(key, state.relationshipColumns.length, "property key");
    Object stored = value == null ? null : StorableValues.checked(value);
    Object old = state.relationshipColumns[key].get(relationship);
    if (old == null ? stored == null : old.equals(stored)) {
      return false;
    }
    ChangeCodec.writeProperty(
        changes, ChangeCodec.SET_RELATIONSHIP_PROPERTY, relationship, key, stored);
    noteChange();
    indexes.relationshipProperty(relationship, key, false);
    setColumn(state.relationshipColumns, relationship, key, stored);
    indexes.relationshipProperty(relationship, key, true);
    constraints.relationshipChanged(relationship, key);
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

  // ---- Schema -----------------------------------------------------------------------------------

  /**
   * Creates an index and fills it.
   *
   * @param name its name, or null for one made of what it is on
   * @param unnamed what it is to be; its name does not count
   * @return it with its name
   * @throws WeftException {@link ErrorCode#INDEX_ALREADY_EXISTS} when there is one of the same name
   *     or kind on the same, {@link ErrorCode#CONSTRAINT_ALREADY_EXISTS} when a constraint has the
   *     name
   */
  public IndexDefinition createIndex(@Nullable String name, IndexDefinition unnamed) {
    checkOpen();
    if (unnamed.kind() != IndexDefinition.Kind.LOOKUP) {
      checkNames(unnamed.ofNodes(), unnamed.labelOrType(), unnamed.keys());
    }
    IndexDefinition wanted = schema.named(name, unnamed);
    schema.createIndex(wanted, editor);
    ChangeCodec.writeIndex(changes, wanted);
    noteChange();
    return wanted;
  }

  /** Creates a RANGE index on one property of nodes. */
  public IndexDefinition createNodeIndex(@Nullable String name, int label, int key) {
    return createIndex(name, new IndexDefinition("", true, label, key));
  }

  /** Creates a RANGE index on one property of relationships. */
  public IndexDefinition createRelationshipIndex(@Nullable String name, int type, int key) {
    return createIndex(name, new IndexDefinition("", false, type, key));
  }

  private void checkNames(boolean ofNodes, int labelOrType, List<Integer> keys) {
    if (ofNodes) {
      checkName(labelOrType, state.members.length, "label");
    } else {
      checkName(labelOrType, state.typeCounts.length, "relationship type");
    }
    for (int i = 0; i < keys.size(); i++) {
      checkName(keys.get(i), state.nodeColumns.length, "property key");
    }
  }

  /**
   * Drops an index.
   *
   * @throws WeftException {@link ErrorCode#INDEX_NOT_FOUND} when there is none of the name, {@link
   *     ErrorCode#INDEX_BELONGS_TO_CONSTRAINT}
   */
  public void dropIndex(String name) {
    checkOpen();
    schema.checkDroppableIndex(name);
    schema.dropIndex(name);
    ChangeCodec.writeName(changes, ChangeCodec.DROP_INDEX, name);
    noteChange();
  }

  /**
   * Creates a constraint, with an index of the same name when it is of a kind that owns one, and
   * checks what is there.
   *
   * @param name its name, or null for one made of what it is on
   * @param unnamed what it is to be; its name does not count
   * @return it with its name
   * @throws WeftException {@link ErrorCode#CONSTRAINT_ALREADY_EXISTS} or {@link
   *     ErrorCode#INDEX_ALREADY_EXISTS} when something has the name or conflicts with it, {@link
   *     ErrorCode#CONSTRAINT_VIOLATED} when the graph is not as it wants; the transaction must then
   *     go back to a savepoint from before
   */
  public ConstraintDefinition createConstraint(
      @Nullable String name, ConstraintDefinition unnamed) {
    ConstraintDefinition made = addConstraint(name, unnamed);
    ConstraintChecker.checkAll(this, made);
    return made;
  }

  /** Creates a constraint without a look at what is there. */
  ConstraintDefinition addConstraint(@Nullable String name, ConstraintDefinition unnamed) {
    checkOpen();
    checkNames(unnamed.ofNodes(), unnamed.labelOrType(), unnamed.keys());
    ConstraintDefinition wanted = schema.named(name, unnamed);
    schema.createConstraint(wanted, editor);
    ChangeCodec.writeConstraint(changes, wanted);
    noteChange();
    return wanted;
  }

  /**
   * Drops a constraint and the index that it owns.
   *
   * @throws WeftException {@link ErrorCode#CONSTRAINT_NOT_FOUND} when there is none of the name
   */
  public void dropConstraint(String name) {
    checkOpen();
    schema.checkConstraint(name);
    schema.dropConstraint(name);
    ChangeCodec.writeName(changes, ChangeCodec.DROP_CONSTRAINT, name);
    noteChange();
  }

  /**
   * Checks the constraints on everything that was changed since the last check; to be called at the
   * end of every statement and before every commit. What {@link #apply} changed is not checked.
   *
   * @throws WeftException {@link ErrorCode#CONSTRAINT_VIOLATED}; the transaction must then go back
   *     to a savepoint from before the changes
   */
  public void checkConstraints() {
    checkOpen();
    constraints.check();
  }

  // ---- The transaction itself -------------------------------------------------------------------

  /** The present state, to go back to it. Costs the same whatever the size of the graph. */
  public Savepoint savepoint() {
    checkOpen();
    GraphState present = state;
    present.freeze();
    state = present.copy();
    editor = editor.next();
    return new Savepoint(
        this, part, present, changes.position(), deletedCount, changed, constraints);
  }

  /** Goes back to a state of this transaction: everything since is undone, the changes too. */
  public void rollbackTo(Savepoint savepoint) {
    checkOpen();
    if (savepoint.transaction != this
        || savepoint.part != part
        || savepoint.changesLength > changes.position()) {
      throw new IllegalArgumentException("a savepoint that is not of this transaction's past");
    }
    state = savepoint.state.copy();
    editor = editor.next();
    changes.truncate(savepoint.changesLength);
    deletedCount = savepoint.deletedCount;
    changed = savepoint.changed;
    constraints.truncate(savepoint.touchedNodes, savepoint.touchedRelationships);
  }

  /**
   * About how many bytes of memory the changes so far have taken; what was undone or committed in
   * parts counts as well.
   */
  public long changedBytes() {
    return forgottenBytes + changes.position() + BYTES_PER_ENTRY * editor.copiedEntries();
  }

  /** Whether nothing was changed since the beginning. */
  public boolean isUnchanged() {
    return !changed;
  }

  /**
   * The primitive changes since the beginning, in their order, in the format of {@link
   * ChangeCodec}; the writer's array is valid until the next change. Empty when the transaction was
   * begun unrecorded.
   */
  public ByteWriter changes() {
    return changes;
  }

  /**
   * Replays changes of another transaction that began from an equal graph.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} or {@link ErrorCode#TRUNCATED} when they
   *     cannot be the changes of such a transaction; the transaction is then fit for nothing but to
   *     be given up
   */
  public void apply(ByteReader source) {
    checkOpen();
    while (source.hasRemaining()) {
      ChangeCodec.applyNext(source, this);
      constraints.truncate(0, 0);
    }
  }

  /** Freezes the present state into a snapshot and ends the transaction. */
  public GraphSnapshot commit() {
    GraphSnapshot snapshot = frozen();
    ended = true;
    return snapshot;
  }

  /**
   * Freezes the present state into a snapshot, on top of which the transaction goes on as one that
   * has changed nothing. Savepoints from before are of no more use.
   */
  public GraphSnapshot commitPart() {
    GraphSnapshot snapshot = frozen();
    state = snapshot.state.copy();
    editor = editor.next();
    changes.truncate(0);
    deletedCount = 0;
    changed = false;
    part++;
    return snapshot;
  }

  private GraphSnapshot frozen() {
    checkOpen();
    if (deletedCount > 0) {
      openRelationships();
      for (int i = 0; i < deletedCount; i++) {
        state.types.clear(deleted[i]);
      }
    }
    state.freeze();
    return new GraphSnapshot(state);
  }

  /** What had to be copied so far because it was shared; for measuring the cost of writes. */
  Editor copies() {
    return editor;
  }
}
