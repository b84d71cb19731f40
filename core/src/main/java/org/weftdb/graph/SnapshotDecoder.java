package org.weftdb.graph;

import java.util.Arrays;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.Varint;
import org.weftdb.snapshot.SectionReader;
import org.weftdb.snapshot.SnapshotFormatVersion;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.value.ValueCodec;

/** Reads the sections that {@link GraphSnapshotCodec} describes, filling pages directly. */
final class SnapshotDecoder {
  private static final int WORDS = PropertyPage.SIZE / 64;

  private final SnapshotReader source;
  private final Editor editor = new Editor();
  private final GraphState state = new GraphState();
  private final long[] present = new long[WORDS];
  private final int[] slots = new int[PropertyPage.SIZE];
  private final int[] places = new int[PropertyPage.SIZE];
  private String[] texts = {};

  SnapshotDecoder(SnapshotReader source) {
    this.source = source;
  }

  GraphState decode() {
    decodeNames(source.section(GraphSnapshotCodec.NAMES));
    SectionReader strings = source.section(GraphSnapshotCodec.STRINGS);
    texts = strings.readStringColumn();
    strings.expectEnd();
    decodeNodes(source.section(GraphSnapshotCodec.NODES));
    decodeRelationships(source.section(GraphSnapshotCodec.RELATIONSHIPS));
    decodeColumns(
        source.section(GraphSnapshotCodec.NODE_PROPERTIES), state.nodeColumns, state.nodeLabelSets);
    decodeColumns(
        source.section(GraphSnapshotCodec.RELATIONSHIP_PROPERTIES),
        state.relationshipColumns,
        state.types);
    SchemaDecoder schema = new SchemaDecoder(state, editor);
    boolean first = source.manifest().formatVersion() == SnapshotFormatVersion.V1.number();
    schema.decodeIndexes(source.section(GraphSnapshotCodec.INDEXES), first);
    if (!first) {
      schema.decodeConstraints(source.section(GraphSnapshotCodec.CONSTRAINTS));
    }
    state.freeze();
    schema.check(source.name());
    return state;
  }

  // ---- Names ------------------------------------------------------------------------------------

  private void decodeNames(SectionReader section) {
    ByteReader bytes = section.bytes();
    Catalog catalog = state.catalog;
    for (String name : section.readStringColumn()) {
      checkNew(catalog.labelId(name), name, bytes);
      catalog.addLabel(name);
    }
    for (String name : section.readStringColumn()) {
      checkNew(catalog.typeId(name), name, bytes);
      catalog.addType(name);
    }
    for (String name : section.readStringColumn()) {
      checkNew(catalog.keyId(name), name, bytes);
      catalog.addKey(name);
    }
    int count = bytes.readCount(1);
    for (int i = 0; i < count; i++) {
      int[] labels = new int[bytes.readCount(1)];
      for (int at = 0; at < labels.length; at++) {
        labels[at] = bytes.readVarintInt();
        if (labels[at] >= catalog.labelCount() || at > 0 && labels[at] <= labels[at - 1]) {
          throw bytes.corrupted("a label set that cannot be");
        }
      }
      if (state.labelSets.find(labels) != 0) {
        throw bytes.corrupted("a label set that is there twice");
      }
      state.labelSets.add(labels);
    }
    section.expectEnd();
    state.growTables();
  }

  private static void checkNew(int id, String name, ByteReader bytes) {
    if (id >= 0) {
      throw bytes.corrupted("the name '" + name + "' is there twice");
    }
  }

  // ---- Nodes and relationships ------------------------------------------------------------------

  private static int readBound(ByteReader bytes) {
    int bound = bytes.readVarintInt();
    if (bound > GraphTransaction.MAX_ID_BOUND) {
      throw bytes.corrupted("more ids than there can be");
    }
    return bound;
  }

