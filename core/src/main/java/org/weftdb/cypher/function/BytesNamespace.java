package org.weftdb.cypher.function;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Utf8;
import org.weftdb.cypher.function.deflate.Compression;
import org.weftdb.cypher.function.deflate.Room;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ByteString;
import org.weftdb.value.Texts;

/**
 * The functions of the namespace {@code bytes}. Where both are taken, a string stands for its
 * UTF-8. What is no text of bytes, and bytes that are no text, give null.
 */
final class BytesNamespace {
  private static final String BASE_64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private BytesNamespace() {}

  static void addTo(Library library) {
    library.category(FunctionCategory.BYTES);
    library.define(
        "bytes.size(input :: BYTES | STRING) :: INTEGER",
        "How many bytes there are; of a string, in UTF-8.",
        a -> size(a[0]));
    library.define(
        "bytes.from_string(text :: STRING, encoding = 'utf-8' :: STRING) :: BYTES",
        "The bytes of a string in 'utf-8', 'latin-1' or 'ascii'; null when it has characters that"
            + " the encoding has not.",
        a -> encoded((String) a[0], encoding("bytes.from_string", a)));
    library.define(
        "bytes.to_string(bytes :: BYTES, encoding = 'utf-8' :: STRING) :: STRING",
        "The string whose bytes these are in 'utf-8', 'latin-1' or 'ascii'; null when they are"
            + " none.",
        a -> decoded((ByteString) a[0], encoding("bytes.to_string", a)));
    library.define(
        "bytes.base64_encode(input :: BYTES | STRING) :: STRING",
        "Bytes in Base64, with the padding of RFC 4648.",
        a -> base64(bytesOf(a[0])));
    library.define(
        "bytes.base64_decode(text :: STRING) :: BYTES",
        "The bytes of a text in Base64, with padding or without; null when it is none.",
        a -> ofBase64((String) a[0]));
    library.define(
        "bytes.hex_encode(input :: BYTES | STRING) :: STRING",
        "Bytes in small hexadecimal digits.",
        a -> StringNamespace.hex(bytesOf(a[0])));
    library.define(
        "bytes.hex_decode(text :: STRING) :: BYTES",
        "The bytes of hexadecimal digits; null when they are none.",
        a -> ofHex((String) a[0]));
    library.defineInContext(
        "bytes.compress(input :: BYTES | STRING, algorithm = 'gzip' :: STRING) :: BYTES",
        "Bytes packed as 'gzip', 'zlib' or 'deflate'.",
        (a, context) ->
            ByteString.owning(
                form("bytes.compress", a)
                    .compress(bytesOf(a[0]), room("bytes.compress", context))));
    library.defineInContext(
        "bytes.decompress(bytes :: BYTES, algorithm = 'gzip' :: STRING) :: BYTES",
        "Bytes unpacked from 'gzip', 'zlib' or 'deflate'.",
        (a, context) ->
            ByteString.owning(
                form("bytes.decompress", a)
                    .decompress(bytesOf(a[0]), room("bytes.decompress", context))));
  }

  /** The bytes of a byte string, or of a string in UTF-8; not to be changed. */
  static byte[] bytesOf(Object value) {
    return value instanceof ByteString bytes ? bytes.toByteArray() : Utf8.encode((String) value);
  }

  private static long size(Object value) {
    return value instanceof ByteString bytes ? bytes.size() : Utf8.lengthBytes((String) value);
  }

  private static Room room(String function, FunctionContext context) {
    return bytes -> context.making(bytes, function + "()");
  }

  private static Compression form(String function, Object[] a) {
    String name = a.length > 1 ? (String) a[1] : "gzip";
    Compression form = Compression.ofText(name);
    if (form == null) {
      throw unknown(function, "'gzip', 'zlib' and 'deflate'", name);
    }
    return form;
  }

  private static WeftException unknown(String function, String known, String actual) {
    return new WeftException(
        ErrorCode.INVALID_ARGUMENT, function + "() knows " + known + ", not '" + actual + "'");
  }

  // ---- Encodings of characters ------------------------------------------------------------------

  /** The greatest character of an encoding with one byte each, or -1 for UTF-8. */
  private static int encoding(String function, Object[] a) {
    String name = a.length > 1 ? (String) a[1] : "utf-8";
    return switch (Texts.lowerAscii(name)) {
      case "utf-8", "utf8" -> -1;
      case "latin-1", "latin1", "iso-8859-1" -> 0xFF;
      case "ascii", "us-ascii" -> 0x7F;
      default -> throw unknown(function, "'utf-8', 'latin-1' and 'ascii'", name);
    };
  }

  private static @Nullable Object encoded(String text, int greatest) {
    if (greatest < 0) {
      return ByteString.owning(Utf8.encode(text));
    }
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) > greatest) {
        return null;
      }
      bytes[i] = (byte) text.charAt(i);
    }
    return ByteString.owning(bytes);
  }

  private static @Nullable Object decoded(ByteString bytes, int greatest) {
    if (greatest < 0) {
      return StringNamespace.tryDecode(bytes.toByteArray(), bytes.size());
    }
    char[] units = new char[bytes.size()];
    for (int i = 0; i < units.length; i++) {
      if (bytes.at(i) > greatest) {
        return null;
      }
      units[i] = (char) bytes.at(i);
    }
    return new String(units);
  }

  // ---- Bytes as text ----------------------------------------------------------------------------

  private static String base64(byte[] bytes) {
    int length = Sizes.text("bytes.base64_encode", (bytes.length + 2L) / 3 * 4);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < bytes.length; i += 3) {
      int left = bytes.length - i;
      int three =
          (bytes[i] & 0xFF) << 16
              | (left > 1 ? (bytes[i + 1] & 0xFF) << 8 : 0)
              | (left > 2 ? bytes[i + 2] & 0xFF : 0);
      text.append(BASE_64.charAt(three >> 18)).append(BASE_64.charAt(three >> 12 & 63));
      text.append(left > 1 ? BASE_64.charAt(three >> 6 & 63) : '=');
      text.append(left > 2 ? BASE_64.charAt(three & 63) : '=');
    }
    return text.toString();
  }

  private static @Nullable Object ofBase64(String text) {
    int end = text.length();
    if (end > 0 && end % 4 == 0 && text.charAt(end - 1) == '=') {
      end -= text.charAt(end - 2) == '=' ? 2 : 1;
    }
    if (end % 4 == 1) {
      return null;
    }
    byte[] bytes = new byte[(int) (end * 3L / 4)];
    int size = 0;
    int bits = 0;
    for (int i = 0; i < end; i++) {
      int digit = base64Digit(text.charAt(i));
      if (digit < 0) {
        return null;
      }
      bits = bits << 6 | digit;
      if ((i & 3) != 0) {
        bytes[size++] = (byte) (bits >> 6 - 2 * (i & 3));
      }
    }
    // Bits that belong to no byte are zero, or two texts would stand for the same bytes.
    int spare = (end & 3) == 2 ? 15 : (end & 3) == 3 ? 3 : 0;
    return (bits & spare) == 0 ? ByteString.owning(bytes) : null;
  }

  private static int base64Digit(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    } else if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    } else if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }

  private static @Nullable Object ofHex(String text) {
    if ((text.length() & 1) != 0) {
      return null;
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = hexDigit(text.charAt(2 * i));
      int low = hexDigit(text.charAt(2 * i + 1));
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return ByteString.owning(bytes);
  }

  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int small = c | 0x20;
    return small >= 'a' && small <= 'f' && c < 0x80 ? small - 'a' + 10 : -1;
  }
}
