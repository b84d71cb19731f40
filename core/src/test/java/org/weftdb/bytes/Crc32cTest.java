package org.weftdb.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class Crc32cTest {
  @Test
  void givesThePublishedCheckValue() {
    assertEquals(0xE3069283, Crc32c.of(Utf8.encode("123456789")));
    assertEquals(0, Crc32c.of(new byte[0]));
    assertEquals(0x8A9136AA, Crc32c.of(new byte[32]));
  }

  @Test
  void agreesWithThePlatformOnEveryRange() {
    byte[] bytes = new byte[300];
    new Prng(7).nextBytes(bytes, 0, bytes.length);
    for (int offset = 0; offset < 20; offset++) {
      for (int length = 0; length < bytes.length - offset; length += 3) {
        CRC32C expected = new CRC32C();
        expected.update(bytes, offset, length);
        assertEquals((int) expected.getValue(), Crc32c.of(bytes, offset, length));
      }
    }
  }

  @Test
  void canBeComputedInParts() {
    byte[] bytes = new byte[100];
    new Prng(8).nextBytes(bytes, 0, bytes.length);
    for (int cut = 0; cut <= bytes.length; cut++) {
      int crc = Crc32c.update(Crc32c.of(bytes, 0, cut), bytes, cut, bytes.length - cut);
      assertEquals(Crc32c.of(bytes), crc);
    }
  }

  @Test
  void refusesRangesOutsideTheArray() {
    assertThrows(IndexOutOfBoundsException.class, () -> Crc32c.of(new byte[4], 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> Crc32c.of(new byte[4], -1, 2));
  }
}
