package org.weftdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class FormatHeaderTest {
  private static byte[] header(FileFormat format) {
    ByteWriter writer = new ByteWriter();
    FormatHeader.write(writer, format);
    return writer.toByteArray();
  }

  private static ErrorCode readFails(byte[] header, FileFormat format) {
    return assertThrows(
            WeftException.class, () -> FormatHeader.read(new ByteReader(header), format, "f"))
        .code();
  }

  @Test
  void aHeaderSaysItsFormatAndVersion() {
    byte[] header = header(new FileFormat("TEST", 1, 3));
    assertEquals(FormatHeader.LENGTH_BYTES, header.length);
    assertEquals(3, FormatHeader.read(new ByteReader(header), new FileFormat("TEST", 2, 4), "f"));
    assertEquals(ErrorCode.FORMAT_TOO_NEW, readFails(header, new FileFormat("TEST", 1, 2)));
    assertEquals(ErrorCode.FORMAT_TOO_OLD, readFails(header, new FileFormat("TEST", 4, 5)));
    assertEquals(ErrorCode.NOT_OUR_FORMAT, readFails(header, new FileFormat("ELSE", 1, 3)));
  }

  @Test
  void versionsAreNumbersWithoutASign() {
    byte[] oldest = withVersion(0);
    assertEquals(ErrorCode.FORMAT_TOO_OLD, readFails(oldest, new FileFormat("TEST", 1, 3)));
    byte[] newest = withVersion(-1);
    assertEquals(ErrorCode.FORMAT_TOO_NEW, readFails(newest, new FileFormat("TEST", 1, 3)));
  }

  private static byte[] withVersion(int version) {
    ByteWriter header = new ByteWriter();
    header.writeBytes(header(new FileFormat("TEST", 1, 3)));
    header.patchInt(12, version);
    header.patchInt(20, Crc32c.of(header.array(), 0, 20));
    return header.toByteArray();
  }

  @Test
  void damageIsToldFromForeignBytesAndFromMissingOnes() {
    FileFormat format = new FileFormat("TEST", 1, 1);
    for (int i = 0; i < FormatHeader.LENGTH_BYTES; i++) {
      byte[] damaged = header(format);
      damaged[i] ^= 4;
      assertEquals(
          i < 8 ? ErrorCode.NOT_OUR_FORMAT : ErrorCode.CORRUPTED, readFails(damaged, format));
      assertEquals(
          ErrorCode.TRUNCATED, readFails(java.util.Arrays.copyOf(header(format), i), format));
    }
  }
}
