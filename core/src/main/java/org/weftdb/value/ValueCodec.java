package org.weftdb.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.temporal.DurationValue;
import org.weftdb.value.temporal.TemporalValue;

/**
 * Values as bytes: in the log, in snapshots and across the WebAssembly boundary.
 *
 * <pre>
 * value        = tag: byte – what follows
 *   0 null         nothing
 *   1 false        nothing
 *   2 true         nothing
 *   3 integer      signed varint
 *   4 float        8 bytes, IEEE 754; every NaN is 0x7FF8000000000000
 *   5 string       varint length in bytes, UTF-8
 *   6 list         varint count, that many values
 *   7 map          varint count, that many (string, value), keys in their order, none twice
 *   8 node         varint id, varint count of labels, strings, then properties as in a map
 *   9 relationship varint id, string type, varint start id, varint end id, properties as in a map
 *  10 path         varint count of relationships n, n + 1 nodes, n relationships (without tags)
 *  11 date         signed varint days since 1970-01-01
 *  12 local time   varint nanoseconds since midnight
 *  13 time         varint nanoseconds since midnight, signed varint offset in seconds
 *  14 local date-time  signed varint days since 1970-01-01, varint nanoseconds since midnight
 *  15 date-time    signed varint seconds since 1970-01-01T00:00Z, varint nanoseconds, signed varint
 *                  offset in seconds, string zone, empty when there is only the offset
 *  16 duration     signed varints months, days, seconds; varint nanoseconds
 *  17 temporal as text  tag of its type (11 to 16): byte, string in canonical form; never in files,
 *                  only across the WebAssembly boundary
 *  18 point        varint number of the coordinate system (SRID), two or three times 8 bytes
 *                  (IEEE 754), as many as the system has dimensions; from version 2 of the log and
 *                  of snapshots
 *  19 vector       type of the coordinates: byte (1 to 4 integers of 8, 16, 32 and 64 bits, 5 and
 *                  6 floats of 32 and 64 bits), varint dimension, 1 to 4096, the coordinates, each
 *                  in 1 to 8 bytes (floats IEEE 754, finite); from version 2
 *  20 byte string  varint length, the bytes; from version 2
 * </pre>
 *
 * <p>Tags are never reused. References by id ({@link NodeReference} and the others) are not
 * written: they mean nothing outside the engine. Nesting deeper than {@link #MAX_NESTING} is {@link
 * ErrorCode#VALUE_TOO_LARGE} when written and {@link ErrorCode#CORRUPTED} when read.
 */
public final class ValueCodec {
  /** The depth of lists and maps in each other that every walk into a value accepts. */
  public static final int MAX_NESTING = 256;

  public static final int NULL = 0;
  public static final int FALSE = 1;
  public static final int TRUE = 2;
  public static final int INTEGER = 3;
  public static final int FLOAT = 4;
  public static final int STRING = 5;
  public static final int LIST = 6;
  public static final int MAP = 7;
  public static final int NODE = 8;
  public static final int RELATIONSHIP = 9;
  public static final int PATH = 10;
  public static final int DATE = 11;
  public static final int LOCAL_TIME = 12;
  public static final int TIME = 13;
  public static final int LOCAL_DATE_TIME = 14;
  public static final int DATE_TIME = 15;
  public static final int DURATION = 16;
  public static final int TEMPORAL_TEXT = 17;
  public static final int POINT = 18;
  public static final int VECTOR = 19;
  public static final int BYTES = 20;

  private ValueCodec() {}

  /** Writes a value. */
  public static void encode(@Nullable Object value, ByteWriter writer) {
    encode(value, writer, 0, false);
  }

  /** Writes a value with its temporal values as text, for readers that know no calendar. */
  public static void encodeWithText(@Nullable Object value, ByteWriter writer) {
    encode(value, writer, 0, true);
  }

