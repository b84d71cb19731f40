package org.weftdb.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Varint;
import org.weftdb.snapshot.SectionWriter;
import org.weftdb.snapshot.SnapshotWriter;
import org.weftdb.value.ValueCodec;

/** Writes the sections that {@link GraphSnapshotCodec} describes. */
final class SnapshotEncoder {
  private static final int WORDS = PropertyPage.SIZE / 64;

  private final GraphState state;
  private final SnapshotWriter target;

  /** The texts that are properties, and for each use in the order of writing its place there. */
  private final NameTable texts = new NameTable();

  private int[] uses = new int[1024];
  private int useCount;
  private int nextUse;

  SnapshotEncoder(GraphState state, SnapshotWriter target) {
    this.state = state;
    this.target = target;
  }

  void encode() {
    encodeNames(target.beginSection(GraphSnapshotCodec.NAMES));
    collectTexts(state.nodeColumns);
    collectTexts(state.relationshipColumns);
    target.beginSection(GraphSnapshotCodec.STRINGS).writeStringColumn(names(texts));
    ByteWriter bytes = target.beginSection(GraphSnapshotCodec.NODES).bytes();
    bytes.writeVarint(state.nodeIdBound);
    encodePages(state.nodeLabelSets, state.nodeIdBound, bytes);
    bytes = target.beginSection(GraphSnapshotCodec.RELATIONSHIPS).bytes();
    bytes.writeVarint(state.relationshipIdBound);
    encodePages(state.types, state.relationshipIdBound, bytes);
    encodePages(state.starts, state.relationshipIdBound, bytes);
    encodePages(state.ends, state.relationshipIdBound, bytes);
    encodeColumns(
        state.nodeColumns, target.beginSection(GraphSnapshotCodec.NODE_PROPERTIES).bytes());
    encodeColumns(
        state.relationshipColumns,
        target.beginSection(GraphSnapshotCodec.RELATIONSHIP_PROPERTIES).bytes());
    encodeIndexes(target.beginSection(GraphSnapshotCodec.INDEXES).bytes());
    encodeConstraints(target.beginSection(GraphSnapshotCodec.CONSTRAINTS).bytes());
  }

