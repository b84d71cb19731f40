package org.weftdb.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The next version of a graph in the making. Reads see its own writes; nobody else sees anything
 * before {@link #commit}. To roll back, drop it.
 *
 * <p>For one thread. A scan or cursor that was begun before a write may or may not show it. Ids of
 * labels, types and keys that the catalog does not have are {@link IllegalArgumentException}: they
 * cannot come from a query.
 */
public final class GraphTransaction extends GraphEditor {
  /** Pages hold 4 or 8 bytes for each. */
  private static final long BYTES_PER_ENTRY = 8;

  private final SchemaEditor schema = new SchemaEditor(this);

  /** How many parts were committed so far. */
  private int part;

  GraphTransaction(GraphSnapshot base, boolean recording) {
    super(base.state.copy(), recording);
  }

  /** Counts what is read from now on, or with null nothing any more. */
  public void count(@Nullable PageCounter counter) {
    setCounter(counter);
  }

  /** Collects what is touched, for {@link #touched}; to be called before the first change. */
  public void collectTouched() {
    touched = new TouchedParts(state);
  }

  /**
   * What was touched since the beginning or the last part that was committed, and maybe more: what
   * was undone counts as well. To be asked before the commit; everything when it was not collected.
   */
  public Touched touched() {
    return touched == null ? Touched.EVERYTHING : touched.in(state);
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
    ChangeCodec.writeIndex(changes.bytes(), wanted);
    noteSchema();
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
    ChangeCodec.writeName(changes.bytes(), ChangeCodec.DROP_INDEX, name);
    noteSchema();
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
    ChangeCodec.writeConstraint(changes.bytes(), wanted);
    noteSchema();
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
    ChangeCodec.writeName(changes.bytes(), ChangeCodec.DROP_CONSTRAINT, name);
    noteSchema();
  }

  private void noteSchema() {
    changes.note();
    if (touched != null) {
      touched.schema();
    }
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
    return new Savepoint(this, part, present, changes.mark(), deleted.count(), constraints);
  }

  /** Goes back to a state of this transaction: everything since is undone, the changes too. */
  public void rollbackTo(Savepoint savepoint) {
    checkOpen();
    if (savepoint.transaction != this
        || savepoint.part != part
        || savepoint.changes.length() > changes.bytes().position()) {
      throw new IllegalArgumentException("a savepoint that is not of this transaction's past");
    }
    state = savepoint.state.copy();
    editor = editor.next();
    changes.backTo(savepoint.changes);
    deleted.truncate(savepoint.deletedCount);
    constraints.truncate(savepoint.touchedNodes, savepoint.touchedRelationships);
  }

  /**
   * About how many bytes of memory the changes so far have taken; what was undone or committed in
   * parts counts as well.
   */
  public long changedBytes() {
    return changes.writtenBytes() + BYTES_PER_ENTRY * editor.copiedEntries();
  }

  /** Whether nothing was changed since the beginning. */
  public boolean isUnchanged() {
    return changes.isEmpty();
  }

  /**
   * The primitive changes since the beginning, in their order, in the format of {@link
   * ChangeCodec}; the writer's array is valid until the next change. Empty when the transaction was
   * begun unrecorded.
   */
  public ByteWriter changes() {
    return changes.bytes();
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
    end();
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
    changes.clear();
    deleted.truncate(0);
    if (touched != null) {
      collectTouched();
    }
    part++;
    return snapshot;
  }

  private GraphSnapshot frozen() {
    checkOpen();
    if (deleted.count() > 0) {
      openRelationships();
      for (int i = 0; i < deleted.count(); i++) {
        state.types.clear(deleted.id(i));
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
