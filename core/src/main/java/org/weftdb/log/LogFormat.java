package org.weftdb.log;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.storage.FileNames;

/**
 * The bytes of the log. Little-endian.
 *
 * <p>The log is a chain of segments, the files {@code log-<number as 16 hexadecimal digits>.weft},
 * whose order by name is their order. A segment is a header and then records, one behind the other.
 *
 * <pre>
 * segment
 *   0  {@link org.weftdb.storage.FormatHeader}, format "WLOG"
 *  24  databaseId        16 bytes – which database it belongs to
 *  40  number            u64 – the number in its name
 *  48  firstLsn          u64 – commit that its first record belongs to
 *  56  firstPart         u32 – part of that commit which its first record is; 0 unless a large commit
 *                        goes on from the segment before
 *  60  previousChecksum  u32 – checksum of the last record before, or of the header of the segment
 *                        before when no record of it counts; 0 without one before
 *  64  previousNumber    u64 – number of the segment before; 0 for none
 *  72  previousLength    u64 – bytes of the segment before that count; what is behind them is void
 *  80  baseLsn           u64 – what was before this segment is only to be had from a snapshot of at
 *                        least this LSN; 0 when the log before it has it. With a base, firstLsn is
 *                        baseLsn + 1, whatever the last commit before was.
 *  88  zero              u32 – 0
 *  92  checksum          u32 – CRC-32C of bytes 0 to 91
 *  96  records
 *
 * record
 *   0  magic     u32   – "WREC"
 *   4  checksum  u32   – CRC-32C of: checksum of the segment's header (u32), offset of the record in
 *                the segment (u64), then the record from byte 8 to its end. So a record copied from
 *                elsewhere, or found inside another's payload, is not valid.
 *   8  length    u32   – bytes of the payload
 *  12  kind      u8    – {@link RecordKind}
 *  13  zero      3 bytes – 0
 *  16  lsn       u64   – the commit it belongs to; for marks the last commit before, or 0
 *  24  synced    u32   – bytes of this segment that were durable before this record was appended
 *  28  part      u32   – for a commit its chunks before it, for a chunk its place from 0, else 0
 *  32  payload
 * </pre>
 *
 * <p>A commit's payload is that of its chunks, in the order of their parts, and then of the commit
 * record, which alone makes it happen. Chunks may lie in other segments than their commit.
 *
 * <p><b>Torn tail against corruption.</b> A new segment is only begun when all before it is
 * durable, and its header is durable before its first record is appended; so each segment's header
 * vouches for {@code previousLength} bytes of the one before, and within a segment each record
 * vouches for {@code synced} bytes. Where a record of the last segment is not valid and no valid
 * record behind it vouches for its place, the log ends there: those bytes were never promised to
 * anybody. The same holds for chunks at the end that no commit follows, and for a last segment that
 * is not longer than a header and has no valid one: its creation did not end. All else that is not
 * valid is corruption.
 *
 * <p>Nothing is cut off a torn tail, as files cannot be changed. Instead the next segment says by
 * {@code previousNumber} and {@code previousLength} how much of what was before it counts; segments
 * between the two are void. It is created before the first record after opening, not before.
 */
public final class LogFormat {
  /** The bytes of a segment's header. */
  public static final int SEGMENT_HEADER_BYTES = 96;

  /** The bytes of a record before its payload. */
  public static final int RECORD_HEADER_BYTES = 32;

  static final int RECORD_MAGIC = 'W' | 'R' << 8 | 'E' << 16 | 'C' << 24;

  /** Where the part of a record begins that its checksum covers. */
  static final int COVERED_FROM = 8;

  private static final String PREFIX = "log-";
  private static final String SUFFIX = ".weft";

  private LogFormat() {}

  /** The name of a segment's file. */
  public static String segmentName(long number) {
    return PREFIX + FileNames.hexadecimal(number) + SUFFIX;
  }

  /** The number of the segment that a file is, or -1 for another file. */
  public static long segmentNumber(String fileName) {
    return FileNames.numberIn(fileName, PREFIX, SUFFIX);
  }

  /**
   * The checksum of a record.
   *
   * @param segmentChecksum checksum of the header of its segment
   * @param offset where the record begins in its segment
   * @param bytes where the record is from {@code at} on, with the whole length {@code length}
   */
  static int recordChecksum(int segmentChecksum, long offset, byte[] bytes, int at, int length) {
    ByteWriter place = new ByteWriter(12);
    place.writeInt(segmentChecksum);
    place.writeLong(offset);
    int checksum = Crc32c.of(place.array(), 0, 12);
    return Crc32c.update(checksum, bytes, at + COVERED_FROM, length - COVERED_FROM);
  }
}
