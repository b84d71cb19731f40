package org.weftdb.snapshot;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FormatFooter;
import org.weftdb.storage.FormatHeader;

/**
 * Builds the bytes of a snapshot in memory: the manifest, then section after section, then {@link
 * #finish}.
 *
 * <pre>
 * SnapshotWriter writer = new SnapshotWriter(Manifest.of(nodes, relationships, lsn));
 * SectionWriter section = writer.beginSection(16);
 * section.writeStringColumn(…);
 * byte[] bytes = writer.finishToByteArray();
 * </pre>
 *
 * <p>Equal calls give equal bytes. A snapshot is at most 2 GiB long ({@link
 * ErrorCode#VALUE_TOO_LARGE} beyond).
 */
public final class SnapshotWriter {
  private final ByteWriter target;
  private final ByteWriter table = new ByteWriter();
  private int sectionCount;
  private int sectionId;
  private int sectionStart = -1;

  public SnapshotWriter(Manifest manifest) {
    this(manifest, 4096);
  }

  /**
   * A writer with room to begin with.
   *
   * @param expectedBytes about how long the snapshot will be
   */
  public SnapshotWriter(Manifest manifest, int expectedBytes) {
    target = new ByteWriter(Math.max(expectedBytes, 256));
    FormatHeader.write(target, SnapshotFormatVersion.FORMAT);
    ByteWriter bytes = beginSection(SectionIds.MANIFEST).bytes();
    bytes.writeLong(manifest.nodeCount());
    bytes.writeLong(manifest.relationshipCount());
    bytes.writeLong(manifest.walLsn());
  }

  /** Ends the section before, if any, and begins another with an id that was not used before. */
  public SectionWriter beginSection(int id) {
    endSection();
    for (int i = 0; i < sectionCount; i++) {
      if (tableId(i) == id) {
        throw new IllegalStateException("section " + id + " is there already");
      }
    }
    sectionId = id;
    sectionStart = target.position();
    return new SectionWriter(target);
  }

  private int tableId(int index) {
    int at = index * SnapshotFormat.TABLE_ENTRY_BYTES;
    byte[] bytes = table.array();
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  private void endSection() {
    if (sectionStart < 0) {
      return;
    }
    int length = target.position() - sectionStart;
    for (int i = SnapshotFormat.padding(length); i > 0; i--) {
      target.writeByte(0);
    }
    table.writeInt(sectionId);
    table.writeInt(Crc32c.of(target.array(), sectionStart, target.position() - sectionStart));
    table.writeLong(sectionStart);
    table.writeLong(length);
    sectionCount++;
    sectionStart = -1;
  }

  /** Copies a section of another snapshot as it is. */
  public void copySection(SnapshotReader source, int id) {
    SectionWriter section = beginSection(id);
    source.copySection(id, section.bytes());
  }

  /**
   * Ends the snapshot and returns the writer with all its bytes, to be read through {@link
   * ByteWriter#array} without a copy. Nothing can be written afterwards.
   */
  public ByteWriter finish() {
    if (sectionCount < 0) {
      throw new WeftException(ErrorCode.INVALID_USE, "the snapshot is finished");
    }
    endSection();
    table.writeInt(sectionCount);
    table.writeInt(0);
    target.writeBytes(table.array(), 0, table.position());
    FormatFooter.write(
        target,
        (long) target.position() + FormatFooter.LENGTH_BYTES,
        Crc32c.of(table.array(), 0, table.position()));
    sectionCount = -1;
    return target;
  }

  /** {@link #finish} as an array of exactly the right length. */
  public byte[] finishToByteArray() {
    return finish().toByteArray();
  }
}
