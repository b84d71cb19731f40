package org.weftdb.log;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.storage.FileNames;

/**
 * Goes from record to record of a segment in memory; the fields are those of the last valid one.
 */
final class RecordCursor {
  /**
   * How many times the segment may be read while a valid record is looked for. Bytes in which every
   * second place seems to begin a long record would take a time with the square of their length.
   */
  private static final int MOST_SEARCHES = 64;

  private static final int LENGTH_OFFSET = 8;

  private final byte[] bytes;
  private final int segmentChecksum;
  private final String fileName;

  private int position = LogFormat.SEGMENT_HEADER_BYTES;
  private int start;
  private RecordKind kind = RecordKind.SYNCED;
  private long lsn;
  private long synced;
  private int part;
  private int checksum;

  /** How many more bytes may be read in vain while a valid record is looked for. */
  private long searchBytes;

  RecordCursor(byte[] bytes, int segmentChecksum, String fileName) {
    this.bytes = bytes;
    this.segmentChecksum = segmentChecksum;
    this.fileName = fileName;
    this.searchBytes = MOST_SEARCHES * (long) bytes.length;
  }

  /** Where the next record is to begin. */
  int position() {
    return position;
  }

  /** The first record mark from an offset on, or -1. */
  private int magicFrom(int from) {
    int last = bytes.length - LogFormat.RECORD_HEADER_BYTES;
    byte first = (byte) LogFormat.RECORD_MAGIC;
    for (int at = from; at <= last; at++) {
      if (bytes[at] == first && intAt(at) == LogFormat.RECORD_MAGIC) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Goes to the next place behind this one where a valid record begins; false when there is none.
   */
  boolean seekValid() {
    int place = position;
    int at = magicFrom(place + 1);
    while (at >= 0 && searchBytes > 0) {
      position = at;
      if (tryNext() == null) {
        position = at;
        return true;
      }
      int length = intAt(at + LENGTH_OFFSET);
      boolean wasRead = length >= 0 && length <= bytes.length - at - LogFormat.RECORD_HEADER_BYTES;
      searchBytes -= wasRead ? length : 0;
      at = magicFrom(at + 1);
    }
    position = place;
    return false;
  }

  /**
   * Whether a valid record behind this place says that the place was durable, or it would take too
   * long to be sure that none does. The place stays.
   */
  boolean isVouchedFor() {
    return position < vouchedTo();
  }

  /**
   * The length of the segment that was durable, as far as valid records behind this place say; the
   * highest number when it would take too long to be sure. The place stays.
   */
  long vouchedTo() {
    long vouchedTo = 0;
    RecordCursor probe = new RecordCursor(bytes, segmentChecksum, fileName);
    probe.position = position;
    while (probe.seekValid()) {
      probe.tryNext();
      vouchedTo = Math.max(vouchedTo, probe.synced);
      // Where it ends another may begin.
      probe.position--;
    }
    return probe.searchBytes <= 0 ? Long.MAX_VALUE : vouchedTo;
  }

  /** Goes over the next record; when it is not valid, stays before it and says why. */
  @Nullable String tryNext() {
    int remaining = bytes.length - position;
    if (remaining < LogFormat.RECORD_HEADER_BYTES) {
      return "a record's header needs "
          + LogFormat.RECORD_HEADER_BYTES
          + " bytes, but "
          + remaining
          + " remain";
    }
    ByteReader reader = new ByteReader(bytes, position, remaining, fileName);
    int magic = reader.readInt();
    if (magic != LogFormat.RECORD_MAGIC) {
      return mismatch("mark", LogFormat.RECORD_MAGIC, magic);
    }
    int expected = reader.readInt();
    int length = reader.readInt();
    if (length < 0 || length > remaining - LogFormat.RECORD_HEADER_BYTES) {
      return "a record of " + (length & 0xFFFFFFFFL) + " bytes runs over the end";
    }
    int recordLength = LogFormat.RECORD_HEADER_BYTES + length;
    int actual = LogFormat.recordChecksum(segmentChecksum, position, bytes, position, recordLength);
    if (actual != expected) {
      return mismatch("checksum", expected, actual);
    }
    RecordKind recordKind = RecordKind.ofCode(reader.readUnsignedByte());
    if (recordKind == null) {
      return "a record of an unknown kind";
    }
    reader.skip(3);
    kind = recordKind;
    lsn = reader.readLong();
    synced = reader.readInt() & 0xFFFFFFFFL;
    part = reader.readInt();
    checksum = expected;
    start = position;
    position += recordLength;
    return null;
  }

  private static String mismatch(String what, int expected, int actual) {
    return "a record's "
        + what
        + " "
        + FileNames.hexadecimal(expected)
        + " expected, "
        + FileNames.hexadecimal(actual)
        + " found";
  }

  private int intAt(int at) {
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  int start() {
    return start;
  }

  RecordKind kind() {
    return kind;
  }

  long lsn() {
    return lsn;
  }

  long synced() {
    return synced;
  }

  int part() {
    return part;
  }

  int checksum() {
    return checksum;
  }

  ByteReader payload() {
    int from = start + LogFormat.RECORD_HEADER_BYTES;
    return new ByteReader(bytes, from, position - from, fileName);
  }
}
