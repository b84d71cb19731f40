package org.weftdb.cypher.function;

import org.weftdb.bytes.Utf8;

/** The functions of the namespace {@code crypto}, on strings as their bytes in UTF-8. */
final class HashFunctions {
  /** The polynomial of CRC-32 (IEEE 802.3), its bits in the other order. */
  private static final int POLYNOMIAL = 0xEDB88320;

  private HashFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.CRYPTOGRAPHIC);
    library.define(
        "crypto.blake3(text :: STRING) :: STRING",
        "The BLAKE3 hash of a string in UTF-8, as 64 hexadecimal digits.",
        a -> StringNamespace.hex(Blake3.hash(Utf8.encode((String) a[0]))));
    library.define(
        "crypto.crc32(text :: STRING) :: INTEGER",
        "The CRC-32 checksum of a string in UTF-8, as zip has it.",
        a -> crc32(Utf8.encode((String) a[0])));
  }

  private static long crc32(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ POLYNOMIAL & -(crc & 1);
      }
    }
    return ~crc & 0xFFFFFFFFL;
  }
}
