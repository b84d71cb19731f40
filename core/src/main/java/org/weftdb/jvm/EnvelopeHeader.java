package org.weftdb.jvm;

import java.util.Arrays;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FileFormat;
import org.weftdb.storage.FormatHeader;

/**
 * The bytes of an envelope: a header, and behind it the payload up to the file's end.
 * Little-endian.
 *
 * <pre>
 * offset
 *   0  {@link FormatHeader}, format "ENVL"
 *  24  flags            u32      – 1: the content is compressed with gzip (RFC 1952);
 *                                  2: then encrypted with AES-256-GCM;
 *                                  4: with a key made of a password; no other bits
 *  28  iterations       u32      – of PBKDF2-HMAC-SHA-256, 1,000 to 10,000,000; 0 without password
 *  32  salt             16 bytes – random, for PBKDF2; zeros without password
 *  48  nonce            12 bytes – random, for the payload; zeros without encryption
 *  60  checkNonce       12 bytes – random, for the key check; zeros without encryption
 *  72  keyCheck         16 bytes – GCM's tag of no bytes under checkNonce, with bytes 0 to 71 as
 *                                  additional data: tells a wrong key from changed bytes; zeros
 *                                  without encryption
 *  88  payloadLength    u64      – bytes behind the header; with encryption the last 16 are GCM's tag
 *  96  contentLength    u64      – bytes of what is in the envelope
 * 104  payloadChecksum  u32      – CRC-32C of the payload; 0 with encryption, where the tag does more
 * 108  checksum         u32      – CRC-32C of bytes 0 to 107
 * 112  payload                   – encrypted under nonce with bytes 0 to 111 as additional data
 * </pre>
 *
 * <p>So damage by chance is found without the key in the header, and with it in the payload.
 *
 * @param payloadLength from 0, at most what an array holds
 * @param contentLength from 0, at most what an array holds
 */
record EnvelopeHeader(
    int flags,
    int iterations,
    Seeds seeds,
    byte[] keyCheck,
    long payloadLength,
    long contentLength,
    int payloadChecksum) {

  /** What is random in a header. */
  record Seeds(byte[] salt, byte[] nonce, byte[] checkNonce) {
    static Seeds zeros() {
      return new Seeds(new byte[SALT_BYTES], new byte[NONCE_BYTES], new byte[NONCE_BYTES]);
    }
  }

  static final int LENGTH_BYTES = 112;
  static final int SALT_BYTES = 16;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  static final int GZIP = 1;
  static final int ENCRYPTED = 2;
  static final int WITH_PASSWORD = 4;

  /** Version 1 is the first. */
  static final FileFormat FORMAT = new FileFormat("ENVL", 1, 1);

  private static final int KEY_CHECK_OFFSET = 72;
  private static final int CHECKSUM_OFFSET = 108;

  /** No deflated bytes become more than so many times as long. */
  private static final int MOST_INFLATION = 1_040;

  boolean isCompressed() {
    return (flags & GZIP) != 0;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean hasPassword() {
    return (flags & WITH_PASSWORD) != 0;
  }

  byte[] encode() {
    ByteWriter writer = new ByteWriter(LENGTH_BYTES);
    FormatHeader.write(writer, FORMAT);
    writer.writeInt(flags);
    writer.writeInt(iterations);
    writer.writeBytes(seeds.salt());
    writer.writeBytes(seeds.nonce());
    writer.writeBytes(seeds.checkNonce());
    writer.writeBytes(keyCheck);
    writer.writeLong(payloadLength);
    writer.writeLong(contentLength);
    writer.writeInt(payloadChecksum);
    writer.writeInt(Crc32c.of(writer.array(), 0, CHECKSUM_OFFSET));
    return writer.toByteArray();
  }

  /** What the key check is made over. */
  byte[] checkedBytes() {
    return Arrays.copyOf(encode(), KEY_CHECK_OFFSET);
  }

  /**
   * Reads the header of an envelope and checks it against the bytes that there are.
   *
   * @throws WeftException {@link ErrorCode#TRUNCATED} or {@link ErrorCode#CORRUPTED}, and what
   *     {@link FormatHeader#read} throws
   */
  static EnvelopeHeader read(byte[] bytes, String name) {
    ByteReader reader = new ByteReader(bytes, 0, bytes.length, name);
    FormatHeader.read(reader, FORMAT, name);
    if (bytes.length < LENGTH_BYTES) {
      throw new WeftException(
          ErrorCode.TRUNCATED, name + ": " + bytes.length + " bytes are too few for an envelope");
    }
    EnvelopeHeader header =
        new EnvelopeHeader(
            reader.readInt(),
            reader.readInt(),
            new Seeds(
                reader.readBytes(SALT_BYTES),
                reader.readBytes(NONCE_BYTES),
                reader.readBytes(NONCE_BYTES)),
            reader.readBytes(TAG_BYTES),
            reader.readLong(),
            reader.readLong(),
            reader.readInt());
    int expected = reader.readInt();
    int actual = Crc32c.of(bytes, 0, CHECKSUM_OFFSET);
    if (expected != actual) {
      throw FormatHeader.checksumMismatch(name + ": the envelope's header", 0, expected, actual);
    }
    header.checkFields(name);
    header.checkLengths(bytes.length, name);
    return header;
  }

  private void checkFields(String name) {
    if ((flags & ~(GZIP | ENCRYPTED | WITH_PASSWORD)) != 0 || hasPassword() && !isEncrypted()) {
      throw corrupted(name, "unknown flags " + flags);
    }
    boolean sane =
        hasPassword()
            ? iterations >= SnapshotOptions.LEAST_ITERATIONS
                && iterations <= SnapshotOptions.MOST_ITERATIONS
            : iterations == 0;
    if (!sane) {
      throw corrupted(name, (iterations & 0xFFFFFFFFL) + " iterations of PBKDF2");
    }
  }

  private void checkLengths(int length, String name) {
    long available = length - LENGTH_BYTES;
    if (payloadLength != available) {
      boolean isShort = payloadLength > available;
      throw new WeftException(
          isShort ? ErrorCode.TRUNCATED : ErrorCode.CORRUPTED,
          name + ": an envelope of " + payloadLength + " bytes, but there are " + available);
    }
    long stored = isEncrypted() ? payloadLength - TAG_BYTES : payloadLength;
    boolean possible =
        isCompressed()
            ? contentLength >= 0 && contentLength <= stored * MOST_INFLATION
            : contentLength == stored;
    if (stored < 0 || !possible) {
      throw corrupted(
          name, contentLength + " bytes of content cannot come from " + payloadLength + " bytes");
    }
    if (contentLength > ByteWriter.MAX_ARRAY_BYTES) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, name + ": " + contentLength + " bytes are over 2 GiB");
    }
  }

  static WeftException corrupted(String name, String what) {
    return new WeftException(ErrorCode.CORRUPTED, name + ": " + what);
  }
}
