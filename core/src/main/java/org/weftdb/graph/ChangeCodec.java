package org.weftdb.graph;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Direction;
import org.weftdb.value.ValueCodec;

/**
 * The primitive changes of a transaction as bytes, one after the other; the log keeps them.
 *
 * <pre>
 * change = operation: byte – what follows; ids and counts are varints
 *   1 new label                    name: string – its id is the number of labels before
 *   2 new relationship type        name: string – its id is the number of types before
 *   3 new property key             name: string – its id is the number of keys before
 *   4 create node                  node, count, that many labels, ascending – node: the bound
 *   5 delete node                  node
 *   6 add label                    node, label
 *   7 remove label                 node, label
 *   8 create relationship          relationship, type, start, end – relationship: the bound
 *   9 delete relationship          relationship
 *  10 set property of a node       node, key, value – null removes it
 *  11 set property of relationship relationship, key, value – null removes it
 *  12 create index                 0 on relationships or 1 on nodes: byte, label or type, key, name
 *                                  – a RANGE index; version 1 only
 *  13 drop index                   name: string
 *  14 create index                 kind: byte, on: byte as in 12, label or type plus one, count,
 *                                  that many keys, name – version 2; kind: 0 RANGE, 1 TEXT, 2 POINT,
 *                                  3 LOOKUP (0 as label or type, and no keys)
 *  15 create constraint            kind: byte, on: byte as in 12, label or type, count, that many
 *                                  keys, type: string, name – version 2; kind: 0 UNIQUE, 1 NOT NULL,
 *                                  2 KEY, 3 TYPE; type: empty but for 3
 *  16 drop constraint              name: string – version 2
 * string, value: as {@link ValueCodec} writes them
 * </pre>
 *
 * <p>Operations are never renumbered. Changes are applied to a graph equal to the one they were
 * made on; each is checked before it is applied, and one that could not have been made there is
 * {@link ErrorCode#CORRUPTED}.
 */
final class ChangeCodec {
  static final int NEW_LABEL = 1;
  static final int NEW_TYPE = 2;
  static final int NEW_KEY = 3;
  static final int CREATE_NODE = 4;
  static final int DELETE_NODE = 5;
  static final int ADD_LABEL = 6;
  static final int REMOVE_LABEL = 7;
  static final int CREATE_RELATIONSHIP = 8;
  static final int DELETE_RELATIONSHIP = 9;
  static final int SET_NODE_PROPERTY = 10;
  static final int SET_RELATIONSHIP_PROPERTY = 11;
  static final int CREATE_INDEX = 12;
  static final int DROP_INDEX = 13;
  static final int CREATE_INDEX_2 = 14;
  static final int CREATE_CONSTRAINT = 15;
  static final int DROP_CONSTRAINT = 16;

  private ChangeCodec() {}

  static void writeName(ByteWriter changes, int operation, String name) {
    changes.writeByte(operation);
    changes.writeString(name);
  }

  static void writeId(ByteWriter changes, int operation, int id) {
    changes.writeByte(operation);
    changes.writeVarint(id);
  }

  static void writePair(ByteWriter changes, int operation, int node, int label) {
    changes.writeByte(operation);
    changes.writeVarint(node);
    changes.writeVarint(label);
  }

  static void writeNode(ByteWriter changes, int node, int[] labels) {
    changes.writeByte(CREATE_NODE);
    changes.writeVarint(node);
    changes.writeVarint(labels.length);
    for (int label : labels) {
      changes.writeVarint(label);
    }
  }

  static void writeRelationship(
      ByteWriter changes, int relationship, int type, int start, int end) {
    changes.writeByte(CREATE_RELATIONSHIP);
    changes.writeVarint(relationship);
    changes.writeVarint(type);
    changes.writeVarint(start);
    changes.writeVarint(end);
  }

  static void writeProperty(
      ByteWriter changes, int operation, int id, int key, @Nullable Object value) {
    int start = changes.position();
    changes.writeByte(operation);
    changes.writeVarint(id);
    changes.writeVarint(key);
    boolean whole = false;
    try {
      ValueCodec.encode(value, changes);
      whole = true;
    } finally {
      if (!whole) {
        // The value did not fit: half a change must not stay.
        changes.truncate(start);
      }
    }
  }

  static void writeIndex(ByteWriter changes, IndexDefinition definition) {
    changes.writeByte(CREATE_INDEX_2);
    SchemaCodec.writeIndex(changes, definition);
  }

  static void writeConstraint(ByteWriter changes, ConstraintDefinition definition) {
    changes.writeByte(CREATE_CONSTRAINT);
    SchemaCodec.writeConstraint(changes, definition);
  }

