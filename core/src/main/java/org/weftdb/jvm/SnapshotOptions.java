package org.weftdb.jvm;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Whether a snapshot or an archive is compressed and encrypted, and with what.
 *
 * <pre>
 * try (SnapshotOptions options = SnapshotOptions.plain().gzip(6).password(password)) {
 *   database.saveSnapshot(file, options);
 * }
 * </pre>
 *
 * <p>Whoever reads gives the password or key only; what was done to the bytes stands in them.
 * Passwords and keys are copied when they are given, and {@link #close} overwrites the copies; the
 * caller overwrites its own. Every method returns other options and leaves these as they were, but
 * all made from one another share the password or key, and so its end.
 *
 * <p>Not promised: that no other copy stays in the heap, since the cipher of the JDK makes its own.
 */
public final class SnapshotOptions implements AutoCloseable {
  /** The iterations of PBKDF2 when nothing is said. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  /** The fewest iterations that are written and read. */
  public static final int LEAST_ITERATIONS = 1_000;

  /** The most, some seconds of work, so that nobody's file can keep a reader for longer. */
  public static final int MOST_ITERATIONS = 10_000_000;

  /** The bytes of a key. */
  public static final int KEY_BYTES = 32;

  private static final SnapshotOptions PLAIN = new SnapshotOptions(0, DEFAULT_ITERATIONS, null);

  private final int gzipLevel;
  private final int iterations;
  private final @Nullable EnvelopeSecret secret;

  private SnapshotOptions(int gzipLevel, int iterations, @Nullable EnvelopeSecret secret) {
    this.gzipLevel = gzipLevel;
    this.iterations = iterations;
    this.secret = secret;
  }

  /** Neither compressed nor encrypted. */
  public static SnapshotOptions plain() {
    return PLAIN;
  }

  /**
   * Compresses with gzip.
   *
   * @param level from 1, the fastest, to 9, the smallest
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT} for another level
   */
  public SnapshotOptions gzip(int level) {
    if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
      throw invalid("a gzip level of " + level + ", but it is from 1 to 9");
    }
    return new SnapshotOptions(level, iterations, secret);
  }

  /**
   * Encrypts with a password, of whose UTF-8 the key is made; no form of Unicode is made another.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT} for an empty password, one with an
   *     unpaired surrogate, or a second password or key
   */
  public SnapshotOptions password(char[] password) {
    checkIsFirstSecret();
    return new SnapshotOptions(gzipLevel, iterations, EnvelopeSecret.ofPassword(password));
  }

  /**
   * Encrypts with a key of 32 random bytes. With one key at most 2^32 snapshots may be encrypted.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT} for another length, or a second
   *     password or key
   */
  public SnapshotOptions key(byte[] key) {
    checkIsFirstSecret();
    return new SnapshotOptions(gzipLevel, iterations, EnvelopeSecret.ofKey(key));
  }

  /**
   * How often PBKDF2 iterates to make a key of the password; {@link #DEFAULT_ITERATIONS} when
   * nothing is said. Who tries passwords has as much work for each of them.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT} below {@link #LEAST_ITERATIONS} or
   *     above {@link #MOST_ITERATIONS}
   */
  public SnapshotOptions iterations(int value) {
    if (value < LEAST_ITERATIONS || value > MOST_ITERATIONS) {
      throw invalid(
          value + " iterations, but they are from " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS);
    }
    return new SnapshotOptions(gzipLevel, value, secret);
  }

  private void checkIsFirstSecret() {
    if (secret != null) {
      throw invalid("one password or one key encrypts a snapshot, not two");
    }
  }

  static WeftException invalid(String what) {
    return new WeftException(ErrorCode.INVALID_ARGUMENT, what);
  }

  /** Whether there is neither compression nor a password or key. */
  public boolean isPlain() {
    return gzipLevel == 0 && secret == null;
  }

  /** Whether there is a password or key. */
  public boolean hasKey() {
    return secret != null;
  }

  /** 0 when nothing is to be compressed. */
  int gzipLevel() {
    return gzipLevel;
  }

  int iterations() {
    return iterations;
  }

  @Nullable EnvelopeSecret secret() {
    return secret;
  }

  /** Overwrites the password or key; these options cannot encrypt or decrypt any more. */
  @Override
  public void close() {
    if (secret != null) {
      secret.wipe();
    }
  }
}
