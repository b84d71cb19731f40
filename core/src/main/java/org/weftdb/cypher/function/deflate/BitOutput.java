package org.weftdb.cypher.function.deflate;

import java.util.Arrays;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;

/** Bytes that grow at their end, bit by bit, the lowest bit of each first. */
final class BitOutput {
  private final Room room;
  private byte[] bytes = new byte[0];
  private int size;
  private long buffer;
  private int buffered;

  BitOutput(Room room) {
    this.room = room;
  }

  private void grow(int more) {
    long needed = size + (long) more;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > ByteString.MAX_SIZE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "bytes.compress() would make more than " + ByteString.MAX_SIZE + " bytes");
    }
    int capacity = (int) Math.min(Math.max(needed, 256 + 2L * bytes.length), ByteString.MAX_SIZE);
    room.take(capacity);
    bytes = Arrays.copyOf(bytes, capacity);
  }

  /** Writes the lowest bits of a number, up to 16; the others are zero. */
  void put(int bits, int count) {
    buffer |= (long) bits << buffered;
    buffered += count;
    if (buffered >= 32) {
      grow(4);
      for (int i = 0; i < 4; i++) {
        bytes[size++] = (byte) buffer;
        buffer >>>= 8;
      }
      buffered -= 32;
    }
  }

  /** Fills up the last byte with zeros. */
  void align() {
    grow(8);
    while (buffered > 0) {
      bytes[size++] = (byte) buffer;
      buffer >>>= 8;
      buffered -= 8;
    }
    buffer = 0;
    buffered = 0;
  }

  /** Writes whole bytes; what was put before is aligned first. */
  void writeBytes(byte[] source, int offset, int length) {
    align();
    grow(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Four bytes, the lowest first. */
  void writeInt(int value) {
    put(value & 0xFFFF, 16);
    put(value >>> 16, 16);
  }

  /** A copy of what was written. */
  byte[] toByteArray() {
    align();
    return Arrays.copyOf(bytes, size);
  }
}
