package org.weftdb.snapshot;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.FormatFooter;
import org.weftdb.storage.FormatHeader;

/**
 * Writes the bytes of a snapshot into a sink: the manifest, then section after section, then {@link
 * #finish}.
 *
 * <pre>
 * SnapshotWriter writer = new SnapshotWriter(Manifest.of(nodes, relationships, lsn), sink);
 * SectionWriter section = writer.beginSection(16);
 * section.writeStringColumn(…);
 * long length = writer.finish();
 * </pre>
 *
 * <p>The sink gets the bytes in pieces of about {@link #PIECE_BYTES} while they are made, so that a
 * snapshot of any size needs memory for one piece only: long arrays make garbage collectors stop
 * all threads. Equal calls give equal bytes. A snapshot is at most 2 GiB long ({@link
 * ErrorCode#VALUE_TOO_LARGE} beyond).
 */
public final class SnapshotWriter {
  /** When there is so much, it is passed on. */
  static final int PIECE_BYTES = 1 << 16;

  private final ByteSink sink;
  private final ByteWriter table = new ByteWriter();

  /** The bytes that the sink does not have yet. */
  private final ByteWriter piece = new ByteWriter(PIECE_BYTES + 4096);

  /** The bytes that the sink has. */
  private long passedOn;

  /** The first bytes of the piece are in the checksums already. */
  private int checked;

  private int sectionCount;
  private int sectionId;
  private long sectionStart = -1;
  private int sectionChecksum;

  /** A writer of a snapshot with a manifest; nothing goes into the sink yet. */
  public SnapshotWriter(Manifest manifest, ByteSink sink) {
    this.sink = sink;
    FormatHeader.write(piece, SnapshotFormatVersion.FORMAT);
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
    sectionStart = length();
    sectionChecksum = 0;
    checked = piece.position();
    return new SectionWriter(this, piece);
  }

  private int tableId(int index) {
    int at = index * SnapshotFormat.TABLE_ENTRY_BYTES;
    byte[] bytes = table.array();
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  /** The bytes of the snapshot so far. */
  private long length() {
    return passedOn + piece.position();
  }

  /** The bytes of the present section so far. */
  long sectionLength() {
    return length() - sectionStart;
  }

  private void endSection() {
    if (sectionStart < 0) {
      return;
    }
    long length = sectionLength();
    for (int i = SnapshotFormat.padding(length); i > 0; i--) {
      piece.writeByte(0);
    }
    addToChecksum();
    table.writeInt(sectionId);
    table.writeInt(sectionChecksum);
    table.writeLong(sectionStart);
    table.writeLong(length);
    sectionCount++;
    sectionStart = -1;
    passOnIfLong();
  }

  private void addToChecksum() {
    int added = piece.position() - checked;
    sectionChecksum = Crc32c.update(sectionChecksum, piece.array(), checked, added);
    checked = piece.position();
  }

  /** Gives the sink what there is, when that is long enough for a piece. */
  void passOnIfLong() {
    if (piece.position() >= PIECE_BYTES) {
      addToChecksum();
      passOn();
    }
  }

  private void passOn() {
    if (length() > ByteWriter.MAX_ARRAY_BYTES) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the snapshot exceeds the maximum of " + ByteWriter.MAX_ARRAY_BYTES + " bytes");
    }
    int length = piece.position();
    sink.write(piece.array(), 0, length);
    passedOn += length;
    piece.truncate(0);
    checked = 0;
  }

  /** Copies a section of another snapshot as it is. */
  public void copySection(SnapshotReader source, int id) {
    SectionWriter section = beginSection(id);
    ByteReader bytes = source.section(id).bytes();
    while (bytes.remaining() > 0) {
      int length = Math.min(PIECE_BYTES, bytes.remaining());
      piece.writeBytes(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
      bytes.skip(length);
      section.passOnIfLong();
    }
  }

  /**
   * Ends the snapshot: when this returns, the sink has all its bytes. Nothing can be written
   * afterwards.
   *
   * @return the bytes of the snapshot
   */
  public long finish() {
    if (sectionCount < 0) {
      throw new WeftException(ErrorCode.INVALID_USE, "the snapshot is finished");
    }
    endSection();
    table.writeInt(sectionCount);
    table.writeInt(0);
    piece.writeBytes(table.array(), 0, table.position());
    FormatFooter.write(
        piece, length() + FormatFooter.LENGTH_BYTES, Crc32c.of(table.array(), 0, table.position()));
    sectionCount = -1;
    passOn();
    return passedOn;
  }
}
