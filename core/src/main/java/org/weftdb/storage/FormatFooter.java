package org.weftdb.storage;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The last bytes of every file that is written as a whole.
 *
 * <pre>
 * offset from the footer's beginning
 *   0  length    u64     – bytes of the whole file, this footer included
 *   8  covered   u32     – CRC-32C of what the format covers with it: for a snapshot its table of
 *                sections (each section has its own checksum), for other files all before the footer
 *  12  magic     4 bytes – "TFEW"
 *  16  zero      u32     – 0
 *  20  checksum  u32     – CRC-32C of the footer's bytes 0 to 19
 *  24  end of the file
 * </pre>
 *
 * <p>Log segments have no footer: they end where the last record does.
 */
public final class FormatFooter {
  /** The bytes of a footer. */
  public static final int LENGTH_BYTES = 24;

  private static final int MAGIC = 0x57454654;
  private static final int CHECKSUM_OFFSET = 20;

  private FormatFooter() {}

  /**
   * Writes a footer at the position of the writer.
   *
   * @param fileLength the bytes of the whole file with the footer
   * @param covered the checksum of what the format covers with it
   */
  public static void write(ByteWriter target, long fileLength, int covered) {
    int start = target.position();
    target.writeLong(fileLength);
    target.writeInt(covered);
    target.writeInt(MAGIC);
    target.writeInt(0);
    target.writeInt(Crc32c.of(target.array(), start, CHECKSUM_OFFSET));
  }

  /**
   * Reads a footer, checks it against the length that the file has, and returns the checksum that
   * the format covers with it.
   *
   * @throws WeftException {@link ErrorCode#TRUNCATED} when this is not the end of a whole file or
   *     the file once was longer, {@link ErrorCode#CORRUPTED} when it once was shorter or the
   *     footer is damaged
   */
  public static int read(ByteReader source, long fileLength, String fileName) {
    byte[] footer = source.readBytes(LENGTH_BYTES);
    ByteReader reader = new ByteReader(footer);
    long writtenLength = reader.readLong();
    int covered = reader.readInt();
    int magic = reader.readInt();
    reader.skip(4);
    int expected = reader.readInt();
    int actual = Crc32c.of(footer, 0, CHECKSUM_OFFSET);
    if (expected != actual) {
      if (magic != MAGIC) {
        throw new WeftException(
            ErrorCode.TRUNCATED,
            fileName + ": the file's end is missing, it stops after " + fileLength + " bytes");
      }
      throw FormatHeader.checksumMismatch(
          fileName + ": the footer", fileLength - LENGTH_BYTES, expected, actual);
    }
    if (writtenLength != fileLength) {
      throw new WeftException(
          writtenLength > fileLength ? ErrorCode.TRUNCATED : ErrorCode.CORRUPTED,
          fileName + ": " + writtenLength + " bytes were written, but there are " + fileLength);
    }
    return covered;
  }
}