  private static void encode(@Nullable Object value, ByteWriter writer, int depth, boolean text) {
    if (value == null) {
      writer.writeByte(NULL);
    } else if (value instanceof Long number) {
      writer.writeByte(INTEGER);
      writer.writeSignedVarint(number);
    } else if (value instanceof String string) {
      writer.writeByte(STRING);
      writer.writeString(string);
    } else if (value instanceof Double number) {
      writer.writeByte(FLOAT);
      writer.writeDouble(number);
    } else if (value instanceof Boolean truth) {
      writer.writeByte(truth ? TRUE : FALSE);
    } else if (value instanceof List<?> list) {
      writer.writeByte(LIST);
      encodeList(list, writer, depth + 1, text);
    } else if (value instanceof Map<?, ?> map) {
      writer.writeByte(MAP);
      encodeMap(map, writer, depth + 1, text);
    } else if (value instanceof Node node) {
      writer.writeByte(NODE);
      encodeNode(node, writer, depth + 1, text);
    } else if (value instanceof Relationship relationship) {
      writer.writeByte(RELATIONSHIP);
      encodeRelationship(relationship, writer, depth + 1, text);
    } else if (value instanceof Path path) {
      writer.writeByte(PATH);
      encodePath(path, writer, depth + 1, text);
    } else if (value instanceof Point point) {
      writer.writeByte(POINT);
      encodePoint(point, writer);
    } else if (value instanceof VectorValue vector) {
      writer.writeByte(VECTOR);
      VectorCodec.encode(vector, writer);
    } else if (value instanceof ByteString string) {
      writer.writeByte(BYTES);
      writer.writeVarint(string.size());
      writer.writeBytes(string.array());
    } else if (value instanceof TemporalValue || value instanceof DurationValue) {
      if (text) {
        TemporalCodec.encodeText(value, writer);
      } else {
        TemporalCodec.encode(value, writer);
      }
    } else {
      throw new IllegalArgumentException("not a value that can be written: " + value);
    }
  }

  private static void encodePoint(Point point, ByteWriter writer) {
    writer.writeVarint(point.system().srid());
    writer.writeDouble(point.x());
    writer.writeDouble(point.y());
    if (point.system().dimensions() == 3) {
      writer.writeDouble(point.z());
    }
  }

  private static Point decodePoint(ByteReader reader) {
    long srid = reader.readVarint();
    CoordinateSystem system = CoordinateSystem.ofSrid(srid);
    if (system == null) {
      throw reader.corrupted("an unknown coordinate system " + srid);
    }
    double x = reader.readDouble();
    double y = reader.readDouble();
    double z = system.dimensions() == 3 ? reader.readDouble() : 0;
    try {
      return new Point(system, x, y, z);
    } catch (WeftException e) {
      throw reader.corrupted("a point that is none: " + e.getMessage());
    }
  }

  private static void encodeList(List<?> list, ByteWriter writer, int depth, boolean text) {
    checkWritable(depth);
    int size = list.size();
    writer.writeVarint(size);
    for (int i = 0; i < size; i++) {
      encode(list.get(i), writer, depth, text);
    }
  }

  private static void encodeMap(Map<?, ?> map, ByteWriter writer, int depth, boolean text) {
    checkWritable(depth);
    writer.writeVarint(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      writer.writeString((String) entry.getKey());
      encode(entry.getValue(), writer, depth, text);
    }
  }

  private static void encodeProperties(
      Map<String, Object> properties, ByteWriter writer, int depth, boolean text) {
    checkWritable(depth);
    PropertyMap map = PropertyMap.copyOf(properties);
    writer.writeVarint(map.size());
    for (int i = 0; i < map.size(); i++) {
      map.writeKey(i, writer);
      encode(map.value(i), writer, depth, text);
    }
  }

  private static void encodeNode(Node node, ByteWriter writer, int depth, boolean text) {
    writer.writeVarint(node.id());
    writer.writeVarint(node.labels().size());
    for (String label : node.labels()) {
      writer.writeString(label);
    }
    encodeProperties(node.properties(), writer, depth, text);
  }

  private static void encodeRelationship(
      Relationship value, ByteWriter writer, int depth, boolean text) {
    writer.writeVarint(value.id());
    writer.writeString(value.type());
    writer.writeVarint(value.startId());
    writer.writeVarint(value.endId());
    encodeProperties(value.properties(), writer, depth, text);
  }

  private static void encodePath(Path path, ByteWriter writer, int depth, boolean text) {
    writer.writeVarint(path.length());
    for (Node node : path.nodes()) {
      encodeNode(node, writer, depth, text);
    }
    for (Relationship relationship : path.relationships()) {
      encodeRelationship(relationship, writer, depth, text);
    }
  }

