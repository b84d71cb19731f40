package org.weftdb.bytes;

/**
 * Variable-length integers: unsigned LEB128, seven bits a byte, lowest first, the top bit set on
 * all but the last byte. A {@code long} is taken as 64 unsigned bits and needs 1 to 10 bytes.
 *
 * <p>Signed numbers are folded by {@linkplain #zigzag zigzag} first, so that small negative numbers
 * stay short. Decoding is in {@link ByteReader}.
 */
public final class Varint {
  /** The most bytes a varint takes. */
  public static final int MAX_LENGTH_BYTES = 10;

  private Varint() {}

  /** The bytes that {@link #encode} writes for this value. */
  public static int lengthBytes(long value) {
    int significantBits = 64 - Long.numberOfLeadingZeros(value | 1);
    return (significantBits + 6) / 7;
  }

  /**
   * Writes a value into an array that has room for it and returns the offset behind it.
   *
   * @param target at least {@code offset + lengthBytes(value)} bytes long
   */
  public static int encode(long value, byte[] target, int offset) {
    long rest = value;
    int at = offset;
    while ((rest & ~0x7FL) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  /** Maps 0, -1, 1, -2, … to 0, 1, 2, 3, …. */
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** The inverse of {@link #zigzag}. */
  public static long unzigzag(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}
