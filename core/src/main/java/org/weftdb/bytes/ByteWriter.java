package org.weftdb.bytes;

import java.util.Arrays;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A byte array that grows at its end.
 *
 * <p>Bounded: growing over the maximum given to the constructor is {@link
 * ErrorCode#VALUE_TOO_LARGE}, and what was written before stays. {@link #array()} shows the bytes
 * without a copy; it is valid until the next write.
 */
public final class ByteWriter {
  /** The longest array that is ever asked of the platform. */
  public static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 16;

  private static final int SMALLEST_CAPACITY = 64;

  private final int maxSizeBytes;
  private byte[] bytes;
  private int position;

  /** An empty writer that may grow to the longest array there is. */
  public ByteWriter() {
    this(256, MAX_ARRAY_BYTES);
  }

  /** An empty writer with room for so many bytes to begin with. */
  public ByteWriter(int capacity) {
    this(capacity, MAX_ARRAY_BYTES);
  }

  /** An empty writer with room for {@code capacity} bytes that never holds over the maximum. */
  public ByteWriter(int capacity, int maxSizeBytes) {
    if (capacity < 0 || maxSizeBytes < 0 || maxSizeBytes > MAX_ARRAY_BYTES) {
      throw new IllegalArgumentException("capacity " + capacity + ", maximum " + maxSizeBytes);
    }
    this.maxSizeBytes = maxSizeBytes;
    this.bytes = new byte[Math.min(capacity, maxSizeBytes)];
  }

  /** A writer that goes on behind the bytes of an array, which is its own from then on. */
  public static ByteWriter behind(byte[] bytes) {
    ByteWriter writer = new ByteWriter(0);
    writer.bytes = bytes;
    writer.position = bytes.length;
    return writer;
  }

  /** The bytes written so far, which is also where the next one goes. */
  public int position() {
    return position;
  }

  /** The array behind this writer: the first {@link #position()} bytes are what was written. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  /** Forgets everything behind a position; 0 forgets all. The array is kept for reuse. */
  public void truncate(int newPosition) {
    if (newPosition < 0 || newPosition > position) {
      throw new IndexOutOfBoundsException("position " + newPosition + " of " + position);
    }
    position = newPosition;
  }

  /** Makes room for so many more bytes, so that the writes that follow do not grow. */
  public void ensureRoom(long length) {
    if (length > bytes.length - position) {
      grow(length);
    }
  }

  private void grow(long length) {
    long needed = position + length;
    if (length < 0 || needed > maxSizeBytes) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "writing "
              + length
              + " bytes at "
              + position
              + " exceeds the maximum of "
              + maxSizeBytes);
    }
    long wanted = Math.max(Math.max(needed, SMALLEST_CAPACITY), bytes.length + (bytes.length >> 1));
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, maxSizeBytes));
  }

  public void writeByte(int value) {
    if (position == bytes.length) {
      grow(1);
    }
    bytes[position++] = (byte) value;
  }

  public void writeShort(int value) {
    ensureRoom(2);
    bytes[position] = (byte) value;
    bytes[position + 1] = (byte) (value >> 8);
    position += 2;
  }

  public void writeInt(int value) {
    ensureRoom(4);
    putInt(bytes, position, value);
    position += 4;
  }

  public void writeLong(long value) {
    ensureRoom(8);
    putInt(bytes, position, (int) value);
    putInt(bytes, position + 4, (int) (value >> 32));
    position += 8;
  }

  /** Writes the lowest bytes of a number, so many, from 0 to 8. */
  public void writeLowBytes(long value, int count) {
    ensureRoom(count);
    byte[] target = bytes;
    int at = position;
    long rest = value;
    for (int end = at + count; at < end; at++) {
      target[at] = (byte) rest;
      rest >>>= 8;
    }
    position = at;
  }

  /** Writes the IEEE 754 bits, every NaN as the same one. */
  public void writeDouble(double value) {
    writeLong(doubleBits(value));
  }

  /** Writes 64 bits as an unsigned varint. */
  public void writeVarint(long value) {
    if ((value & ~0x7FL) == 0) {
      writeByte((int) value);
    } else {
      ensureRoom(Varint.MAX_LENGTH_BYTES);
      position = Varint.encode(value, bytes, position);
    }
  }

  /** Writes a zigzag varint. */
  public void writeSignedVarint(long value) {
    writeVarint(Varint.zigzag(value));
  }

  /** Writes a varint of the length in bytes, then the text as {@link Utf8}. */
  public void writeString(String text) {
    long length = Utf8.lengthBytes(text);
    ensureRoom(Varint.lengthBytes(length) + length);
    position = Varint.encode(length, bytes, position);
    position = Utf8.encode(text, bytes, position);
  }

  /** Writes a text as {@link Utf8}, without its length. */
  public void writeText(String text) {
    if (3L * text.length() > bytes.length - position) {
      ensureRoom(Utf8.lengthBytes(text));
    }
    position = Utf8.encode(text, bytes, position);
  }

  public void writeBytes(byte[] source) {
    writeBytes(source, 0, source.length);
  }

  public void writeBytes(byte[] source, int offset, int length) {
    ensureRoom(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  /** Writes each number as 4 bytes. */
  public void writeInts(int[] source, int offset, int length) {
    ensureRoom(4L * length);
    byte[] target = bytes;
    int at = position;
    for (int i = offset, end = offset + length; i < end; i++, at += 4) {
      putInt(target, at, source[i]);
    }
    position = at;
  }

  /** Writes each number as 8 bytes. */
  public void writeLongs(long[] source, int offset, int length) {
    ensureRoom(8L * length);
    byte[] target = bytes;
    int at = position;
    for (int i = offset, end = offset + length; i < end; i++, at += 8) {
      long value = source[i];
      putInt(target, at, (int) value);
      putInt(target, at + 4, (int) (value >> 32));
    }
    position = at;
  }

  /** Writes each number as the 8 bytes of {@link #writeDouble}. */
  public void writeDoubles(double[] source, int offset, int length) {
    ensureRoom(8L * length);
    byte[] target = bytes;
    int at = position;
    for (int i = offset, end = offset + length; i < end; i++, at += 8) {
      long value = doubleBits(source[i]);
      putInt(target, at, (int) value);
      putInt(target, at + 4, (int) (value >> 32));
    }
    position = at;
  }

  /** Overwrites the 4 bytes at a position that was written before. */
  public void patchInt(int at, int value) {
    checkPatch(at, 4);
    putInt(bytes, at, value);
  }

  /** Overwrites the 8 bytes at a position that was written before. */
  public void patchLong(int at, long value) {
    checkPatch(at, 8);
    putInt(bytes, at, (int) value);
    putInt(bytes, at + 4, (int) (value >> 32));
  }

  private void checkPatch(int at, int length) {
    if (at < 0 || at > position - length) {
      throw new IndexOutOfBoundsException("patch at " + at + " of " + position);
    }
  }

  /** The bits of a number, with one NaN on every platform. */
  private static long doubleBits(double value) {
    return value != value ? 0x7FF8000000000000L : Double.doubleToRawLongBits(value);
  }

  private static void putInt(byte[] target, int at, int value) {
    target[at] = (byte) value;
    target[at + 1] = (byte) (value >> 8);
    target[at + 2] = (byte) (value >> 16);
    target[at + 3] = (byte) (value >> 24);
  }
}