  private static void checkWritable(int depth) {
    if (depth > MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a value is nested deeper than " + MAX_NESTING);
    }
  }

  /**
   * Reads a value. Lists and maps are unmodifiable.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} or {@link ErrorCode#TRUNCATED} when the bytes
   *     are no value
   */
  public static @Nullable Object decode(ByteReader reader) {
    return decode(reader, 0, false);
  }

  /** Reads a value that may hold temporal values as text. */
  public static @Nullable Object decodeWithText(ByteReader reader) {
    return decode(reader, 0, true);
  }

  private static @Nullable Object decode(ByteReader reader, int depth, boolean text) {
    int tag = reader.readUnsignedByte();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> Boolean.FALSE;
      case TRUE -> Boolean.TRUE;
      case INTEGER -> (Object) reader.readSignedVarint();
      case FLOAT -> reader.readDouble();
      case STRING -> reader.readString();
      case LIST -> decodeList(reader, depth + 1, text);
      case MAP -> decodeMap(reader, depth + 1, text);
      case NODE -> decodeNode(reader, depth + 1, text);
      case RELATIONSHIP -> decodeRelationship(reader, depth + 1, text);
      case PATH -> decodePath(reader, depth + 1, text);
      case POINT -> decodePoint(reader);
      case VECTOR -> VectorCodec.decode(reader);
      case BYTES -> ByteString.owning(reader.readBytes(reader.readCount(1)));
      case DATE, LOCAL_TIME, TIME, LOCAL_DATE_TIME, DATE_TIME, DURATION ->
          TemporalCodec.decode(tag, reader);
      default -> {
        if (tag == TEMPORAL_TEXT && text) {
          yield TemporalCodec.decodeText(reader);
        }
        throw reader.corrupted("unknown value tag " + tag);
      }
    };
  }

  /** Room for as many as a count says at first; a damaged one may stand at every level. */
  private static int capacity(int count) {
    return Math.min(count, 1024);
  }

  private static List<@Nullable Object> decodeList(ByteReader reader, int depth, boolean text) {
    checkReadable(reader, depth);
    int count = reader.readCount(1);
    List<@Nullable Object> list = new ArrayList<>(capacity(count));
    for (int i = 0; i < count; i++) {
      list.add(decode(reader, depth, text));
    }
    return Collections.unmodifiableList(list);
  }

  private static Map<String, Object> decodeMap(ByteReader reader, int depth, boolean text) {
    checkReadable(reader, depth);
    int count = reader.readCount(2);
    // A damaged count may not make a large table; small ones are what requests have by the
    // thousand.
    Map<String, Object> map = new LinkedHashMap<>(count < 8 ? count + (count >> 1) + 1 : 16);
    for (int i = 0; i < count; i++) {
      String key = reader.readString();
      map.put(key, decode(reader, depth, text));
      if (map.size() == i) {
        throw reader.corrupted("a map has a key twice");
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static Node decodeNode(ByteReader reader, int depth, boolean text) {
    long id = reader.readVarint();
    int count = reader.readCount(1);
    List<String> labels = new ArrayList<>(capacity(count));
    for (int i = 0; i < count; i++) {
      labels.add(reader.readString());
    }
    return new Node(id, labels, decodeMap(reader, depth, text));
  }

  private static Relationship decodeRelationship(ByteReader reader, int depth, boolean text) {
    long id = reader.readVarint();
    String type = reader.readString();
    long startId = reader.readVarint();
    long endId = reader.readVarint();
    return new Relationship(id, type, startId, endId, decodeMap(reader, depth, text));
  }

  private static Path decodePath(ByteReader reader, int depth, boolean text) {
    int length = reader.readCount(8);
    List<Node> nodes = new ArrayList<>(capacity(length + 1));
    for (int i = 0; i <= length; i++) {
      nodes.add(decodeNode(reader, depth, text));
    }
    List<Relationship> relationships = new ArrayList<>(capacity(length));
    for (int i = 0; i < length; i++) {
      relationships.add(decodeRelationship(reader, depth, text));
    }
    return new Path(nodes, relationships);
  }

  private static void checkReadable(ByteReader reader, int depth) {
    if (depth > MAX_NESTING) {
      throw reader.corrupted("a value nested deeper than " + MAX_NESTING);
    }
  }
}
