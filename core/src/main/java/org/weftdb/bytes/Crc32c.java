package org.weftdb.bytes;

/**
 * The CRC-32C checksum (Castagnoli polynomial, reflected form 0x82F63B78), eight bytes a step after
 * Kounavis and Berry, "A Systematic Approach to Building High Performance, Software-based, CRC
 * Generators" (2005).
 *
 * <p>Detects every change of up to 32 neighbouring bits and every odd number of flipped bits. It is
 * no protection against intent.
 */
public final class Crc32c {
  private static final int POLYNOMIAL = 0x82F63B78;

  /** Eight tables of 256 entries, one behind the other: table k is for a byte k places ahead. */
  private static final int[] TABLES = tables();

  private Crc32c() {}

  private static int[] tables() {
    int[] tables = new int[8 * 256];
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
      tables[i] = crc;
    }
    for (int i = 256; i < tables.length; i++) {
      int previous = tables[i - 256];
      tables[i] = previous >>> 8 ^ tables[previous & 0xFF];
    }
    return tables;
  }

  /** The checksum of a whole array. */
  public static int of(byte[] bytes) {
    return update(0, bytes, 0, bytes.length);
  }

  /** The checksum of a range. */
  public static int of(byte[] bytes, int offset, int length) {
    return update(0, bytes, offset, length);
  }

  /**
   * The checksum of everything that {@code crc} covers, followed by a range.
   *
   * @param crc the checksum so far; 0 for nothing
   */
  public static int update(int crc, byte[] bytes, int offset, int length) {
    if ((offset | length) < 0 || length > bytes.length - offset) {
      throw new IndexOutOfBoundsException(
          "range " + offset + "+" + length + " in an array of " + bytes.length + " bytes");
    }
    int[] t = TABLES;
    int c = ~crc;
    int at = offset;
    int end = offset + length;
    for (int last = end - 8; at <= last; at += 8) {
      c =
          t[1792 + ((c ^ bytes[at]) & 0xFF)]
              ^ t[1536 + ((c >>> 8 ^ bytes[at + 1]) & 0xFF)]
              ^ t[1280 + ((c >>> 16 ^ bytes[at + 2]) & 0xFF)]
              ^ t[1024 + ((c >>> 24 ^ bytes[at + 3]) & 0xFF)]
              ^ t[768 + (bytes[at + 4] & 0xFF)]
              ^ t[512 + (bytes[at + 5] & 0xFF)]
              ^ t[256 + (bytes[at + 6] & 0xFF)]
              ^ t[bytes[at + 7] & 0xFF];
    }
    for (; at < end; at++) {
      c = c >>> 8 ^ t[(c ^ bytes[at]) & 0xFF];
    }
    return ~c;
  }
}
