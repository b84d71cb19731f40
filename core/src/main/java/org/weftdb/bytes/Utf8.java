package org.weftdb.bytes;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Text as UTF-8, written and read without the platform's character sets.
 *
 * <p>Every Java string round-trips: a surrogate without its partner is written as the three bytes
 * of its code point (WTF-8, Simon Sapin 2018). The form is canonical, so equal strings have equal
 * bytes and unequal strings unequal bytes: overlong forms, code points above U+10FFFF and a pair of
 * surrogates written as two three-byte forms are rejected. Byte order of the encoded forms is code
 * point order.
 *
 * <p>Not promised: that what is written is valid UTF-8 for others when the string has unpaired
 * surrogates.
 */
public final class Utf8 {
  private Utf8() {}

  /** The bytes that {@link #encode} writes for this text, at most three times its length. */
  public static long lengthBytes(String text) {
    int length = text.length();
    long bytes = length;
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        bytes += unit < 0x800 ? 1 : 2;
        if (isPairAt(text, i, length)) {
          // Four bytes for two units: one unit above the two that the length counted.
          i++;
        }
      }
    }
    return bytes;
  }

  private static boolean isPairAt(String text, int index, int length) {
    return (text.charAt(index) & 0xFC00) == 0xD800
        && index + 1 < length
        && (text.charAt(index + 1) & 0xFC00) == 0xDC00;
  }

  /**
   * Writes a text into an array that has room for it and returns the offset behind it.
   *
   * @param target at least {@code offset + lengthBytes(text)} bytes long
   */
  public static int encode(String text, byte[] target, int offset) {
    int length = text.length();
    int at = offset;
    int i = 0;
    while (i < length) {
      char unit = text.charAt(i++);
      if (unit < 0x80) {
        target[at++] = (byte) unit;
      } else if (unit < 0x800) {
        target[at++] = (byte) (0xC0 | unit >> 6);
        target[at++] = (byte) (0x80 | unit & 0x3F);
      } else if (isPairAt(text, i - 1, length)) {
        int codePoint = 0x10000 + ((unit & 0x3FF) << 10 | text.charAt(i++) & 0x3FF);
        target[at++] = (byte) (0xF0 | codePoint >> 18);
        target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        target[at++] = (byte) (0x80 | codePoint & 0x3F);
      } else {
        target[at++] = (byte) (0xE0 | unit >> 12);
        target[at++] = (byte) (0x80 | unit >> 6 & 0x3F);
        target[at++] = (byte) (0x80 | unit & 0x3F);
      }
    }
    return at;
  }

  /** The encoded form of a text, of exactly its length. */
  public static byte[] encode(String text) {
    long length = lengthBytes(text);
    if (length > ByteWriter.MAX_ARRAY_BYTES) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE, "a text of " + length + " bytes does not fit into one array");
    }
    byte[] bytes = new byte[(int) length];
    encode(text, bytes, 0);
    return bytes;
  }

  /** Decodes a whole array. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * Decodes a range of an array.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} naming the offset in the array of the first
   *     byte that cannot be
   * @throws IndexOutOfBoundsException when the range is not inside the array
   */
  public static String decode(byte[] bytes, int offset, int length) {
    if ((offset | length) < 0 || length > bytes.length - offset) {
      throw new IndexOutOfBoundsException(
          "range " + offset + "+" + length + " in an array of " + bytes.length + " bytes");
    }
    // One unit per byte is the most there can be.
    return decode(bytes, offset, length, new char[length]);
  }

  /**
   * Decodes a range of an array like {@link #decode(byte[], int, int)}, for many texts in a row.
   *
   * @param units at least {@code length} long; overwritten
   */
  public static String decode(byte[] bytes, int offset, int length, char[] units) {
    int end = offset + length;
    int count = 0;
    int at = offset;
    while (at < end && bytes[at] >= 0) {
      units[count++] = (char) bytes[at++];
    }
    return at == end ? new String(units, 0, count) : decodeRest(bytes, at, end, units, count);
  }

  private static String decodeRest(byte[] bytes, int from, int end, char[] units, int decoded) {
    int count = decoded;
    int at = from;
    while (at < end) {
      int first = bytes[at];
      if (first >= 0) {
        units[count++] = (char) first;
        at++;
      } else if ((first & 0xE0) == 0xC0) {
        int unit = (first & 0x1F) << 6 | continuation(bytes, at, 1, end);
        check(unit >= 0x80, bytes, at);
        units[count++] = (char) unit;
        at += 2;
      } else if ((first & 0xF0) == 0xE0) {
        int unit =
            (first & 0x0F) << 12
                | continuation(bytes, at, 1, end) << 6
                | continuation(bytes, at, 2, end);
        check(unit >= 0x800, bytes, at);
        // A high surrogate written apart from the low one behind it is not the canonical form.
        check((unit & 0xFC00) != 0xDC00 || !endsWithHighSurrogate(bytes, from, at), bytes, at);
        units[count++] = (char) unit;
        at += 3;
      } else {
        check((first & 0xF8) == 0xF0, bytes, at);
        int codePoint =
            (first & 0x07) << 18
                | continuation(bytes, at, 1, end) << 12
                | continuation(bytes, at, 2, end) << 6
                | continuation(bytes, at, 3, end);
        check(codePoint >= 0x10000 && codePoint <= 0x10FFFF, bytes, at);
        units[count++] = (char) (0xD800 + (codePoint - 0x10000 >> 10));
        units[count++] = (char) (0xDC00 + (codePoint & 0x3FF));
        at += 4;
      }
    }
    return new String(units, 0, count);
  }

  /** Whether the three bytes before {@code at}, all decoded already, were a high surrogate. */
  private static boolean endsWithHighSurrogate(byte[] bytes, int from, int at) {
    return at - from >= 3 && bytes[at - 3] == (byte) 0xED && (bytes[at - 2] & 0xF0) == 0xA0;
  }

  private static int continuation(byte[] bytes, int start, int index, int end) {
    int at = start + index;
    if (at >= end) {
      throw new WeftException(
          ErrorCode.CORRUPTED, "malformed UTF-8: the text ends inside the character at " + start);
    }
    int value = bytes[at];
    check((value & 0xC0) == 0x80, bytes, at);
    return value & 0x3F;
  }

  private static void check(boolean valid, byte[] bytes, int at) {
    if (!valid) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          "malformed UTF-8: unexpected byte " + (bytes[at] & 0xFF) + " at offset " + at);
    }
  }
}
