package org.weftdb.jvm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FormatHeader;

/**
 * Puts the bytes of a snapshot or archive into an envelope, compressed, encrypted or both, and
 * takes them out; {@link EnvelopeHeader} has the bytes.
 *
 * <p>Compression and cryptography are the JDK's. Nothing of the content is handed out before its
 * tag or checksum was found right. What is kept while an envelope is opened grows with what really
 * comes out of it, up to the length that its header says.
 *
 * <p>Not promised: that lengths are hidden; an envelope shows about how large the content is, and
 * compressed content shows how well it compresses.
 */
public final class Envelope {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int PIECE_BYTES = 1 << 20;
  private static final int STREAM_BYTES = 1 << 16;

  private Envelope() {}

  /**
   * Puts the first bytes of an array into an envelope.
   *
   * @param random fills an array with random bytes, which nobody else can know or has used with the
   *     same key
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when the envelope would be over 2 GiB
   */
  public static ByteWriter seal(
      byte[] content, int length, SnapshotOptions options, Consumer<byte[]> random) {
    EnvelopeSecret secret = options.secret();
    if (secret == null) {
      return sealWithChecksum(content, length, options.gzipLevel());
    }
    byte[] inner = content;
    int innerLength = length;
    if (options.gzipLevel() > 0) {
      ByteWriter deflated = new ByteWriter(STREAM_BYTES);
      compress(content, length, options.gzipLevel(), deflated);
      inner = deflated.array();
      innerLength = deflated.position();
    }
    try {
      return encrypt(inner, innerLength, length, options, secret, random);
    } catch (GeneralSecurityException missing) {
      throw unsupported(missing);
    }
  }

  private static ByteWriter sealWithChecksum(byte[] content, int length, int gzipLevel) {
    ByteWriter target = new ByteWriter(STREAM_BYTES);
    target.writeBytes(new byte[EnvelopeHeader.LENGTH_BYTES]);
    if (gzipLevel > 0) {
      compress(content, length, gzipLevel, target);
    } else {
      target.writeBytes(content, 0, length);
    }
    int payloadLength = target.position() - EnvelopeHeader.LENGTH_BYTES;
    byte[] header =
        new EnvelopeHeader(
                gzipLevel > 0 ? EnvelopeHeader.GZIP : 0,
                0,
                EnvelopeHeader.Seeds.zeros(),
                new byte[EnvelopeHeader.TAG_BYTES],
                payloadLength,
                length,
                Crc32c.of(target.array(), EnvelopeHeader.LENGTH_BYTES, payloadLength))
            .encode();
    System.arraycopy(header, 0, target.array(), 0, header.length);
    return target;
  }

  private static void compress(byte[] content, int length, int level, ByteWriter target) {
    try (GZIPOutputStream stream = new LevelledGzip(new WriterStream(target), level)) {
      for (int at = 0; at < length; at += PIECE_BYTES) {
        stream.write(content, at, Math.min(PIECE_BYTES, length - at));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("writing into memory failed", impossible);
    }
  }

  private static ByteWriter encrypt(
      byte[] inner,
      int innerLength,
      int contentLength,
      SnapshotOptions options,
      EnvelopeSecret secret,
      Consumer<byte[]> random)
      throws GeneralSecurityException {
    EnvelopeHeader.Seeds seeds = EnvelopeHeader.Seeds.zeros();
    random.accept(seeds.nonce());
    random.accept(seeds.checkNonce());
    if (Arrays.equals(seeds.nonce(), seeds.checkNonce())) {
      throw new IllegalStateException("the source of randomness gives the same bytes twice");
    }
    int iterations = 0;
    int flags = EnvelopeHeader.ENCRYPTED;
    if (options.gzipLevel() > 0) {
      flags |= EnvelopeHeader.GZIP;
    }
    if (secret.isPassword()) {
      random.accept(seeds.salt());
      iterations = options.iterations();
      flags |= EnvelopeHeader.WITH_PASSWORD;
    }
    SecretKey key = secret.cipherKey(seeds.salt(), iterations);
    long payloadLength = (long) innerLength + EnvelopeHeader.TAG_BYTES;
    EnvelopeHeader unchecked =
        new EnvelopeHeader(
            flags,
            iterations,
            seeds,
            new byte[EnvelopeHeader.TAG_BYTES],
            payloadLength,
            contentLength,
            0);
    byte[] header =
        new EnvelopeHeader(
                flags, iterations, seeds, keyCheck(key, unchecked), payloadLength, contentLength, 0)
            .encode();
    ByteWriter target = new ByteWriter();
    target.ensureRoom(EnvelopeHeader.LENGTH_BYTES + payloadLength);
    target.writeBytes(header);
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, seeds.nonce(), header);
    for (int at = 0; at < innerLength; at += PIECE_BYTES) {
      writePiece(target, cipher.update(inner, at, Math.min(PIECE_BYTES, innerLength - at)));
    }
    writePiece(target, cipher.doFinal());
    return target;
  }

  private static void writePiece(ByteWriter target, byte @Nullable [] piece) {
    if (piece != null) {
      target.writeBytes(piece);
    }
  }

