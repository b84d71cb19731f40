package org.weftdb.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

final class Utf8Test {
  @Test
  void agreesWithThePlatformOnWellFormedText() {
    for (String text :
        new String[] {
          "", "a", "hello", "grün", "日本語", "a😀b", "\u0000\u007f\u0080\u07ff\u0800\uffff"
        }) {
      byte[] expected = text.getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(expected, Utf8.encode(text));
      assertEquals(expected.length, Utf8.lengthBytes(text));
      assertEquals(text, Utf8.decode(expected));
    }
  }

  @Test
  void keepsEveryStringOfSurrogatesAndOthers() {
    char[] alphabet = {'a', 'é', '€', '\ud800', '\udbff', '\udc00', '\udfff', '\uffff'};
    Prng random = new Prng(1);
    for (int round = 0; round < 20_000; round++) {
      char[] units = new char[random.nextInt(7)];
      for (int i = 0; i < units.length; i++) {
        units[i] = alphabet[random.nextInt(alphabet.length)];
      }
      String text = new String(units);
      byte[] bytes = Utf8.encode(text);
      assertEquals(Utf8.lengthBytes(text), bytes.length);
      assertEquals(text, Utf8.decode(bytes), () -> "round trip of " + bytes.length + " bytes");
    }
  }

  @Test
  void everyDecodableSequenceIsTheOneThatEncodingGives() {
    int[] interesting = {
      0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xaf, 0xb0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
      0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xf8, 0xff
    };
    Prng random = new Prng(2);
    int decoded = 0;
    for (int round = 0; round < 300_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) interesting[random.nextInt(interesting.length)];
      }
      String text;
      try {
        text = Utf8.decode(bytes);
      } catch (WeftException malformed) {
        assertEquals(ErrorCode.CORRUPTED, malformed.code());
        continue;
      }
      decoded++;
      assertArrayEquals(bytes, Utf8.encode(text));
    }
    assertTrue(decoded > 1000, "only " + decoded + " were valid");
  }

  @Test
  void malformedBytesAreRejectedWithTheirOffset() {
    assertMalformed(1, 'a', 0x80);
    assertMalformed(0, 0xc0, 0x80);
    assertMalformed(1, 0xc3, 'a');
    assertMalformed(0, 0xe0, 0x80, 0x80);
    assertMalformed(0, 0xf4, 0x90, 0x80, 0x80);
    assertMalformed(0, 0xf8, 0x80, 0x80, 0x80, 0x80);
    assertMalformed(0, 0xe2, 0x82);
    // A pair of surrogates, each in three bytes.
    assertMalformed(3, 0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80);
  }

  private static void assertMalformed(int offset, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    WeftException error = assertThrows(WeftException.class, () -> Utf8.decode(bytes));
    assertEquals(ErrorCode.CORRUPTED, error.code());
    assertTrue(error.getMessage().endsWith(" " + offset), error.getMessage());
  }
}
