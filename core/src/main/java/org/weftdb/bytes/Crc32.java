package org.weftdb.bytes;

/** CRC-32 (IEEE 802.3), as gzip and zip have it; what this database writes has {@link Crc32c}. */
public final class Crc32 {
  /** The polynomial with its bits in the other order. */
  private static final int POLYNOMIAL = 0xEDB88320;

  private static final int[] TABLE = table();

  private Crc32() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ POLYNOMIAL & -(crc & 1);
      }
      table[i] = crc;
    }
    return table;
  }

  /** The checksum of a range of bytes. */
  public static int of(byte[] bytes, int offset, int length) {
    int crc = -1;
    for (int i = offset, end = offset + length; i < end; i++) {
      crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
    }
    return ~crc;
  }
}
