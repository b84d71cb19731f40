package org.weftdb.log;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FormatHeader;

/**
 * The header of a segment; {@link LogFormat} says what each field means.
 *
 * @param databaseId which database it belongs to
 * @param number the number in its name
 * @param first the commit and the part of it that its first record is
 * @param previous where the log ends that this segment continues
 * @param baseLsn the least LSN of a snapshot that has what was before, or 0
 */
record SegmentHeader(
    DatabaseId databaseId, long number, First first, Previous previous, long baseLsn) {

  /** The commit and the part of it that comes first in a segment. */
  record First(long lsn, int part) {}

  /**
   * An end of the log.
   *
   * @param number the segment, or 0 for none
   * @param length the bytes of it that count
   * @param checksum of the last record in them, or of the header
   */
  record Previous(long number, long length, int checksum) {
    static final Previous NONE = new Previous(0, 0, 0);
  }

  private static final int CHECKSUM_OFFSET = LogFormat.SEGMENT_HEADER_BYTES - 4;

  /** Writes the header into an empty writer and returns its checksum. */
  int encode(ByteWriter target) {
    FormatHeader.write(target, LogFormatVersion.FORMAT);
    databaseId.encode(target);
    target.writeLong(number);
    target.writeLong(first.lsn);
    target.writeInt(first.part);
    target.writeInt(previous.checksum);
    target.writeLong(previous.number);
    target.writeLong(previous.length);
    target.writeLong(baseLsn);
    target.writeInt(0);
    int checksum = Crc32c.of(target.array(), 0, CHECKSUM_OFFSET);
    target.writeInt(checksum);
    return checksum;
  }

  /** The checksum that stands in the bytes of a header. */
  static int checksumIn(byte[] header) {
    ByteReader reader = new ByteReader(header);
    reader.seek(CHECKSUM_OFFSET);
    return reader.readInt();
  }

  /** Whether these are all bytes of a header and undamaged. */
  static boolean isWhole(byte[] bytes) {
    return bytes.length >= LogFormat.SEGMENT_HEADER_BYTES
        && checksumIn(bytes) == Crc32c.of(bytes, 0, CHECKSUM_OFFSET);
  }

  /**
   * Reads a header.
   *
   * @throws WeftException as {@link FormatHeader#read}, {@link ErrorCode#FOREIGN_FILE} when the
   *     segment belongs to another database, and {@link ErrorCode#CORRUPTED} when it is under a
   *     name not its own
   */
  static SegmentHeader decode(byte[] bytes, DatabaseId expectedId, String fileName) {
    SegmentHeader header = decodeAny(bytes, fileName);
    if (!header.databaseId.equals(expectedId)) {
      throw new WeftException(
          ErrorCode.FOREIGN_FILE,
          fileName + " belongs to the database " + header.databaseId + ", not to " + expectedId);
    }
    if (!LogFormat.segmentName(header.number).equals(fileName)) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          fileName + " is segment " + header.number + " under a name not its own");
    }
    return header;
  }

  /** Reads a header, whoever it belongs to and under whatever name. */
  static SegmentHeader decodeAny(byte[] bytes, String fileName) {
    ByteReader reader = new ByteReader(bytes, 0, bytes.length, fileName);
    FormatHeader.read(reader, LogFormatVersion.FORMAT, fileName);
    if (!isWhole(bytes)) {
      reader.skip(LogFormat.SEGMENT_HEADER_BYTES - FormatHeader.LENGTH_BYTES);
      throw FormatHeader.checksumMismatch(
          fileName + ": the segment's header",
          0,
          checksumIn(bytes),
          Crc32c.of(bytes, 0, CHECKSUM_OFFSET));
    }
    DatabaseId databaseId = DatabaseId.decode(reader);
    long number = reader.readLong();
    long firstLsn = reader.readLong();
    int firstPart = reader.readInt();
    int previousChecksum = reader.readInt();
    long previousNumber = reader.readLong();
    long previousLength = reader.readLong();
    long baseLsn = reader.readLong();
    if (number < 1
        || firstLsn < 1
        || firstPart < 0
        || previousNumber < 0
        || previousNumber >= number
        || previousLength < 0
        || baseLsn < 0
        || baseLsn > 0 && firstLsn != baseLsn + 1) {
      throw new WeftException(
          ErrorCode.CORRUPTED, fileName + ": the segment's header at offset 0 contradicts itself");
    }
    return new SegmentHeader(
        databaseId,
        number,
        new First(firstLsn, firstPart),
        new Previous(previousNumber, previousLength, previousChecksum),
        baseLsn);
  }

  /** The checksum that the other bytes of a header give. */
  static int checksumOf(byte[] header) {
    return Crc32c.of(header, 0, CHECKSUM_OFFSET);
  }

  /**
   * Whether a damaged header belongs to a database: its id stands there, or it would be undamaged
   * if it did.
   */
  static boolean isOf(byte[] damaged, DatabaseId id) {
    ByteReader reader = new ByteReader(damaged);
    reader.seek(FormatHeader.LENGTH_BYTES);
    if (DatabaseId.decode(reader).equals(id)) {
      return true;
    }
    ByteWriter repaired = new ByteWriter(damaged.length);
    repaired.writeBytes(damaged, 0, FormatHeader.LENGTH_BYTES);
    id.encode(repaired);
    int rest = FormatHeader.LENGTH_BYTES + DatabaseId.LENGTH_BYTES;
    repaired.writeBytes(damaged, rest, damaged.length - rest);
    return isWhole(repaired.toByteArray());
  }
}