  private void encodeNames(SectionWriter section) {
    Catalog catalog = state.catalog;
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < catalog.labelCount(); i++) {
      labels.add(catalog.labelName(i));
    }
    List<String> types = new ArrayList<>();
    for (int i = 0; i < catalog.typeCount(); i++) {
      types.add(catalog.typeName(i));
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < catalog.keyCount(); i++) {
      keys.add(catalog.keyName(i));
    }
    section.writeStringColumn(labels);
    section.writeStringColumn(types);
    section.writeStringColumn(keys);
    ByteWriter bytes = section.bytes();
    int first = LabelSets.EMPTY_SET + 1;
    bytes.writeVarint(state.labelSets.bound() - first);
    for (int set = first; set < state.labelSets.bound(); set++) {
      int[] members = state.labelSets.labels(set);
      bytes.writeVarint(members.length);
      for (int label : members) {
        bytes.writeVarint(label);
      }
    }
  }

  private static List<String> names(NameTable table) {
    List<String> names = new ArrayList<>(table.count());
    for (int i = 0; i < table.count(); i++) {
      names.add(table.name(i));
    }
    return names;
  }

  private static void encodePages(IntPages pages, int bound, ByteWriter bytes) {
    int most = 0;
    int count = (bound + IntPages.PAGE_MASK) >>> IntPages.PAGE_BITS;
    for (int number = 0; number < count; number++) {
      int[] page = pages.page(number);
      if (!IntPages.isEmpty(page)) {
        for (int value : page) {
          most |= value;
        }
      }
    }
    int width = PackedInts.widthOf(most);
    bytes.writeByte(width);
    for (int number = 0; number < count; number++) {
      int length = Math.min(IntPages.PAGE_SIZE, bound - (number << IntPages.PAGE_BITS));
      PackedInts.write(pages.page(number), 0, length, width, bytes);
    }
  }

  // ---- Properties -------------------------------------------------------------------------------

  /** The kind that the values of a page have, which may be narrower than that of the page. */
  private static int kindOf(PropertyPage page) {
    if (page.kind != PropertyPage.OTHER) {
      return page.kind;
    }
    int common = -1;
    for (Object value : page.objects) {
      if (value != null) {
        int kind = PropertyPage.kindOf(value);
        if (common >= 0 && common != kind) {
          return PropertyPage.OTHER;
        }
        common = kind;
      }
    }
    return common;
  }

  private void collectTexts(PropertyColumn[] columns) {
    for (PropertyColumn column : columns) {
      for (int number = 0; number < column.pageBound(); number++) {
        PropertyPage page = column.page(number);
        if (page != null && kindOf(page) == PropertyPage.STRING) {
          for (Object value : page.objects) {
            if (value instanceof String text) {
              use(text);
            }
          }
        }
      }
    }
  }

  private void use(String text) {
    int place = texts.find(text);
    if (useCount == uses.length) {
      uses = Arrays.copyOf(uses, useCount * 2);
    }
    uses[useCount++] = place >= 0 ? place : texts.add(text);
  }

  private void encodeColumns(PropertyColumn[] columns, ByteWriter bytes) {
    for (PropertyColumn column : columns) {
      int count = 0;
      for (int number = 0; number < column.pageBound(); number++) {
        count += column.page(number) == null ? 0 : 1;
      }
      bytes.writeVarint(count);
      for (int number = 0; number < column.pageBound(); number++) {
        PropertyPage page = column.page(number);
        if (page != null) {
          bytes.writeVarint(number);
          encodePage(page, bytes);
        }
      }
    }
  }

  private void encodePage(PropertyPage page, ByteWriter bytes) {
    int kind = kindOf(page);
    bytes.writeByte(kind);
    bytes.writeVarint(page.count);
    long[] present = new long[WORDS];
    for (int slot = 0; slot < PropertyPage.SIZE; slot++) {
      if (page.has(slot)) {
        present[slot >> 6] |= 1L << slot;
      }
    }
    int end = PropertyPage.SIZE;
    while (!page.has(end - 1)) {
      end--;
    }
    bytes.writeByte(end == page.count ? 0 : 1);
    if (end != page.count) {
      bytes.writeLongs(present, 0, WORDS);
    }
    switch (kind) {
      case PropertyPage.INTEGER -> encodeIntegers(page, end, bytes);
      case PropertyPage.FLOAT -> encodeFloats(page, end, bytes);
      case PropertyPage.BOOLEAN -> encodeBooleans(page, end, bytes);
      case PropertyPage.STRING -> encodeTexts(page.count, bytes);
      default -> {
        for (Object value : page.objects) {
          if (value != null) {
            ValueCodec.encode(value, bytes);
          }
        }
      }
    }
  }

  private static void encodeIntegers(PropertyPage page, int end, ByteWriter bytes) {
    long most = 0;
    for (int slot = 0; slot < end; slot++) {
      if (page.get(slot) instanceof Long value) {
        most |= Varint.zigzag(value);
      }
    }
    int width = PackedInts.widthOf(most);
    bytes.writeByte(width);
    for (int slot = 0; slot < end; slot++) {
      if (page.get(slot) instanceof Long value) {
        PackedInts.write(Varint.zigzag(value), width, bytes);
      }
    }
  }

  private static void encodeFloats(PropertyPage page, int end, ByteWriter bytes) {
    for (int slot = 0; slot < end; slot++) {
      if (page.get(slot) instanceof Double value) {
        bytes.writeDouble(value);
      }
    }
  }

  private static void encodeBooleans(PropertyPage page, int end, ByteWriter bytes) {
    int bits = 0;
    int count = 0;
    for (int slot = 0; slot < end; slot++) {
      if (page.get(slot) instanceof Boolean value) {
        bits |= (value ? 1 : 0) << (count & 7);
        count++;
        if ((count & 7) == 0) {
          bytes.writeByte(bits);
          bits = 0;
        }
      }
    }
    if ((count & 7) != 0) {
      bytes.writeByte(bits);
    }
  }

  private void encodeTexts(int count, ByteWriter bytes) {
    int most = 0;
    for (int i = nextUse; i < nextUse + count; i++) {
      most |= uses[i];
    }
    int width = PackedInts.widthOf(most);
    bytes.writeByte(width);
    PackedInts.write(uses, nextUse, count, width, bytes);
    nextUse += count;
  }

  // ---- Indexes ----------------------------------------------------------------------------------

  private void encodeIndexes(ByteWriter bytes) {
    bytes.writeVarint(state.indexes.length);
    for (ValueIndex index : state.indexes) {
      SchemaCodec.writeIndex(bytes, index.definition());
      if (index.definition().kind() == IndexDefinition.Kind.RANGE) {
        encodeEntries(index, bytes);
      }
    }
  }

  private static void encodeEntries(ValueIndex index, ByteWriter bytes) {
    int[] ids = IndexTree.ids(index.all(), (int) index.size());
    int most = 0;
    for (int id : ids) {
      most |= id;
    }
    int width = PackedInts.widthOf(most);
    bytes.writeVarint(ids.length);
    bytes.writeByte(width);
    PackedInts.write(ids, 0, ids.length, width, bytes);
  }

  private void encodeConstraints(ByteWriter bytes) {
    bytes.writeVarint(state.constraints.length);
    for (ConstraintDefinition constraint : state.constraints) {
      SchemaCodec.writeConstraint(bytes, constraint);
    }
  }
}
