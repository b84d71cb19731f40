package org.weftdb.bytes;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Reads what {@link ByteWriter} wrote, from a range of an array that it does not copy.
 *
 * <p>Input that ends early is {@link ErrorCode#TRUNCATED}, input that cannot be is {@link
 * ErrorCode#CORRUPTED}; both name the source and the offset from the beginning of the range. No
 * array is made before it is sure that the bytes for it are there, so a damaged count cannot
 * exhaust the memory. A failed read leaves the position where it was.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int start;
  private final int end;
  private final String source;
  private int at;

  /** Reads a whole array. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length, "bytes");
  }

  /** Reads a range. */
  public ByteReader(byte[] bytes, int offset, int length) {
    this(bytes, offset, length, "bytes");
  }

  /**
   * Reads a range.
   *
   * @param source what messages call the range, such as a file's name
   */
  public ByteReader(byte[] bytes, int offset, int length, String source) {
    if ((offset | length) < 0 || length > bytes.length - offset) {
      throw new IndexOutOfBoundsException(
          "range " + offset + "+" + length + " in an array of " + bytes.length + " bytes");
    }
    this.bytes = bytes;
    this.start = offset;
    this.end = offset + length;
    this.source = source;
    this.at = offset;
  }

  /** The bytes read so far. */
  public int position() {
    return at - start;
  }

  /** The bytes of the whole range. */
  public int length() {
    return end - start;
  }

  /** The bytes not read yet. */
  public int remaining() {
    return end - at;
  }

  /** The array behind this reader, not to be changed. */
  public byte[] array() {
    return bytes;
  }

  /** Where position 0 is in {@link #array()}. */
  public int arrayOffset() {
    return start;
  }

  public boolean hasRemaining() {
    return at < end;
  }

  /** Goes to a position from 0 to {@link #length()}. */
  public void seek(int position) {
    if (position < 0 || position > length()) {
      throw new IndexOutOfBoundsException("position " + position + " of " + length());
    }
    at = start + position;
  }

  /** The error for bytes at the present position that cannot be. */
  public WeftException corrupted(String what) {
    return WeftException.ofFile(
        ErrorCode.CORRUPTED, source + ": " + what + " at offset " + position(), at);
  }

  private void need(long length) {
    if (length > end - at || length < 0) {
      throw WeftException.ofFile(
          ErrorCode.TRUNCATED,
          source
              + ": "
              + length
              + " bytes expected at offset "
              + position()
              + ", but only "
              + remaining()
              + " remain",
          at);
    }
  }

  /** The next byte, signed. */
  public byte readByte() {
    if (at == end) {
      need(1);
    }
    return bytes[at++];
  }

  /** The next byte, 0 to 255. */
  public int readUnsignedByte() {
    return readByte() & 0xFF;
  }

  public short readShort() {
    need(2);
    int value = bytes[at] & 0xFF | bytes[at + 1] << 8;
    at += 2;
    return (short) value;
  }

  public int readInt() {
    need(4);
    int value = intAt(bytes, at);
    at += 4;
    return value;
  }

  public long readLong() {
    need(8);
    long value = longAt(bytes, at);
    at += 8;
    return value;
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  /** An unsigned varint as 64 bits. */
  public long readVarint() {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    return readLongVarint();
  }

  private long readLongVarint() {
    long value = 0;
    int from = at;
    int limit = Math.min(end, from + Varint.MAX_LENGTH_BYTES);
    for (int i = from, shift = 0; i < limit; i++, shift += 7) {
      int next = bytes[i];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        if (shift == 63 && next > 1) {
          throw corrupted("a varint of over 64 bits");
        }
        at = i + 1;
        return value;
      }
    }
    if (end - from < Varint.MAX_LENGTH_BYTES) {
      need(end - from + 1L);
    }
    throw corrupted("a varint of over 10 bytes");
  }

  /** A varint that must be from 0 to the largest {@code int}. */
  public int readVarintInt() {
    int from = at;
    long value = readVarint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      at = from;
      throw corrupted("a number outside 0 to 2147483647");
    }
    return (int) value;
  }

  /**
   * A varint that counts things of which each takes at least so many bytes of what remains.
   *
   * @param leastBytesEach at least 1
   * @throws WeftException {@link ErrorCode#TRUNCATED} when so many cannot follow
   */
  public int readCount(int leastBytesEach) {
    int from = at;
    int count = readVarintInt();
    if ((long) count * leastBytesEach > end - at) {
      long length = at - from + (long) count * leastBytesEach;
      at = from;
      need(length);
    }
    return count;
  }

  /** A zigzag varint. */
  public long readSignedVarint() {
    return Varint.unzigzag(readVarint());
  }

  /** A text as {@link ByteWriter#writeString} writes it. */
  public String readString() {
    int from = at;
    int length = readCount(1);
    at += length;
    try {
      return Utf8.decode(bytes, at - length, length);
    } catch (WeftException malformed) {
      at = from;
      throw new WeftException(
          malformed.code(),
          source + ": text at offset " + position() + ": " + malformed.getMessage(),
          null,
          malformed);
    }
  }

  /** The next bytes as an array of their own. */
  public byte[] readBytes(int length) {
    need(length);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, at, copy, 0, length);
    at += length;
    return copy;
  }

  /** Copies the next bytes into a range of an array. */
  public void readBytes(byte[] target, int offset, int length) {
    need(length);
    System.arraycopy(bytes, at, target, offset, length);
    at += length;
  }

  /** A reader of its own for the next bytes, which are skipped here. */
  public ByteReader readRange(int length, String rangeSource) {
    need(length);
    at += length;
    return new ByteReader(bytes, at - length, length, rangeSource);
  }

  public void skip(int length) {
    need(length);
    at += length;
  }

  /** So many numbers of 4 bytes. */
  public int[] readInts(int count) {
    need(4L * count);
    int[] target = new int[count];
    readInts(target, 0, count);
    return target;
  }

  /** So many numbers of 4 bytes into a range of an array. */
  public void readInts(int[] target, int offset, int count) {
    need(4L * count);
    byte[] from = bytes;
    int position = at;
    for (int i = offset, last = offset + count; i < last; i++, position += 4) {
      target[i] = intAt(from, position);
    }
    at = position;
  }

  /** So many numbers of 8 bytes. */
  public long[] readLongs(int count) {
    need(8L * count);
    long[] target = new long[count];
    readLongs(target, 0, count);
    return target;
  }

  /** So many numbers of 8 bytes into a range of an array. */
  public void readLongs(long[] target, int offset, int count) {
    need(8L * count);
    byte[] from = bytes;
    int position = at;
    for (int i = offset, last = offset + count; i < last; i++, position += 8) {
      target[i] = longAt(from, position);
    }
    at = position;
  }

  /** So many numbers of 8 bytes. */
  public double[] readDoubles(int count) {
    need(8L * count);
    double[] target = new double[count];
    readDoubles(target, 0, count);
    return target;
  }

  /** So many numbers of 8 bytes into a range of an array. */
  public void readDoubles(double[] target, int offset, int count) {
    need(8L * count);
    byte[] from = bytes;
    int position = at;
    for (int i = offset, last = offset + count; i < last; i++, position += 8) {
      target[i] = Double.longBitsToDouble(longAt(from, position));
    }
    at = position;
  }

  private static int intAt(byte[] bytes, int at) {
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  private static long longAt(byte[] bytes, int at) {
    return intAt(bytes, at) & 0xFFFFFFFFL | (long) intAt(bytes, at + 4) << 32;
  }
}
