package org.weftdb.cypher.function.deflate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.Crc32;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The forms in which DEFLATE is found. */
public enum Compression {
  /** With a header and a checksum: RFC 1952. Several such members one behind another are one. */
  GZIP,
  /** With two bytes before it and another checksum: RFC 1950. */
  ZLIB,
  /** Nothing but the blocks. */
  DEFLATE;

  private static final int METHOD = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  /** The form of a name in any case, or null. */
  public static @Nullable Compression ofText(String name) {
    for (Compression form : values()) {
      if (form.name().equalsIgnoreCase(name)) {
        return form;
      }
    }
    return null;
  }

  /** Packs bytes. */
  public byte[] compress(byte[] bytes, Room room) {
    BitOutput out = new BitOutput(room);
    switch (this) {
      case GZIP -> {
        // No flags, no time, nothing about the effort, and an unknown system.
        byte[] header = {0x1F, (byte) 0x8B, METHOD, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
        out.writeBytes(header, 0, header.length);
      }
      case ZLIB -> {
        byte[] header = {0x78, (byte) 0x9C};
        out.writeBytes(header, 0, header.length);
      }
      case DEFLATE -> {}
    }
    new Deflater(bytes, out, room).deflate();
    switch (this) {
      case GZIP -> {
        out.writeInt(Crc32.of(bytes, 0, bytes.length));
        out.writeInt(bytes.length);
      }
      case ZLIB -> out.writeInt(Integer.reverseBytes(adler32(bytes, 0, bytes.length)));
      case DEFLATE -> {}
    }
    return out.toByteArray();
  }

  /**
   * Unpacks bytes.
   *
   * @throws WeftException {@link ErrorCode#INVALID_ARGUMENT_VALUE} when they are malformed, cut or
   *     damaged, or when something follows them
   */
  public byte[] decompress(byte[] bytes, Room room) {
    Inflater inflater = new Inflater(bytes, room);
    int at = 0;
    do {
      int start = inflater.size();
      inflater.inflate(headerEnd(bytes, at));
      at = trailerEnd(bytes, inflater, start);
      if (this != GZIP && at < bytes.length) {
        throw Inflater.malformed("more bytes behind the end");
      }
    } while (at < bytes.length);
    room.take(inflater.size());
    return Arrays.copyOf(inflater.output(), inflater.size());
  }

  private static int byteAt(byte[] bytes, int at) {
    if (at >= bytes.length) {
      throw Inflater.malformed("an end too early");
    }
    return bytes[at] & 0xFF;
  }

  private static int intAt(byte[] bytes, int at) {
    return byteAt(bytes, at)
        | byteAt(bytes, at + 1) << 8
        | byteAt(bytes, at + 2) << 16
        | byteAt(bytes, at + 3) << 24;
  }

  private int headerEnd(byte[] bytes, int start) {
    return switch (this) {
      case GZIP -> gzipHeaderEnd(bytes, start);
      case ZLIB -> {
        int method = byteAt(bytes, start);
        int flags = byteAt(bytes, start + 1);
        if ((method << 8 | flags) % 31 != 0 || (method & 15) != METHOD || method >> 4 > 7) {
          throw Inflater.malformed("no header of zlib");
        }
        if ((flags & 0x20) != 0) {
          throw Inflater.malformed("a dictionary of its own, which is not supported");
        }
        yield start + 2;
      }
      case DEFLATE -> start;
    };
  }

  private static int gzipHeaderEnd(byte[] bytes, int start) {
    if (byteAt(bytes, start) != 0x1F
        || byteAt(bytes, start + 1) != 0x8B
        || byteAt(bytes, start + 2) != METHOD) {
      throw Inflater.malformed("no header of gzip");
    }
    int flags = byteAt(bytes, start + 3);
    int at = start + 10;
    if ((flags & EXTRA) != 0) {
      at += 2 + (byteAt(bytes, at) | byteAt(bytes, at + 1) << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        while (byteAt(bytes, at) != 0) {
          at++;
        }
        at++;
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      int checksum = byteAt(bytes, at) | byteAt(bytes, at + 1) << 8;
      if ((Crc32.of(bytes, start, at - start) & 0xFFFF) != checksum) {
        throw Inflater.malformed("a header whose checksum does not fit");
      }
      at += 2;
    }
    return at;
  }

  private int trailerEnd(byte[] bytes, Inflater inflater, int start) {
    int at = inflater.position();
    int size = inflater.size() - start;
    switch (this) {
      case GZIP -> {
        if (intAt(bytes, at) != Crc32.of(inflater.output(), start, size)
            || intAt(bytes, at + 4) != size) {
          throw Inflater.malformed("bytes whose checksum does not fit");
        }
        return at + 8;
      }
      case ZLIB -> {
        if (intAt(bytes, at) != Integer.reverseBytes(adler32(inflater.output(), start, size))) {
          throw Inflater.malformed("bytes whose checksum does not fit");
        }
        return at + 4;
      }
      case DEFLATE -> {
        return at;
      }
    }
    throw new IllegalStateException();
  }

  private static int adler32(byte[] bytes, int offset, int length) {
    int a = 1;
    int b = 0;
    for (int i = offset, end = offset + length; i < end; ) {
      // So many additions stay below 2^31.
      int pause = Math.min(end, i + 3800);
      for (; i < pause; i++) {
        a += bytes[i] & 0xFF;
        b += a;
      }
      a %= 65521;
      b %= 65521;
    }
    return b << 16 | a;
  }
}
