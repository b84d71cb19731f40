package org.weftdb.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.bytes.Prng;
import org.weftdb.bytes.Utf8;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Envelopes around a small snapshot.
 *
 * <p>The files in {@code fixtures/envelope} were written by this side, those that begin with {@code
 * js} by the npm package; {@code -Dfixtures.rewrite=true} writes the former anew.
 */
final class EnvelopeTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/envelope");
  private static final Path SNAPSHOT = Path.of("src/test/resources/fixtures/2/graph.weft");
  private static final String PASSWORD = "pass wörd \uD83D\uDD11";
  private static final int FORMAT_BYTES = 24;
  private static final int CONTENT_LENGTH_OFFSET = 96;

  private static byte[] key() {
    byte[] key = new byte[SnapshotOptions.KEY_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (200 + i);
    }
    return key;
  }

  private static SnapshotOptions password(String password) {
    return SnapshotOptions.plain().password(password.toCharArray());
  }

  /** Salt, nonces and so the bytes of an envelope are the same in each run. */
  private static Consumer<byte[]> seeded(long seed) {
    Prng random = new Prng(seed);
    return bytes -> {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt();
      }
    };
  }

  private static byte[] seal(byte[] content, SnapshotOptions options) {
    return Envelope.seal(content, content.length, options, seeded(7)).toByteArray();
  }

  private static byte[] open(byte[] bytes, SnapshotOptions options) {
    return Envelope.open(bytes, options, "test");
  }

  private static byte[] snapshot() throws IOException {
    return Files.readAllBytes(SNAPSHOT);
  }

  private static WeftException assertFails(ErrorCode code, Executable call) {
    WeftException error = assertThrows(WeftException.class, call);
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  /** An envelope with some bytes of its header changed and its checksum right again. */
  private static byte[] forged(byte[] envelope, UnaryOperator<byte[]> change) {
    byte[] bytes = change.apply(Arrays.copyOf(envelope, envelope.length));
    ByteWriter checksum = new ByteWriter();
    checksum.writeInt(Crc32c.of(bytes, 0, EnvelopeHeader.LENGTH_BYTES - 4));
    System.arraycopy(checksum.array(), 0, bytes, EnvelopeHeader.LENGTH_BYTES - 4, 4);
    return bytes;
  }

  private static byte[] withLong(byte[] envelope, int offset, long value) {
    return forged(
        envelope,
        bytes -> {
          ByteWriter number = new ByteWriter();
          number.writeLong(value);
          System.arraycopy(number.array(), 0, bytes, offset, 8);
          return bytes;
        });
  }

  private static byte[] withInt(byte[] envelope, int offset, int value) {
    return forged(
        envelope,
        bytes -> {
          ByteWriter number = new ByteWriter();
          number.writeInt(value);
          System.arraycopy(number.array(), 0, bytes, offset, 4);
          return bytes;
        });
  }

  @Test
  void whatIsPutInComesOut() throws IOException {
    List<SnapshotOptions> keys = new ArrayList<>();
    keys.add(SnapshotOptions.plain());
    keys.add(password(PASSWORD).iterations(1000));
    keys.add(SnapshotOptions.plain().key(key()));
    byte[] large = new byte[3 << 20];
    seeded(1).accept(large);
    for (SnapshotOptions options : keys) {
      for (byte[] content : List.of(snapshot(), new byte[0], new byte[1], large)) {
        assertArrayEquals(content, open(seal(content, options), options));
        assertArrayEquals(content, open(seal(content, options.gzip(1)), options));
      }
    }
  }

  @Test
  void everyLevelOfGzipCompressesAndTheHighestMoreThanTheLowest() {
    Prng random = new Prng(3);
    StringBuilder words = new StringBuilder();
    while (words.length() < 200_000) {
      words.append(Integer.toString(random.nextInt(1000) * 7919, 36)).append(' ');
    }
    byte[] content = Utf8.encode(words.toString());
    int[] lengths = new int[10];
    for (int level = 1; level <= 9; level++) {
      byte[] envelope = seal(content, SnapshotOptions.plain().gzip(level));
      assertArrayEquals(content, open(envelope, SnapshotOptions.plain()));
      lengths[level] = envelope.length;
    }
    assertTrue(lengths[1] < content.length / 2, Arrays.toString(lengths));
    assertTrue(lengths[9] < lengths[1], Arrays.toString(lengths));
  }

  @Test
  void theSameContentIsNeverEncryptedToTheSameBytes() throws IOException {
    SnapshotOptions options = SnapshotOptions.plain().key(key());
    Consumer<byte[]> random = seeded(5);
    byte[] content = snapshot();
    byte[] first = Envelope.seal(content, content.length, options, random).toByteArray();
    byte[] second = Envelope.seal(content, content.length, options, random).toByteArray();
    assertEquals(first.length, second.length);
    assertFalse(Arrays.equals(first, second));
    assertThrows(
        IllegalStateException.class,
        () -> Envelope.seal(content, content.length, options, bytes -> {}));
  }

  @Test
  void wrongAndMissingKeysHaveErrorsOfTheirOwn() throws IOException {
    byte[] byPassword = seal(snapshot(), password(PASSWORD).iterations(1000));
    byte[] byKey = seal(snapshot(), SnapshotOptions.plain().key(key()).gzip(6));
    byte[] otherKey = key();
    otherKey[31] ^= 1;
    assertFails(ErrorCode.WRONG_KEY, () -> open(byPassword, password("pass word")));
    assertFails(ErrorCode.WRONG_KEY, () -> open(byPassword, SnapshotOptions.plain().key(key())));
    assertFails(ErrorCode.WRONG_KEY, () -> open(byKey, SnapshotOptions.plain().key(otherKey)));
    assertFails(ErrorCode.WRONG_KEY, () -> open(byKey, password(PASSWORD)));
    WeftException missing =
        assertFails(ErrorCode.KEY_REQUIRED, () -> open(byPassword, SnapshotOptions.plain()));
    assertTrue(missing.getMessage().contains("password"), missing.getMessage());
    missing = assertFails(ErrorCode.KEY_REQUIRED, () -> open(byKey, SnapshotOptions.plain()));
    assertTrue(missing.getMessage().contains("key"), missing.getMessage());
  }

  @Test
  void aKeyForWhatIsNotEncryptedIsAnError() throws IOException {
    byte[] content = snapshot();
    byte[] compressed = seal(content, SnapshotOptions.plain().gzip(6));
    SnapshotOptions key = SnapshotOptions.plain().key(key());
    assertFails(ErrorCode.NOT_ENCRYPTED, () -> open(content, key));
    assertFails(ErrorCode.NOT_ENCRYPTED, () -> open(compressed, key));
    assertFails(ErrorCode.NOT_OUR_FORMAT, () -> open(new byte[100], key));
    assertArrayEquals(content, open(content, SnapshotOptions.plain()));
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    SnapshotOptions plain = SnapshotOptions.plain();
    for (int level : new int[] {-1, 0, 10}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> plain.gzip(level));
    }
    for (int iterations : new int[] {-1, 0, 999, 10_000_001}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> plain.iterations(iterations));
    }
    for (int length : new int[] {0, 16, 31, 33}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> plain.key(new byte[length]));
    }
    for (String password : List.of("", "a\uD83D", "\uDD11", "\uD83D\uD83D\uDD11")) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> password(password));
    }
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> password("a").key(key()));
  }

  @Test
  void closedOptionsCannotEncryptAnyMore() throws IOException {
    byte[] content = snapshot();
    char[] given = PASSWORD.toCharArray();
    for (SnapshotOptions options :
        List.of(SnapshotOptions.plain().key(key()), SnapshotOptions.plain().password(given))) {
      SnapshotOptions derived = options.gzip(1).iterations(1000);
      byte[] envelope = seal(content, derived);
      options.close();
      assertFails(ErrorCode.CLOSED, () -> seal(content, derived));
      assertFails(ErrorCode.CLOSED, () -> open(envelope, options));
    }
    assertEquals(PASSWORD, new String(given));
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    byte[] content = Arrays.copyOf(snapshot(), 200);
    for (SnapshotOptions options :
        List.of(
            SnapshotOptions.plain().gzip(6),
            SnapshotOptions.plain().key(key()),
            SnapshotOptions.plain().key(key()).gzip(6))) {
      byte[] envelope = seal(content, options);
      Map<ErrorCode, Integer> found = new EnumMap<>(ErrorCode.class);
      for (int bit = 0; bit < envelope.length * 8; bit++) {
        byte[] damaged = Arrays.copyOf(envelope, envelope.length);
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        WeftException error = assertThrows(WeftException.class, () -> open(damaged, options));
        found.merge(error.code(), 1, Integer::sum);
        boolean inPayload = bit / 8 >= EnvelopeHeader.LENGTH_BYTES;
        ErrorCode expected =
            bit / 8 < 8
                ? ErrorCode.NOT_OUR_FORMAT
                : inPayload && options.secret() != null ? ErrorCode.TAMPERED : ErrorCode.CORRUPTED;
        assertEquals(expected, error.code(), "bit " + bit + ": " + error.getMessage());
      }
      assertEquals(64, found.get(ErrorCode.NOT_OUR_FORMAT));
    }
  }

  @Test
  void everyTruncationAndEveryByteTooManyIsFound() throws IOException {
    for (SnapshotOptions options :
        List.of(SnapshotOptions.plain().gzip(6), SnapshotOptions.plain().key(key()))) {
      byte[] envelope = seal(snapshot(), options);
      for (int length = 0; length < envelope.length; length++) {
        byte[] cut = Arrays.copyOf(envelope, length);
        assertFails(ErrorCode.TRUNCATED, () -> open(cut, options));
      }
      byte[] longer = Arrays.copyOf(envelope, envelope.length + 1);
      assertFails(ErrorCode.CORRUPTED, () -> open(longer, options));
    }
  }

  /** Who changes an encrypted envelope can make its header's checksum right, but not its tags. */
  @Test
  void noByteOfAnEncryptedEnvelopeCanBeForged() throws IOException {
    SnapshotOptions options = SnapshotOptions.plain().key(key()).gzip(6);
    byte[] envelope = seal(snapshot(), options);
    for (int offset = FORMAT_BYTES; offset < EnvelopeHeader.LENGTH_BYTES - 4; offset++) {
      int at = offset;
      byte[] changed =
          forged(
              envelope,
              bytes -> {
                bytes[at] ^= 1;
                return bytes;
              });
      ErrorCode code = assertThrows(WeftException.class, () -> open(changed, options)).code();
      boolean expected =
          switch (code) {
            // The key check covers all before it, and itself.
            case WRONG_KEY -> at < 88;
            case TAMPERED -> at >= 88;
            case TRUNCATED, CORRUPTED, VALUE_TOO_LARGE -> at < 32 || at >= 88;
            case KEY_REQUIRED, NOT_ENCRYPTED -> at < 28;
            default -> false;
          };
      assertTrue(expected, "byte " + at + " is " + code);
    }
  }

  @Test
  void versionsThatAreNotReadAreToldApart() throws IOException {
    byte[] envelope = seal(snapshot(), SnapshotOptions.plain().gzip(1));
    for (int version : new int[] {0, 2, -1}) {
      ByteWriter header = new ByteWriter();
      header.writeBytes(envelope);
      header.patchInt(12, version);
      header.patchInt(20, Crc32c.of(header.array(), 0, 20));
      ErrorCode code = version == 0 ? ErrorCode.FORMAT_TOO_OLD : ErrorCode.FORMAT_TOO_NEW;
      assertFails(code, () -> open(header.toByteArray(), SnapshotOptions.plain()));
    }
  }

  @Test
  void aHeaderThatWouldTakeLongIsRefused() throws IOException {
    byte[] envelope = seal(snapshot(), password(PASSWORD).iterations(1000));
    for (int iterations : new int[] {0, 1, 999, 10_000_001, Integer.MAX_VALUE, -1}) {
      byte[] hostile = withInt(envelope, 28, iterations);
      assertFails(ErrorCode.CORRUPTED, () -> open(hostile, password(PASSWORD)));
    }
  }

  @Test
  void aStatedLengthIsBelievedOnlyAsFarAsBytesCome() throws IOException {
    byte[] envelope = seal(snapshot(), SnapshotOptions.plain().gzip(6));
    int length = snapshot().length;
    for (long stated : new long[] {-1, 0, 1, length - 1, length + 1, 1L << 40, Long.MAX_VALUE}) {
      byte[] hostile = withLong(envelope, CONTENT_LENGTH_OFFSET, stated);
      assertFails(ErrorCode.CORRUPTED, () -> open(hostile, SnapshotOptions.plain()));
    }
    byte[] stored = seal(snapshot(), SnapshotOptions.plain().key(key()));
    for (long stated : new long[] {-1, 0, length - 1, length + 1, Long.MAX_VALUE}) {
      byte[] hostile = withLong(stored, CONTENT_LENGTH_OFFSET, stated);
      assertFails(ErrorCode.CORRUPTED, () -> open(hostile, SnapshotOptions.plain().key(key())));
    }
    // A bomb: what would become 200 MB says that it is 1000 bytes, and is cut off there.
    byte[] bomb = seal(new byte[200_000_000], SnapshotOptions.plain().gzip(9));
    assertTrue(bomb.length < 250_000, "a bomb of " + bomb.length + " bytes");
    byte[] lying = withLong(bomb, CONTENT_LENGTH_OFFSET, 1000);
    assertFails(ErrorCode.CORRUPTED, () -> open(lying, SnapshotOptions.plain()));
  }

  @Test
  void contentThatIsNoGzipIsCorrupted() throws IOException {
    byte[] envelope = seal(snapshot(), SnapshotOptions.plain());
    byte[] lying = withInt(envelope, 24, EnvelopeHeader.GZIP);
    assertFails(ErrorCode.CORRUPTED, () -> open(lying, SnapshotOptions.plain()));
    for (int flags : new int[] {4, 8, 16, -1}) {
      byte[] unknown = withInt(envelope, 24, flags);
      assertFails(ErrorCode.CORRUPTED, () -> open(unknown, SnapshotOptions.plain()));
    }
  }

  @Test
  void theFixturesOfBothSidesOpen() throws IOException {
    if (Boolean.getBoolean("fixtures.rewrite")) {
      Files.createDirectories(FIXTURES);
      Files.write(FIXTURES.resolve("gzip.weft"), seal(snapshot(), SnapshotOptions.plain().gzip(9)));
    }
    check("password.weft", password(PASSWORD).iterations(1000), true);
    check("key.weft", SnapshotOptions.plain().key(key()), true);
    check("gzip.weft", SnapshotOptions.plain(), false);
    check("js-gzip.weft", SnapshotOptions.plain(), false);
    check("js-gzip-password.weft", password(PASSWORD), false);
    check("js-gzip-key.weft", SnapshotOptions.plain().key(key()), false);
  }

  private static void check(String name, SnapshotOptions options, boolean sameBytes)
      throws IOException {
    Path file = FIXTURES.resolve(name);
    byte[] envelope = seal(snapshot(), options);
    if (sameBytes && Boolean.getBoolean("fixtures.rewrite")) {
      Files.createDirectories(FIXTURES);
      Files.write(file, envelope);
    }
    byte[] stored = Files.readAllBytes(file);
    assertArrayEquals(snapshot(), open(stored, options), name);
    if (sameBytes) {
      assertArrayEquals(stored, envelope, name + ": another format is another version");
    }
  }
}
