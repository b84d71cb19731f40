package org.weftdb.cypher.function.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Crc32;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Held against the JDK's zlib, both ways. */
final class CompressionTest {
  private static final Room ENOUGH = bytes -> {};

  private static List<byte[]> samples(Prng random) {
    List<byte[]> samples = new ArrayList<>();
    for (int size : new int[] {0, 1, 2, 3, 4, 10, 257, 258, 259, 1000, 65_535, 65_536, 150_000}) {
      samples.add(new byte[size]);
      for (int letters : new int[] {2, 26, 256}) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
          bytes[i] = (byte) random.nextInt(letters);
        }
        samples.add(bytes);
      }
      samples.add(words(random, size));
    }
    return samples;
  }

  /** Words that come again and again, at all distances. */
  private static byte[] words(Prng random, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      int length = Math.min(size - at, 1 + random.nextInt(40));
      if (at > 40 && random.nextInt(3) > 0) {
        int from = random.nextInt(at - length + 1);
        for (int i = 0; i < length; i++) {
          bytes[at + i] = bytes[from + i];
        }
      } else {
        random.nextBytes(bytes, at, length);
      }
      at += length;
    }
    return bytes;
  }

  private static byte[] unpackedByJdk(byte[] packed, Compression form) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(packed);
    return switch (form) {
      case GZIP -> new GZIPInputStream(in).readAllBytes();
      case ZLIB -> new InflaterInputStream(in).readAllBytes();
      case DEFLATE -> new InflaterInputStream(in, new java.util.zip.Inflater(true)).readAllBytes();
    };
  }

  private static byte[] packedByJdk(byte[] bytes, Compression form, int level) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    boolean bare = form == Compression.DEFLATE;
    try (OutputStream out =
        form == Compression.GZIP
            ? new GZIPOutputStream(packed)
            : new DeflaterOutputStream(packed, new java.util.zip.Deflater(level, bare))) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theJdkReadsWhatWePackAndWeReadWhatTheJdkPacks(long seed) throws IOException {
    for (byte[] sample : samples(new Prng(seed))) {
      String what = "seed " + seed + ", " + sample.length + " bytes";
      for (Compression form : Compression.values()) {
        byte[] packed = form.compress(sample, ENOUGH);
        assertArrayEquals(sample, unpackedByJdk(packed, form), what);
        assertArrayEquals(sample, form.decompress(packed, ENOUGH), what);
        for (int level : new int[] {0, 1, 9}) {
          byte[] other = packedByJdk(sample, form, level);
          assertArrayEquals(sample, form.decompress(other, ENOUGH), what);
        }
      }
    }
  }

  @Test
  void whatIsPackedIsAboutAsSmallAsTheJdkMakesIt() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("CREATE (:Person {id: ").append(i * 7919 % 10_007).append("});\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int ours = Compression.DEFLATE.compress(bytes, ENOUGH).length;
    int theirs = packedByJdk(bytes, Compression.DEFLATE, 6).length;
    assertTrue(ours < theirs * 1.1, ours + " against " + theirs);
    byte[] noise = new byte[100_000];
    new Prng(1).nextBytes(noise, 0, noise.length);
    assertTrue(Compression.DEFLATE.compress(noise, ENOUGH).length < noise.length + 100);
  }

  /** Counts that double, so that Huffman's tree is as deep as it can be. */
  @Test
  void codesAreNeverTooLong() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int before = 1;
    int count = 1;
    for (int symbol = 0; symbol < 24; symbol++) {
      for (int i = 0; i < count; i++) {
        bytes.write(symbol * 7 + i % 3 * 100);
      }
      int next = before + count;
      before = count;
      count = next;
    }
    byte[] sample = bytes.toByteArray();
    shuffle(sample, new Prng(5));
    byte[] packed = Compression.ZLIB.compress(sample, ENOUGH);
    assertArrayEquals(sample, unpackedByJdk(packed, Compression.ZLIB));
    assertArrayEquals(sample, Compression.ZLIB.decompress(packed, ENOUGH));
  }

  private static void shuffle(byte[] bytes, Prng random) {
    for (int i = bytes.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte swapped = bytes[i];
      bytes[i] = bytes[other];
      bytes[other] = swapped;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void damageIsFoundOrWithoutEffect(long seed) {
    Prng random = new Prng(seed);
    byte[] sample = words(random, 3000);
    for (Compression form : Compression.values()) {
      byte[] packed = form.compress(sample, ENOUGH);
      for (int i = 0; i < 2000; i++) {
        byte[] damaged = Arrays.copyOf(packed, packed.length);
        int at = random.nextInt(packed.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        try {
          byte[] unpacked = form.decompress(damaged, ENOUGH);
          // Without a checksum nobody can tell; of a header's time and system nothing depends.
          assertTrue(form == Compression.DEFLATE || Arrays.equals(sample, unpacked));
        } catch (WeftException e) {
          assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, e.code());
        }
      }
      for (int length = 0; length < packed.length; length += 1 + length / 20) {
        byte[] cut = Arrays.copyOf(packed, length);
        WeftException e =
            assertThrows(WeftException.class, () -> form.decompress(cut, ENOUGH), form.toString());
        assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, e.code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void noiseIsRefusedOrUnpacked(long seed) {
    Prng random = new Prng(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise, 0, noise.length);
      try {
        Compression.DEFLATE.decompress(noise, ENOUGH);
      } catch (WeftException e) {
        assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, e.code());
      }
    }
  }

  @Test
  void gzipWithAllItsFieldsAndSeveralMembersIsRead() throws IOException {
    byte[] deflated = Compression.DEFLATE.compress("text".getBytes(StandardCharsets.UTF_8), ENOUGH);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
    header.write(new byte[] {3, 0, 'a', 'b', 'c', 'n', 'a', 'm', 'e', 0, 'c', 0});
    CRC32 checksum = new CRC32();
    checksum.update(header.toByteArray());
    header.write((int) checksum.getValue());
    header.write((int) checksum.getValue() >> 8);
    header.write(deflated);
    byte[] plain = Compression.GZIP.compress("text".getBytes(StandardCharsets.UTF_8), ENOUGH);
    header.write(plain, plain.length - 8, 8);
    byte[] first = header.toByteArray();
    assertEquals("text", text(Compression.GZIP.decompress(first, ENOUGH)));
    header.write(plain);
    assertEquals("texttext", text(Compression.GZIP.decompress(header.toByteArray(), ENOUGH)));
    first[22] ^= 1;
    assertThrows(WeftException.class, () -> Compression.GZIP.decompress(first, ENOUGH));
    byte[] more = Arrays.copyOf(plain, plain.length + 1);
    assertThrows(WeftException.class, () -> Compression.GZIP.decompress(more, ENOUGH));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void roomIsAskedForBeforeMemoryIsTaken() {
    byte[] packed = Compression.GZIP.compress(new byte[50_000_000], ENOUGH);
    assertTrue(packed.length < 100_000, packed.length + " bytes");
    WeftException refused =
        assertThrows(
            WeftException.class,
            () ->
                Compression.GZIP.decompress(
                    packed,
                    bytes -> {
                      if (bytes > 1_000_000) {
                        throw new WeftException(ErrorCode.MEMORY_LIMIT, "too much");
                      }
                    }));
    assertEquals(ErrorCode.MEMORY_LIMIT, refused.code());
  }

  @Test
  void checksumsAreThoseOfTheJdk() {
    byte[] bytes = words(new Prng(3), 5000);
    CRC32 expected = new CRC32();
    expected.update(bytes, 3, 4990);
    assertEquals((int) expected.getValue(), Crc32.of(bytes, 3, 4990));
  }
}
