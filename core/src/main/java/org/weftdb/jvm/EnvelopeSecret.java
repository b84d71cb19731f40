package org.weftdb.jvm;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** A copy of a password or key, until it is wiped. For any number of threads. */
final class EnvelopeSecret {
  private final char @Nullable [] password;
  private final byte @Nullable [] key;
  private boolean wiped;

  private EnvelopeSecret(char @Nullable [] password, byte @Nullable [] key) {
    this.password = password;
    this.key = key;
  }

  static EnvelopeSecret ofPassword(char[] password) {
    char[] copy = Arrays.copyOf(password, password.length);
    if (copy.length == 0) {
      throw SnapshotOptions.invalid("the password is empty");
    }
    for (int i = 0; i < copy.length; i++) {
      if (Character.isHighSurrogate(copy[i])
          && i + 1 < copy.length
          && Character.isLowSurrogate(copy[i + 1])) {
        i++;
      } else if (Character.isSurrogate(copy[i])) {
        // It has no UTF-8, and each platform puts something else in its place.
        Arrays.fill(copy, '\0');
        throw SnapshotOptions.invalid("the password has an unpaired surrogate");
      }
    }
    return new EnvelopeSecret(copy, null);
  }

  static EnvelopeSecret ofKey(byte[] key) {
    if (key.length != SnapshotOptions.KEY_BYTES) {
      throw SnapshotOptions.invalid(
          "a key of " + key.length + " bytes, but it has " + SnapshotOptions.KEY_BYTES);
    }
    return new EnvelopeSecret(null, Arrays.copyOf(key, key.length));
  }

  boolean isPassword() {
    return password != null;
  }

  /** The key for the cipher: made of the password by PBKDF2-HMAC-SHA-256, or the key itself. */
  SecretKey cipherKey(byte[] salt, int iterations) throws GeneralSecurityException {
    byte[] bytes = keyBytes(salt, iterations);
    try {
      return new SecretKeySpec(bytes, "AES");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] keyBytes(byte[] salt, int iterations) throws GeneralSecurityException {
    PBEKeySpec spec;
    synchronized (this) {
      if (wiped) {
        throw new WeftException(ErrorCode.CLOSED, "the options with the password are closed");
      }
      if (password == null) {
        byte[] raw = key == null ? new byte[0] : key;
        return Arrays.copyOf(raw, raw.length);
      }
      spec = new PBEKeySpec(password, salt, iterations, SnapshotOptions.KEY_BYTES * 8);
    }
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  synchronized void wipe() {
    wiped = true;
    if (password != null) {
      Arrays.fill(password, '\0');
    }
    if (key != null) {
      Arrays.fill(key, (byte) 0);
    }
  }
}
