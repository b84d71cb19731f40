package org.weftdb.cypher.function;

import org.weftdb.bytes.Crc32;

/** The functions of the namespace {@code crypto}, on bytes, and on strings as their UTF-8. */
final class HashFunctions {
  private HashFunctions() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.CRYPTOGRAPHIC);
    library.define(
        "crypto.blake3(input :: STRING | BYTES) :: STRING",
        "The BLAKE3 hash of bytes, or of a string in UTF-8, as 64 hexadecimal digits.",
        a -> StringNamespace.hex(Blake3.hash(BytesNamespace.bytesOf(a[0]))));
    library.define(
        "crypto.crc32(input :: STRING | BYTES) :: INTEGER",
        "The CRC-32 checksum of bytes, or of a string in UTF-8, as zip has it.",
        a -> {
          byte[] bytes = BytesNamespace.bytesOf(a[0]);
          return Crc32.of(bytes, 0, bytes.length) & 0xFFFFFFFFL;
        });
  }
}
