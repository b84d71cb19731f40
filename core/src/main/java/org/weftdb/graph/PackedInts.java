package org.weftdb.graph;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;

/** Numbers in as few whole bytes each as the largest of them needs, lowest byte first. */
final class PackedInts {
  private PackedInts() {}

  /** The bytes that a number needs, 0 for 0; a negative one needs all 8. */
  static int widthOf(long value) {
    return (64 - Long.numberOfLeadingZeros(value) + 7) >>> 3;
  }

  /** Writes numbers that are at least 0. */
  static void write(int[] values, int from, int count, int width, ByteWriter target) {
    if (width == 4) {
      target.writeInts(values, from, count);
    } else {
      for (int i = from; i < from + count; i++) {
        target.writeLowBytes(values[i], width);
      }
    }
  }

  /** Reads a width from 0 to a maximum. */
  static int readWidth(ByteReader source, int max) {
    int width = source.readUnsignedByte();
    if (width > max) {
      throw source.corrupted("numbers of " + width + " bytes end");
    }
    return width;
  }

  /** Reads numbers of at most 4 bytes; the caller checks their range, below 0 too. */
  static void read(ByteReader source, int[] target, int from, int count, int width) {
    int position = source.position();
    source.skip(checkedBytes(source, count, width));
    byte[] bytes = source.array();
    int at = source.arrayOffset() + position;
    int end = from + count;
    switch (width) {
      case 0 -> {
        for (int i = from; i < end; i++) {
          target[i] = 0;
        }
      }
      case 1 -> {
        for (int i = from; i < end; i++) {
          target[i] = bytes[at++] & 0xFF;
        }
      }
      case 2 -> {
        for (int i = from; i < end; i++, at += 2) {
          target[i] = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
        }
      }
      case 3 -> {
        for (int i = from; i < end; i++, at += 3) {
          target[i] = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
        }
      }
      default -> {
        for (int i = from; i < end; i++, at += 4) {
          target[i] =
              bytes[at] & 0xFF
                  | (bytes[at + 1] & 0xFF) << 8
                  | (bytes[at + 2] & 0xFF) << 16
                  | bytes[at + 3] << 24;
        }
      }
    }
  }

  /** The bytes of so many numbers, made sure to be there before any array is made for them. */
  static int checkedBytes(ByteReader source, int count, int width) {
    long length = (long) count * width;
    if (length > source.remaining()) {
      throw source.corrupted(count + " numbers of " + width + " bytes do not fit: they begin");
    }
    return (int) length;
  }

  /** Reads one number. */
  static long readLong(ByteReader source, int width) {
    long value = 0;
    for (int shift = 0; shift < 8 * width; shift += 8) {
      value |= (source.readByte() & 0xFFL) << shift;
    }
    return value;
  }
}
