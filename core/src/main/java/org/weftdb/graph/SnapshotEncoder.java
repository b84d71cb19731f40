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
  private static final int ENTRIES_AT_ONCE = 1024;

  private final GraphState state;
  private final SnapshotWriter target;

  private final TextDictionary texts;

  /** The uses of texts that have been written. */
  private int usesWritten;

  private final long[] present = new long[WORDS];

  SnapshotEncoder(GraphState state, SnapshotWriter target) {
    this.state = state;
    this.target = target;
    this.texts = new TextDictionary(state.nodeColumns, state.relationshipColumns);
  }

  void encode() {
    encodeNames(target.beginSection(GraphSnapshotCodec.NAMES));
    texts.writeTexts(target.beginSection(GraphSnapshotCodec.STRINGS));
    SectionWriter section = target.beginSection(GraphSnapshotCodec.NODES);
    section.bytes().writeVarint(state.nodeIdBound);
    encodePages(state.nodeLabelSets, state.nodeIdBound, section);
    section = target.beginSection(GraphSnapshotCodec.RELATIONSHIPS);
    section.bytes().writeVarint(state.relationshipIdBound);
    encodePages(state.types, state.relationshipIdBound, section);
    encodePages(state.starts, state.relationshipIdBound, section);
    encodePages(state.ends, state.relationshipIdBound, section);
    encodeColumns(state.nodeColumns, target.beginSection(GraphSnapshotCodec.NODE_PROPERTIES));
    encodeColumns(
        state.relationshipColumns, target.beginSection(GraphSnapshotCodec.RELATIONSHIP_PROPERTIES));
    encodeIndexes(target.beginSection(GraphSnapshotCodec.INDEXES));
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
      section.passOnIfLong();
    }
  }

  private static void encodePages(IntPages pages, int bound, SectionWriter section) {
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
    ByteWriter bytes = section.bytes();
    bytes.writeByte(width);
    for (int number = 0; number < count; number++) {
      int length = Math.min(IntPages.PAGE_SIZE, bound - (number << IntPages.PAGE_BITS));
      PackedInts.write(pages.page(number), 0, length, width, bytes);
      section.passOnIfLong();
    }
  }

  // ---- Properties -------------------------------------------------------------------------------

  private void encodeColumns(PropertyColumn[] columns, SectionWriter section) {
    ByteWriter bytes = section.bytes();
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
          encodePage(page, section);
          section.passOnIfLong();
        }
      }
    }
  }

  private void encodePage(PropertyPage page, SectionWriter section) {
    ByteWriter bytes = section.bytes();
    int kind = page.commonKind();
    bytes.writeByte(kind);
    bytes.writeVarint(page.count);
    Arrays.fill(present, 0);
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
            section.passOnIfLong();
          }
        }
      }
    }
  }

  private static void encodeIntegers(PropertyPage page, int end, ByteWriter bytes) {
    long most = 0;
    for (int slot = 0; slot < end; slot++) {
      if (page.has(slot)) {
        most |= Varint.zigzag(page.integerAt(slot));
      }
    }
    int width = PackedInts.widthOf(most);
    bytes.writeByte(width);
    for (int slot = 0; slot < end; slot++) {
      if (page.has(slot)) {
        bytes.writeLowBytes(Varint.zigzag(page.integerAt(slot)), width);
      }
    }
  }

  private static void encodeFloats(PropertyPage page, int end, ByteWriter bytes) {
    for (int slot = 0; slot < end; slot++) {
      if (page.has(slot)) {
        bytes.writeDouble(page.floatAt(slot));
      }
    }
  }

  private static void encodeBooleans(PropertyPage page, int end, ByteWriter bytes) {
    int bits = 0;
    int count = 0;
    for (int slot = 0; slot < end; slot++) {
      if (page.has(slot)) {
        bits |= (int) page.integerAt(slot) << (count & 7);
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
    for (int i = usesWritten; i < usesWritten + count; i++) {
      most |= texts.use(i);
    }
    int width = PackedInts.widthOf(most);
    bytes.writeByte(width);
    for (int i = usesWritten; i < usesWritten + count; i++) {
      bytes.writeLowBytes(texts.use(i), width);
    }
    usesWritten += count;
  }

  // ---- Indexes ----------------------------------------------------------------------------------

  private void encodeIndexes(SectionWriter section) {
    section.bytes().writeVarint(state.indexes.length);
    for (ValueIndex index : state.indexes) {
      SchemaCodec.writeIndex(section.bytes(), index.definition());
      if (index.definition().kind() == IndexDefinition.Kind.RANGE) {
        encodeEntries(index, section);
      }
    }
  }

  private static void encodeEntries(ValueIndex index, SectionWriter section) {
    long[] batch = new long[ENTRIES_AT_ONCE];
    long most = 0;
    IndexCursor entries = index.all();
    for (int n = entries.fill(batch, 0, batch.length); n > 0; ) {
      for (int i = 0; i < n; i++) {
        most |= batch[i];
      }
      n = entries.fill(batch, 0, batch.length);
    }
    int width = PackedInts.widthOf(most);
    ByteWriter bytes = section.bytes();
    bytes.writeVarint(index.size());
    bytes.writeByte(width);
    entries = index.all();
    for (int n = entries.fill(batch, 0, batch.length); n > 0; ) {
      for (int i = 0; i < n; i++) {
        bytes.writeLowBytes(batch[i], width);
      }
      section.passOnIfLong();
      n = entries.fill(batch, 0, batch.length);
    }
  }

  private void encodeConstraints(ByteWriter bytes) {
    bytes.writeVarint(state.constraints.length);
    for (ConstraintDefinition constraint : state.constraints) {
      SchemaCodec.writeConstraint(bytes, constraint);
    }
  }
}