  private static byte[] keyCheck(SecretKey key, EnvelopeHeader header)
      throws GeneralSecurityException {
    byte[] covered = header.checkedBytes();
    return cipher(Cipher.ENCRYPT_MODE, key, header.seeds().checkNonce(), covered).doFinal();
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] additional)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(EnvelopeHeader.TAG_BYTES * 8, nonce));
    cipher.updateAAD(additional);
    return cipher;
  }

  /**
   * Takes the content out of an envelope. Bytes that are in none are given back as they are, unless
   * there is a password or key, which would vouch for nothing then.
   *
   * @param options the password or key, if any; all else stands in the envelope
   * @param name what messages call the bytes
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT}; {@link ErrorCode#TRUNCATED} when bytes
   *     are missing at the end; {@link ErrorCode#CORRUPTED} when a checksum is not right or the
   *     content is not what was promised; {@link ErrorCode#KEY_REQUIRED}; {@link
   *     ErrorCode#WRONG_KEY}; {@link ErrorCode#TAMPERED} when the key is right and the bytes are
   *     not those that were encrypted; {@link ErrorCode#NOT_ENCRYPTED}; {@link
   *     ErrorCode#FORMAT_TOO_NEW}
   */
  public static byte[] open(byte[] bytes, SnapshotOptions options, String name) {
    EnvelopeSecret secret = options.secret();
    boolean wrapped = FormatHeader.formatOf(bytes, name).equals(EnvelopeHeader.FORMAT.name());
    EnvelopeHeader header = wrapped ? EnvelopeHeader.read(bytes, name) : null;
    boolean encrypted = header != null && header.isEncrypted();
    if (secret != null && !encrypted) {
      throw new WeftException(
          ErrorCode.NOT_ENCRYPTED,
          name + " is not encrypted: whoever trusts it loads it without a password or key");
    }
    if (header == null) {
      return bytes;
    }
    if (encrypted && secret == null) {
      throw new WeftException(
          ErrorCode.KEY_REQUIRED,
          name
              + " is encrypted: its "
              + (header.hasPassword() ? "password" : "key")
              + " is needed");
    }
    int payloadLength = (int) header.payloadLength();
    if (secret != null) {
      byte[] inner = decrypt(bytes, header, secret, name);
      return header.isCompressed()
          ? decompress(inner, 0, inner.length, (int) header.contentLength(), name)
          : inner;
    }
    int actual = Crc32c.of(bytes, EnvelopeHeader.LENGTH_BYTES, payloadLength);
    if (actual != header.payloadChecksum()) {
      throw FormatHeader.checksumMismatch(
          name + ": what is in the envelope",
          EnvelopeHeader.LENGTH_BYTES,
          header.payloadChecksum(),
          actual);
    }
    return header.isCompressed()
        ? decompress(
            bytes, EnvelopeHeader.LENGTH_BYTES, payloadLength, (int) header.contentLength(), name)
        : Arrays.copyOfRange(bytes, EnvelopeHeader.LENGTH_BYTES, bytes.length);
  }

  private static byte[] decrypt(
      byte[] bytes, EnvelopeHeader header, EnvelopeSecret secret, String name) {
    if (header.hasPassword() != secret.isPassword()) {
      throw new WeftException(
          ErrorCode.WRONG_KEY,
          name
              + (header.hasPassword()
                  ? " is encrypted with a password, not with a key"
                  : " is encrypted with a key, not with a password"));
    }
    try {
      SecretKey key = secret.cipherKey(header.seeds().salt(), header.iterations());
      if (!MessageDigest.isEqual(keyCheck(key, header), header.keyCheck())) {
        throw new WeftException(
            ErrorCode.WRONG_KEY,
            name
                + ": the "
                + (header.hasPassword() ? "password" : "key")
                + " is not the right one");
      }
      byte[] additional = Arrays.copyOf(bytes, EnvelopeHeader.LENGTH_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key, header.seeds().nonce(), additional)
          .doFinal(bytes, EnvelopeHeader.LENGTH_BYTES, (int) header.payloadLength());
    } catch (AEADBadTagException changed) {
      throw new WeftException(
          ErrorCode.TAMPERED,
          name + ": these are not the bytes that were encrypted; the key is the right one",
          null,
          changed);
    } catch (GeneralSecurityException missing) {
      throw unsupported(missing);
    }
  }

  private static byte[] decompress(
      byte[] source, int offset, int length, int contentLength, String name) {
    // The length is only believed as far as bytes come: a header alone must not cost memory.
    int expected = (int) Math.min(contentLength, 4L * length);
    ByteWriter target = new ByteWriter(expected, contentLength);
    byte[] piece = new byte[STREAM_BYTES];
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(source, offset, length), STREAM_BYTES)) {
      for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
        if (read > contentLength - target.position()) {
          throw EnvelopeHeader.corrupted(
              name, "more than the " + contentLength + " bytes come out that were put in");
        }
        target.writeBytes(piece, 0, read);
      }
    } catch (IOException damaged) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          name + ": what is in the envelope is no gzip: " + damaged.getMessage(),
          null,
          damaged);
    }
    if (target.position() != contentLength) {
      throw EnvelopeHeader.corrupted(
          name, target.position() + " bytes come out, but " + contentLength + " were put in");
    }
    byte[] content = target.array();
    return content.length == contentLength ? content : Arrays.copyOf(content, contentLength);
  }

  private static WeftException unsupported(GeneralSecurityException cause) {
    return new WeftException(
        ErrorCode.INVALID_USE, "this JVM cannot encrypt: " + cause.getMessage(), null, cause);
  }

  /** The JDK's gzip with a level. */
  private static final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(OutputStream target, int level) throws IOException {
      super(target, STREAM_BYTES);
      def.setLevel(level);
    }
  }

  private static final class WriterStream extends OutputStream {
    private final ByteWriter target;

    WriterStream(ByteWriter target) {
      this.target = target;
    }

    @Override
    public void write(int value) {
      target.writeByte(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      target.writeBytes(bytes, offset, length);
    }
  }
}
