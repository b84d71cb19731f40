package org.weftdb.log;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.storage.FileNames;

/**
 * Goes from record to record of a segment in memory; the fields are those of the last valid one.
 */
final class RecordCursor {
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

  RecordCursor(byte[] bytes, int segmentChecksum, String fileName) {
    this.bytes = bytes;
    this.segmentChecksum = segmentChecksum;
    this.fileName = fileName;
  }

  /** Where the next record is to begin. */
  int position() {
    return position;
  }

  void seek(int newPosition) {
    position = newPosition;
  }

  /** Goes to the first record mark from an offset on; false when there is none. */
  boolean seekMagic(int from) {
    int last = bytes.length - LogFormat.RECORD_HEADER_BYTES;
    byte first = (byte) LogFormat.RECORD_MAGIC;
    for (int at = from; at <= last; at++) {
      if (bytes[at] == first && intAt(at) == LogFormat.RECORD_MAGIC) {
        position = at;
        return true;
      }
    }
    return false;
  }

  /** A cursor of its own at the same place. */
  RecordCursor probe() {
    RecordCursor probe = new RecordCursor(bytes, segmentChecksum, fileName);
    probe.position = position;
    return probe;
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
