package org.weftdb.storage;

import java.util.Arrays;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The first bytes of every file of WeftDB: whose it is, of which format, in which version.
 *
 * <pre>
 * offset
 *   0  magic     8 bytes – 89 57 45 46 54 0D 0A 1A: a byte above 127, "WEFT", and line ends that a
 *                transfer as text would change
 *   8  format    4 bytes – ASCII name: "SNAP", "WLOG", "BASE", "ENVL", "ARCH"
 *  12  version   u32     – from 1; each format has an append-only enum of its versions
 *  16  zero      u32     – 0
 *  20  checksum  u32     – CRC-32C of bytes 0 to 19
 *  24  the format's own bytes
 * </pre>
 *
 * <p>These 24 bytes are the same in all versions for ever, so that any version can tell "not ours",
 * "damaged", "too new" and "too old" apart.
 */
public final class FormatHeader {
  /** The bytes of a header. */
  public static final int LENGTH_BYTES = 24;

  private static final int CHECKSUM_OFFSET = 20;
  private static final byte[] MAGIC = {(byte) 0x89, 'W', 'E', 'F', 'T', '\r', '\n', 0x1A};

  private FormatHeader() {}

  /** Writes a header at the position of the writer. */
  public static void write(ByteWriter target, FileFormat format) {
    int start = target.position();
    target.writeBytes(MAGIC);
    for (int i = 0; i < FileFormat.NAME_LENGTH; i++) {
      target.writeByte(format.name().charAt(i));
    }
    target.writeInt(format.newestVersion());
    target.writeInt(0);
    target.writeInt(Crc32c.of(target.array(), start, CHECKSUM_OFFSET));
  }

  /**
   * Reads a header and returns the version, which is one that the format knows.
   *
   * @param source the file's beginning, at least as much of it as there is up to {@link
   *     #LENGTH_BYTES}
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT}, {@link ErrorCode#TRUNCATED}, {@link
   *     ErrorCode#CORRUPTED}, {@link ErrorCode#FORMAT_TOO_NEW} or {@link ErrorCode#FORMAT_TOO_OLD}
   */
  public static int read(ByteReader source, FileFormat format, String fileName) {
    byte[] header = source.readBytes(Math.min(source.remaining(), LENGTH_BYTES));
    String found = formatIn(header, fileName);
    if (!found.equals(format.name())) {
      throw new WeftException(
          ErrorCode.NOT_OUR_FORMAT,
          fileName
              + ": a file of WeftDB, but of the format "
              + found
              + ", not of the format "
              + format.name());
    }
    ByteReader reader = new ByteReader(header);
    reader.seek(MAGIC.length + FileFormat.NAME_LENGTH);
    return checkVersion(reader.readInt(), format, fileName);
  }

  /**
   * The name of the format that bytes are of, as their header says, whether it is known here or
   * not.
   *
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT}, {@link ErrorCode#TRUNCATED} or {@link
   *     ErrorCode#CORRUPTED} when they do not begin with a sound header
   */
  public static String formatOf(byte[] bytes, String fileName) {
    return formatIn(Arrays.copyOf(bytes, Math.min(bytes.length, LENGTH_BYTES)), fileName);
  }

  private static String formatIn(byte[] header, String fileName) {
    for (int i = 0; i < Math.min(header.length, MAGIC.length); i++) {
      if (header[i] != MAGIC[i]) {
        throw new WeftException(
            ErrorCode.NOT_OUR_FORMAT, fileName + ": these are not bytes that WeftDB wrote");
      }
    }
    if (header.length < LENGTH_BYTES) {
      throw new WeftException(
          ErrorCode.TRUNCATED,
          fileName + ": " + header.length + " bytes are fewer than a file's header has");
    }
    ByteReader reader = new ByteReader(header);
    reader.seek(CHECKSUM_OFFSET);
    int expected = reader.readInt();
    int actual = Crc32c.of(header, 0, CHECKSUM_OFFSET);
    if (expected != actual) {
      throw checksumMismatch(fileName + ": the header", 0, expected, actual);
    }
    char[] name = new char[FileFormat.NAME_LENGTH];
    for (int i = 0; i < name.length; i++) {
      name[i] = (char) (header[MAGIC.length + i] & 0xFF);
    }
    return new String(name);
  }

  private static int checkVersion(int version, FileFormat format, String fileName) {
    if (Integer.compareUnsigned(version, format.newestVersion()) > 0) {
      throw new WeftException(
          ErrorCode.FORMAT_TOO_NEW,
          fileName
              + ": version "
              + (version & 0xFFFFFFFFL)
              + " of the format "
              + format.name()
              + " is newer than "
              + format.newestVersion()
              + ", the newest that this WeftDB reads");
    }
    if (version < format.oldestVersion()) {
      throw new WeftException(
          ErrorCode.FORMAT_TOO_OLD,
          fileName
              + ": version "
              + version
              + " of the format "
              + format.name()
              + " is older than "
              + format.oldestVersion()
              + ", the oldest that this WeftDB reads");
    }
    return version;
  }

  /**
   * The error for bytes whose checksum is not the one written beside them.
   *
   * @param what the file and what of it
   * @param offset where in the file
   */
  public static WeftException checksumMismatch(String what, long offset, int expected, int actual) {
    return WeftException.ofFile(
        ErrorCode.CORRUPTED,
        what
            + " at offset "
            + offset
            + " is damaged: checksum "
            + FileNames.hexadecimal(expected)
            + " expected, "
            + FileNames.hexadecimal(actual)
            + " found",
        offset);
  }
}
