package org.weftdb.snapshot;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FormatFooter;
import org.weftdb.storage.FormatHeader;

/**
 * The bytes of a snapshot, checked as a whole when the reader is made: after that only what the
 * sections mean can be wrong.
 *
 * <p>Foreign bytes are {@link ErrorCode#NOT_OUR_FORMAT}, bytes that end early {@link
 * ErrorCode#TRUNCATED}, damaged ones {@link ErrorCode#CORRUPTED}, those of a later version {@link
 * ErrorCode#FORMAT_TOO_NEW}; each names the snapshot and the place. The array is not copied and
 * must not change while the reader is used.
 */
public final class SnapshotReader {
  private final byte[] bytes;
  private final String name;
  private final int[] ids;
  private final int[] offsets;
  private final int[] lengths;
  private final Manifest manifest;

  /** Checks a whole array. */
  public SnapshotReader(byte[] bytes, String name) {
    this(bytes, bytes.length, name);
  }

  /**
   * Checks the beginning of an array.
   *
   * @param length the bytes of the snapshot
   * @param name what messages call the snapshot, such as a file's name
   */
  public SnapshotReader(byte[] bytes, int length, String name) {
    this.bytes = bytes;
    this.name = name;
    ByteReader reader = new ByteReader(bytes, 0, length, name);
    int version = FormatHeader.read(reader, SnapshotFormatVersion.FORMAT, name);
    int fixedBytes =
        FormatHeader.LENGTH_BYTES + SnapshotFormat.TABLE_TAIL_BYTES + FormatFooter.LENGTH_BYTES;
    if (length < fixedBytes) {
      throw new WeftException(
          ErrorCode.TRUNCATED, name + ": " + length + " bytes are too few for a snapshot");
    }
    int footerStart = length - FormatFooter.LENGTH_BYTES;
    reader.seek(footerStart);
    int tableChecksum = FormatFooter.read(reader, length, name);
    reader.seek(footerStart - SnapshotFormat.TABLE_TAIL_BYTES);
    int count = reader.readInt();
    if (count < 1 || count > (length - fixedBytes) / SnapshotFormat.TABLE_ENTRY_BYTES) {
      throw corrupted("a table of " + (count & 0xFFFFFFFFL) + " sections");
    }
    int tableStart =
        footerStart - SnapshotFormat.TABLE_TAIL_BYTES - count * SnapshotFormat.TABLE_ENTRY_BYTES;
    int actual = Crc32c.of(bytes, tableStart, footerStart - tableStart);
    if (actual != tableChecksum) {
      throw FormatHeader.checksumMismatch(
          name + ": the table of sections", tableStart, tableChecksum, actual);
    }
    ids = new int[count];
    offsets = new int[count];
    lengths = new int[count];
    reader.seek(tableStart);
    readTable(reader, tableStart);
    manifest = readManifest(version);
  }

  private void readTable(ByteReader reader, int tableStart) {
    int nextOffset = FormatHeader.LENGTH_BYTES;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = reader.readInt();
      int expected = reader.readInt();
      long offset = reader.readLong();
      long length = reader.readLong();
      if (offset != nextOffset || length < 0 || length > tableStart - nextOffset) {
        throw corrupted(
            "section " + ids[i] + " with " + length + " bytes at " + offset + " cannot be");
      }
      for (int j = 0; j < i; j++) {
        if (ids[j] == ids[i]) {
          throw corrupted("section " + ids[i] + " is there twice");
        }
      }
      int paddedLength = (int) length + SnapshotFormat.padding((int) length);
      if (paddedLength > tableStart - nextOffset) {
        throw corrupted("section " + ids[i] + " has no room for its filling");
      }
      int actual = Crc32c.of(bytes, nextOffset, paddedLength);
      if (actual != expected) {
        throw FormatHeader.checksumMismatch(name + ": section " + ids[i], offset, expected, actual);
      }
      offsets[i] = nextOffset;
      lengths[i] = (int) length;
      nextOffset += paddedLength;
    }
    if (nextOffset != tableStart) {
      throw corrupted("bytes between the sections and their table at offset " + nextOffset);
    }
  }

  private Manifest readManifest(int version) {
    ByteReader reader = section(SectionIds.MANIFEST).bytes();
    long nodeCount = reader.readLong();
    long relationshipCount = reader.readLong();
    long walLsn = reader.readLong();
    if (nodeCount < 0 || relationshipCount < 0 || walLsn < 0) {
      throw corrupted("a manifest with a negative number");
    }
    return new Manifest(version, nodeCount, relationshipCount, walLsn);
  }

  private WeftException corrupted(String what) {
    return new WeftException(ErrorCode.CORRUPTED, name + ": " + what);
  }

  /** What the snapshot holds. */
  public Manifest manifest() {
    return manifest;
  }

  /** What messages call this snapshot. */
  public String name() {
    return name;
  }

  /** The number of sections, the manifest included. */
  public int sectionCount() {
    return ids.length;
  }

  /** The id of a section in the order written, from 0. */
  public int sectionIdAt(int index) {
    return ids[index];
  }

  public boolean hasSection(int id) {
    return indexOf(id) >= 0;
  }

  /**
   * Reads a section from its beginning.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} when there is none with this id
   */
  public SectionReader section(int id) {
    int index = checkedIndexOf(id);
    return new SectionReader(
        new ByteReader(bytes, offsets[index], lengths[index], name + ", section " + id));
  }

  private int checkedIndexOf(int id) {
    int index = indexOf(id);
    if (index < 0) {
      throw corrupted("section " + id + " is missing");
    }
    return index;
  }

  private int indexOf(int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }
}
