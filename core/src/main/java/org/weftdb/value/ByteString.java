package org.weftdb.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A string of bytes: a value of the type BYTES.
 *
 * <p>Byte strings are equal when their bytes are, and compared and sorted byte by byte, each from 0
 * to 255; a prefix is less. Immutable; arrays are copied on the way in and out.
 */
public final class ByteString {
  /** No operator or function makes a longer one. */
  public static final int MAX_SIZE = 100_000_000;

  private static final String DIGITS = "0123456789ABCDEF";

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A string of these bytes. */
  public static ByteString copyOf(byte[] bytes) {
    return new ByteString(Arrays.copyOf(bytes, bytes.length));
  }

  /** A string of an array that nobody changes any more. */
  public static ByteString owning(byte[] bytes) {
    return new ByteString(bytes);
  }

  /** How many bytes there are. */
  public int size() {
    return bytes.length;
  }

  /** A byte by its place, from 0: 0 to 255. */
  public int at(int place) {
    return bytes[place] & 0xFF;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  /** The array itself, for those who only read it. */
  byte[] array() {
    return bytes;
  }

  /**
   * The bytes of this string and then of the other.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when they are more than {@link
   *     #MAX_SIZE}
   */
  public ByteString concatenate(ByteString other) {
    if (bytes.length + (long) other.bytes.length > MAX_SIZE) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a byte string of more than " + MAX_SIZE + " bytes");
    }
    byte[] joined = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
    System.arraycopy(other.bytes, 0, joined, bytes.length, other.bytes.length);
    return new ByteString(joined);
  }

  /**
   * Less than, equal to or greater than zero as {@code a} sorts before, with or after {@code b}.
   */
  static int compare(ByteString a, ByteString b) {
    int shorter = Math.min(a.bytes.length, b.bytes.length);
    for (int i = 0; i < shorter; i++) {
      if (a.bytes[i] != b.bytes[i]) {
        return a.at(i) < b.at(i) ? -1 : 1;
      }
    }
    return Integer.compare(a.bytes.length, b.bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || other instanceof ByteString string && compare(this, string) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 17;
    for (byte b : bytes) {
      hash = hash * 31 + b;
    }
    return hash;
  }

  /** The bytes in hexadecimal digits, as a byte string literal of GQL: {@code X'00FF'}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(2 * bytes.length + 3).append("X'");
    for (byte b : bytes) {
      text.append(DIGITS.charAt(b >> 4 & 0xF)).append(DIGITS.charAt(b & 0xF));
    }
    return text.append('\'').toString();
  }
}