  /** Reads one change and makes it in a transaction. */
  static void applyNext(ByteReader source, GraphTransaction target) {
    int operation = source.readUnsignedByte();
    boolean changed =
        switch (operation) {
          case NEW_LABEL, NEW_TYPE, NEW_KEY -> applyName(operation, source, target);
          case CREATE_NODE -> applyNode(source, target);
          case DELETE_NODE -> applyDeleteNode(source, target);
          case ADD_LABEL, REMOVE_LABEL -> applyLabel(operation, source, target);
          case CREATE_RELATIONSHIP -> applyRelationship(source, target);
          case DELETE_RELATIONSHIP -> target.deleteRelationship(source.readVarintInt());
          case SET_NODE_PROPERTY, SET_RELATIONSHIP_PROPERTY ->
              applyProperty(operation, source, target);
          case CREATE_INDEX ->
              applyIndex(source, target, SchemaCodec.readFirstIndex(source, target.catalog()));
          case CREATE_INDEX_2 ->
              applyIndex(source, target, SchemaCodec.readIndex(source, target.catalog()));
          case DROP_INDEX -> applyDropIndex(source, target);
          case CREATE_CONSTRAINT -> applyConstraint(source, target);
          case DROP_CONSTRAINT -> applyDropConstraint(source, target);
          default -> throw source.corrupted("unknown change " + operation);
        };
    if (!changed) {
      throw source.corrupted("change " + operation + " changes nothing: it ends");
    }
  }

  private static boolean applyName(int operation, ByteReader source, GraphTransaction target) {
    String name = source.readString();
    Catalog catalog = target.catalog();
    int next;
    int id;
    switch (operation) {
      case NEW_LABEL -> {
        next = catalog.labelCount();
        id = target.labelIdOrCreate(name);
      }
      case NEW_TYPE -> {
        next = catalog.typeCount();
        id = target.typeIdOrCreate(name);
      }
      default -> {
        next = catalog.keyCount();
        id = target.keyIdOrCreate(name);
      }
    }
    return id == next;
  }

  private static int readName(ByteReader source, int count, String what) {
    int id = source.readVarintInt();
    if (id >= count) {
      throw source.corrupted("no " + what + " has the id " + id + ": it ends");
    }
    return id;
  }

  private static boolean applyNode(ByteReader source, GraphTransaction target) {
    int node = source.readVarintInt();
    if (node != target.nodeIdBound()) {
      throw source.corrupted("node " + node + " is not the next one: its id ends");
    }
    int[] labels = new int[source.readCount(1)];
    int count = target.catalog().labelCount();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = readName(source, count, "label");
      if (i > 0 && labels[i] <= labels[i - 1]) {
        throw source.corrupted("labels that do not ascend");
      }
    }
    target.createNode(labels);
    return true;
  }

  private static boolean applyDeleteNode(ByteReader source, GraphTransaction target) {
    int node = source.readVarintInt();
    if (target.degree(node, Direction.BOTH, -1) > 0) {
      throw source.corrupted("node " + node + " is deleted with relationships: its id ends");
    }
    return target.deleteNode(node);
  }

  private static int readNode(ByteReader source, GraphTransaction target) {
    int node = source.readVarintInt();
    if (!target.hasNode(node)) {
      throw source.corrupted("node " + node + " does not exist: its id ends");
    }
    return node;
  }

  private static boolean applyLabel(int operation, ByteReader source, GraphTransaction target) {
    int node = readNode(source, target);
    int label = readName(source, target.catalog().labelCount(), "label");
    return operation == ADD_LABEL ? target.addLabel(node, label) : target.removeLabel(node, label);
  }

  private static boolean applyRelationship(ByteReader source, GraphTransaction target) {
    int relationship = source.readVarintInt();
    if (relationship != target.relationshipIdBound()) {
      throw source.corrupted("relationship " + relationship + " is not the next one: its id ends");
    }
    int type = readName(source, target.catalog().typeCount(), "relationship type");
    int start = readNode(source, target);
    int end = readNode(source, target);
    target.createRelationship(type, start, end);
    return true;
  }

  private static boolean applyProperty(int operation, ByteReader source, GraphTransaction target) {
    boolean ofNode = operation == SET_NODE_PROPERTY;
    int id = source.readVarintInt();
    if (!(ofNode ? target.hasNode(id) : target.hasRelationship(id))) {
      throw source.corrupted("a property of what does not exist: the id ends");
    }
    int key = readName(source, target.catalog().keyCount(), "property key");
    Object value = ValueCodec.decode(source);
    if (value != null && !StorableValues.isStorable(value)) {
      throw source.corrupted("a value that no property can have ends");
    }
    return ofNode
        ? target.setNodeProperty(id, key, value)
        : target.setRelationshipProperty(id, key, value);
  }

  private static boolean applyIndex(
      ByteReader source, GraphTransaction target, IndexDefinition definition) {
    try {
      target.createIndex(definition.name(), definition);
      return true;
    } catch (WeftException failure) {
      throw source.corrupted("an index that cannot be created ends");
    }
  }

  private static boolean applyDropIndex(ByteReader source, GraphTransaction target) {
    try {
      target.dropIndex(source.readString());
      return true;
    } catch (WeftException failure) {
      throw source.corrupted("an index is dropped that is not there: its name ends");
    }
  }

  private static boolean applyConstraint(ByteReader source, GraphTransaction target) {
    ConstraintDefinition definition = SchemaCodec.readConstraint(source, target.catalog());
    try {
      target.addConstraint(definition.name(), definition);
      return true;
    } catch (WeftException failure) {
      throw source.corrupted("a constraint that cannot be created ends");
    }
  }

  private static boolean applyDropConstraint(ByteReader source, GraphTransaction target) {
    try {
      target.dropConstraint(source.readString());
      return true;
    } catch (WeftException failure) {
      throw source.corrupted("a constraint is dropped that is not there: its name ends");
    }
  }
}
