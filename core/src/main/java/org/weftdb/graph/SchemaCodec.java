package org.weftdb.graph;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;

/**
 * Definitions of indexes and constraints as bytes, the same in the log and in snapshots; {@link
 * ChangeCodec} has the layout. What is read is checked to be possible with the names that there
 * are: otherwise it is {@link ErrorCode#CORRUPTED}.
 */
final class SchemaCodec {
  /** By their numbers, which never change. */
  private static final IndexDefinition.Kind[] INDEX_KINDS = {
    IndexDefinition.Kind.RANGE,
    IndexDefinition.Kind.TEXT,
    IndexDefinition.Kind.POINT,
    IndexDefinition.Kind.LOOKUP
  };

  /** By their numbers, which never change. */
  private static final ConstraintDefinition.Kind[] CONSTRAINT_KINDS = {
    ConstraintDefinition.Kind.UNIQUE,
    ConstraintDefinition.Kind.NOT_NULL,
    ConstraintDefinition.Kind.KEY,
    ConstraintDefinition.Kind.TYPE
  };

  private SchemaCodec() {}

  static void writeIndex(ByteWriter target, IndexDefinition definition) {
    int number = 0;
    while (INDEX_KINDS[number] != definition.kind()) {
      number++;
    }
    target.writeByte(number);
    target.writeByte(definition.ofNodes() ? 1 : 0);
    target.writeVarint(definition.labelOrType() + 1);
    writeKeys(target, definition.keys());
    target.writeString(definition.name());
  }

  static void writeConstraint(ByteWriter target, ConstraintDefinition definition) {
    int number = 0;
    while (CONSTRAINT_KINDS[number] != definition.kind()) {
      number++;
    }
    target.writeByte(number);
    target.writeByte(definition.ofNodes() ? 1 : 0);
    target.writeVarint(definition.labelOrType());
    writeKeys(target, definition.keys());
    target.writeString(definition.type());
    target.writeString(definition.name());
  }

  private static void writeKeys(ByteWriter target, List<Integer> keys) {
    target.writeVarint(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      target.writeVarint(keys.get(i));
    }
  }

  /** Reads an index of version 1. */
  static IndexDefinition readFirstIndex(ByteReader source, Catalog catalog) {
    boolean ofNodes = readOf(source);
    int labelOrType = readLabelOrType(source, catalog, ofNodes, source.readVarintInt());
    int key = readKey(source, catalog);
    return new IndexDefinition(source.readString(), ofNodes, labelOrType, key);
  }

  static IndexDefinition readIndex(ByteReader source, Catalog catalog) {
    int number = source.readUnsignedByte();
    if (number >= INDEX_KINDS.length) {
      throw source.corrupted("no index is of the kind " + number + ": it ends");
    }
    IndexDefinition.Kind kind = INDEX_KINDS[number];
    boolean ofNodes = readOf(source);
    int labelOrType = source.readVarintInt() - 1;
    if (kind != IndexDefinition.Kind.LOOKUP) {
      readLabelOrType(source, catalog, ofNodes, labelOrType);
    }
    List<Integer> keys = readKeys(source, catalog);
    String name = source.readString();
    try {
      return new IndexDefinition(name, kind, ofNodes, labelOrType, keys);
    } catch (IllegalArgumentException impossible) {
      throw source.corrupted("an index that cannot be ends");
    }
  }

  static ConstraintDefinition readConstraint(ByteReader source, Catalog catalog) {
    int number = source.readUnsignedByte();
    if (number >= CONSTRAINT_KINDS.length) {
      throw source.corrupted("no constraint is of the kind " + number + ": it ends");
    }
    boolean ofNodes = readOf(source);
    int labelOrType = readLabelOrType(source, catalog, ofNodes, source.readVarintInt());
    List<Integer> keys = readKeys(source, catalog);
    String type = source.readString();
    String name = source.readString();
    try {
      return new ConstraintDefinition(
          name, CONSTRAINT_KINDS[number], ofNodes, labelOrType, keys, type);
    } catch (IllegalArgumentException impossible) {
      throw source.corrupted("a constraint that cannot be ends");
    }
  }

  private static boolean readOf(ByteReader source) {
    int of = source.readUnsignedByte();
    if (of > 1) {
      throw source.corrupted("neither nodes nor relationships: it ends");
    }
    return of == 1;
  }

  private static int readLabelOrType(
      ByteReader source, Catalog catalog, boolean ofNodes, int labelOrType) {
    int count = ofNodes ? catalog.labelCount() : catalog.typeCount();
    if (labelOrType < 0 || labelOrType >= count) {
      throw source.corrupted("no label or type has the id " + labelOrType + ": it ends");
    }
    return labelOrType;
  }

  private static int readKey(ByteReader source, Catalog catalog) {
    int key = source.readVarintInt();
    if (key >= catalog.keyCount()) {
      throw source.corrupted("no property key has the id " + key + ": it ends");
    }
    return key;
  }

  private static List<Integer> readKeys(ByteReader source, Catalog catalog) {
    int count = source.readCount(1);
    List<Integer> keys = new ArrayList<>(Math.min(count, IndexDefinition.MAX_KEYS));
    for (int i = 0; i < count; i++) {
      int key = readKey(source, catalog);
      if (keys.contains(key)) {
        throw source.corrupted("a property key that is there twice ends");
      }
      keys.add(key);
    }
    return keys;
  }
}