  private void decodeNodes(SectionReader section) {
    ByteReader bytes = section.bytes();
    int bound = readBound(bytes);
    int width = PackedInts.readWidth(bytes, 4);
    PackedInts.checkedBytes(bytes, bound, width);
    state.nodeIdBound = bound;
    state.nodeLabelSets = state.nodeLabelSets.edit(editor);
    for (int i = 0; i < state.members.length; i++) {
      state.members[i] = state.members[i].edit(editor);
    }
    int[] sets = new int[IntPages.PAGE_SIZE];
    for (int first = 0; width > 0 && first < bound; first += IntPages.PAGE_SIZE) {
      int count = Math.min(IntPages.PAGE_SIZE, bound - first);
      PackedInts.read(bytes, sets, 0, count, width);
      addNodes(first, sets, count, bytes);
    }
    section.expectEnd();
  }

  private void addNodes(int first, int[] sets, int count, ByteReader bytes) {
    int nodes = 0;
    for (int i = 0; i < count; i++) {
      int set = sets[i];
      if (set == 0) {
        continue;
      }
      if (set < 0 || set >= state.labelSets.bound()) {
        throw bytes.corrupted("no label set has the number " + set + ": before");
      }
      nodes++;
      for (int label : state.labelSets.labels(set)) {
        state.members[label].add(first + i);
      }
    }
    if (nodes > 0) {
      int[] page = state.nodeLabelSets.writable(first >>> IntPages.PAGE_BITS);
      System.arraycopy(sets, 0, page, 0, count);
      state.nodeCount += nodes;
    }
  }

  private void decodeRelationships(SectionReader section) {
    ByteReader bytes = section.bytes();
    int bound = readBound(bytes);
    state.relationshipIdBound = bound;
    int width = PackedInts.readWidth(bytes, 4);
    if (width == 0) {
      // There are none: what would be their ends takes no bytes either.
      if (PackedInts.readWidth(bytes, 0) + PackedInts.readWidth(bytes, 0) == 0) {
        section.expectEnd();
      }
      return;
    }
    PackedInts.checkedBytes(bytes, bound, width);
    int[] types = new int[bound];
    int[] starts = new int[bound];
    int[] ends = new int[bound];
    PackedInts.read(bytes, types, 0, bound, width);
    PackedInts.read(bytes, starts, 0, bound, PackedInts.readWidth(bytes, 4));
    PackedInts.read(bytes, ends, 0, bound, PackedInts.readWidth(bytes, 4));
    section.expectEnd();
    checkRelationships(types, starts, ends, bytes);
    state.types = pages(types);
    state.starts = pages(starts);
    state.ends = pages(ends);
    if (state.relationshipCount > 0) {
      // There are nodes then, so that the bytes bear their number out.
      state.outgoing = AdjacencyBuilder.build(types, starts, ends, state.nodeIdBound, editor);
      state.incoming = AdjacencyBuilder.build(types, ends, starts, state.nodeIdBound, editor);
    }
  }

  private void checkRelationships(int[] types, int[] starts, int[] ends, ByteReader bytes) {
    int typeCount = state.catalog.typeCount();
    IntPages nodes = state.nodeLabelSets;
    long count = 0;
    for (int i = 0; i < types.length; i++) {
      int type = types[i];
      boolean possible =
          type == 0
              ? starts[i] == 0 && ends[i] == 0
              : type > 0
                  && type <= typeCount
                  && nodes.get(starts[i]) != 0
                  && nodes.get(ends[i]) != 0;
      if (!possible) {
        throw bytes.corrupted("relationship " + i + " cannot be: the section ends");
      }
      if (type != 0) {
        state.typeCounts[type - 1]++;
        count++;
      }
    }
    state.relationshipCount = count;
  }

  private IntPages pages(int[] values) {
    IntPages pages = new IntPages().edit(editor);
    for (int first = 0; first < values.length; first += IntPages.PAGE_SIZE) {
      int count = Math.min(IntPages.PAGE_SIZE, values.length - first);
      int any = 0;
      for (int i = first; i < first + count; i++) {
        any |= values[i];
      }
      if (any != 0) {
        System.arraycopy(values, first, pages.writable(first >>> IntPages.PAGE_BITS), 0, count);
      }
    }
    return pages;
  }

  // ---- Properties -------------------------------------------------------------------------------

