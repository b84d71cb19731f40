package org.weftdb.value;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.WeftException;

/** {@link VectorValue}s in the format of {@link ValueCodec}, behind the tag. */
final class VectorCodec {
  private VectorCodec() {}

  static void encode(VectorValue vector, ByteWriter writer) {
    writer.writeByte(vector.coordinateType().code());
    writer.writeVarint(vector.dimension());
    writer.ensureRoom(vector.sizeBytes());
    vector.array().writeTo(writer);
  }

  static VectorValue decode(ByteReader reader) {
    int code = reader.readUnsignedByte();
    CoordinateType type = CoordinateType.ofCode(code);
    if (type == null) {
      throw reader.corrupted("an unknown type " + code + " of coordinates");
    }
    long dimension = reader.readVarint();
    if (dimension < 1 || dimension > VectorValue.MAX_DIMENSION) {
      throw reader.corrupted("a vector of the dimension " + dimension);
    }
    VectorBuilder builder = new VectorBuilder(type, dimension);
    try {
      for (int i = 0; i < dimension; i++) {
        switch (type) {
          case INTEGER8 -> builder.add((long) reader.readByte());
          case INTEGER16 -> builder.add((long) reader.readShort());
          case INTEGER32 -> builder.add((long) reader.readInt());
          case INTEGER64 -> builder.add(reader.readLong());
          case FLOAT32 -> builder.add((double) Float.intBitsToFloat(reader.readInt()));
          case FLOAT64 -> builder.add(reader.readDouble());
        }
      }
    } catch (WeftException e) {
      if (e.code().category() == ErrorCategory.CORRUPTION) {
        throw e;
      }
      throw reader.corrupted("a vector that is none: " + e.getMessage());
    }
    return builder.build();
  }
}
