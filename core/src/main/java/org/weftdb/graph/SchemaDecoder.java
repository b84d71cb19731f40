package org.weftdb.graph;

import java.util.Arrays;
import java.util.List;
import org.weftdb.bytes.ByteReader;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.snapshot.SectionReader;

/** Reads the indexes and constraints of a snapshot whose nodes and relationships were read. */
final class SchemaDecoder {
  private final GraphState state;
  private final Editor editor;

  SchemaDecoder(GraphState state, Editor editor) {
    this.state = state;
    this.editor = editor;
  }

  // ---- Indexes ----------------------------------------------------------------------------------

  /**
   * @param first whether they are of version 1
   */
  void decodeIndexes(SectionReader section, boolean first) {
    ByteReader bytes = section.bytes();
    int count = bytes.readCount(first ? 6 : 5);
    for (int i = 0; i < count; i++) {
      IndexDefinition definition =
          first
              ? SchemaCodec.readFirstIndex(bytes, state.catalog)
              : SchemaCodec.readIndex(bytes, state.catalog);
      decodeIndex(definition, bytes);
    }
    section.expectEnd();
  }

  private void decodeIndex(IndexDefinition definition, ByteReader bytes) {
    for (ValueIndex other : state.indexes) {
      IndexDefinition before = other.definition();
      if (before.name().equals(definition.name()) || before.isLike(definition)) {
        throw bytes.corrupted("an index that cannot be begins before");
      }
    }
    ValueIndex index =
        definition.kind() == IndexDefinition.Kind.RANGE
            ? withEntries(definition, bytes)
            : IndexKeeper.built(new GraphSnapshot(state), definition, editor);
    int count = state.indexes.length;
    state.indexes = Arrays.copyOf(state.indexes, count + 1);
    state.indexes[count] = index;
  }

  private ValueIndex withEntries(IndexDefinition definition, ByteReader bytes) {
    int entries = bytes.readVarintInt();
    int width = PackedInts.readWidth(bytes, 4);
    // With no bytes each there can only be the entity 0.
    if (width == 0 && entries > 1) {
      throw bytes.corrupted("an index with an entity twice begins before");
    }
    PackedInts.checkedBytes(bytes, entries, width);
    int[] ids = new int[entries];
    PackedInts.read(bytes, ids, 0, entries, width);
    IndexBuilder builder = entriesOf(definition, ids, bytes);
    return new ValueIndex(definition, new IndexTree(builder.build(editor), editor));
  }

  private IndexBuilder entriesOf(IndexDefinition definition, int[] ids, ByteReader bytes) {
    PropertyColumn[] columns = definition.ofNodes() ? state.nodeColumns : state.relationshipColumns;
    IndexBuilder builder = new IndexBuilder(ids.length);
    for (int id : ids) {
      List<Object> entry =
          isMember(definition, id) ? IndexEntries.of(definition, columns, id) : List.of();
      if (entry.isEmpty()) {
        throw bytes.corrupted("index '" + definition.name() + "' has a wrong entry: it ends");
      }
      builder.add(entry.get(0), id);
    }
    if (!builder.isSorted() || expectedEntries(definition, columns) != ids.length) {
      throw bytes.corrupted("index '" + definition.name() + "' is not what it is on: it ends");
    }
    return builder;
  }

  private boolean isMember(IndexDefinition definition, int id) {
    return definition.ofNodes()
        ? state.members[definition.labelOrType()].contains(id)
        : state.types.get(id) == definition.labelOrType() + 1;
  }

  private int expectedEntries(IndexDefinition definition, PropertyColumn[] columns) {
    PropertyColumn column = columns[definition.keys().get(0)];
    int count = 0;
    for (int number = 0; number < column.pageBound(); number++) {
      PropertyPage page = column.page(number);
      if (page != null) {
        for (int slot = 0; slot < PropertyPage.SIZE; slot++) {
          int id = number << PropertyPage.BITS | slot;
          if (page.has(slot) && isMember(definition, id) && hasOthers(definition, columns, id)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  private static boolean hasOthers(IndexDefinition definition, PropertyColumn[] columns, int id) {
    for (int i = 1; i < definition.keys().size(); i++) {
      if (!columns[definition.keys().get(i)].has(id)) {
        return false;
      }
    }
    return true;
  }

  // ---- Constraints ------------------------------------------------------------------------------

  void decodeConstraints(SectionReader section) {
    ByteReader bytes = section.bytes();
    int count = bytes.readCount(6);
    for (int i = 0; i < count; i++) {
      ConstraintDefinition definition = SchemaCodec.readConstraint(bytes, state.catalog);
      boolean possible = true;
      for (ConstraintDefinition before : state.constraints) {
        possible &= !before.name().equals(definition.name()) && !before.isLike(definition);
      }
      ValueIndex owned = null;
      for (ValueIndex index : state.indexes) {
        if (index.definition().name().equals(definition.name())) {
          owned = index;
        }
      }
      possible &=
          definition.kind().ownsIndex()
              ? owned != null && owned.definition().isLike(definition.ownedIndex())
              : owned == null;
      if (!possible) {
        throw bytes.corrupted("a constraint that cannot be ends");
      }
      state.constraints = Arrays.copyOf(state.constraints, i + 1);
      state.constraints[i] = definition;
    }
    section.expectEnd();
  }

  /** Checks that the graph is as its constraints want. */
  void check(String name) {
    GraphSnapshot snapshot = new GraphSnapshot(state);
    for (ConstraintDefinition constraint : state.constraints) {
      try {
        ConstraintChecker.checkAll(snapshot, constraint);
      } catch (WeftException violated) {
        throw new WeftException(
            ErrorCode.CORRUPTED, name + ": " + violated.getMessage(), null, violated);
      }
    }
  }
}