  /** Reads the columns of entities that exist where the pages are not 0. */
  private void decodeColumns(SectionReader section, PropertyColumn[] columns, IntPages owners) {
    ByteReader bytes = section.bytes();
    for (int key = 0; key < columns.length; key++) {
      int count = bytes.readCount(4);
      if (count > 0) {
        PropertyColumn column = columns[key].edit(editor);
        columns[key] = column;
        int last = -1;
        for (int i = 0; i < count; i++) {
          int number = bytes.readVarintInt();
          if (number <= last || number > GraphTransaction.MAX_ID_BOUND >>> PropertyPage.BITS) {
            throw bytes.corrupted("page " + number + " cannot be: its number ends");
          }
          column.putPage(number, decodePage(bytes, owners.page(number)));
          last = number;
        }
      }
    }
    section.expectEnd();
  }

  private PropertyPage decodePage(ByteReader bytes, int[] owners) {
    int kind = bytes.readUnsignedByte();
    int count = bytes.readVarintInt();
    int sparse = bytes.readUnsignedByte();
    if (kind > PropertyPage.OTHER || count < 1 || count > PropertyPage.SIZE || sparse > 1) {
      throw bytes.corrupted("a page of values that cannot be begins before");
    }
    if (sparse == 0) {
      Arrays.fill(present, 0);
      for (int slot = 0; slot < count; slot++) {
        present[slot >> 6] |= 1L << slot;
      }
    } else {
      bytes.readLongs(present, 0, WORDS);
    }
    int found = 0;
    for (int slot = 0; slot < PropertyPage.SIZE; slot++) {
      if ((present[slot >> 6] >>> slot & 1) != 0) {
        if (owners[slot] == 0) {
          throw bytes.corrupted("a value of what does not exist: its page begins before");
        }
        slots[found++] = slot;
      }
    }
    if (found != count) {
      throw bytes.corrupted(
          found + " values instead of " + count + " in a page that begins before");
    }
    PropertyPage page = new PropertyPage(editor, kind, slots[count - 1] + 1);
    switch (kind) {
      case PropertyPage.INTEGER -> decodeIntegers(bytes, page, count);
      case PropertyPage.FLOAT -> {
        for (int i = 0; i < count; i++) {
          page.fillDouble(slots[i], bytes.readDouble());
        }
      }
      case PropertyPage.BOOLEAN -> decodeBooleans(bytes, page, count);
      case PropertyPage.STRING -> decodeTexts(bytes, page, count);
      default -> decodeOthers(bytes, page, count);
    }
    return page;
  }

  private void decodeIntegers(ByteReader bytes, PropertyPage page, int count) {
    int width = PackedInts.readWidth(bytes, 8);
    if (width <= 4) {
      PackedInts.read(bytes, places, 0, count, width);
      for (int i = 0; i < count; i++) {
        page.fillLong(slots[i], Varint.unzigzag(places[i] & 0xFFFFFFFFL));
      }
    } else {
      for (int i = 0; i < count; i++) {
        page.fillLong(slots[i], Varint.unzigzag(PackedInts.readLong(bytes, width)));
      }
    }
  }

  private void decodeBooleans(ByteReader bytes, PropertyPage page, int count) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      if ((i & 7) == 0) {
        bits = bytes.readUnsignedByte();
      }
      page.fillLong(slots[i], bits >> (i & 7) & 1);
    }
  }

  private void decodeTexts(ByteReader bytes, PropertyPage page, int count) {
    PackedInts.read(bytes, places, 0, count, PackedInts.readWidth(bytes, 4));
    for (int i = 0; i < count; i++) {
      int place = places[i];
      if (place < 0 || place >= texts.length) {
        throw bytes.corrupted("there is no text " + place + ": before");
      }
      page.fillObject(slots[i], texts[place]);
    }
  }

  private void decodeOthers(ByteReader bytes, PropertyPage page, int count) {
    for (int i = 0; i < count; i++) {
      Object value = ValueCodec.decode(bytes);
      if (value == null || !StorableValues.isStorable(value)) {
        throw bytes.corrupted("a value that no property can have ends");
      }
      page.fillObject(slots[i], value);
    }
  }
}
