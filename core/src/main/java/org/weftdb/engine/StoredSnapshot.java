package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.log.DatabaseId;
import org.weftdb.snapshot.Manifest;
import org.weftdb.snapshot.SectionIds;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.snapshot.SnapshotWriter;
import org.weftdb.storage.ByteSink;

/**
 * What a snapshot has more in a database's storage than in a file of the user's: the section {@link
 * SectionIds#DATABASE}.
 *
 * <pre>
 *   0  databaseId  16 bytes – which database it belongs to
 *  16  origin      u8 – 1: checkpoint, holds what the log up to walLsn gives;
 *                       2: loaded, replaced the graph and has walLsn as a number of its own
 * </pre>
 */
record StoredSnapshot(DatabaseId databaseId, Origin origin) {

  /** Why a snapshot is in the storage. */
  enum Origin {
    CHECKPOINT,
    LOADED;

    private int code() {
      return ordinal() + 1;
    }
  }

  /**
   * Writes a snapshot of a graph.
   *
   * @param stored the section of one in a storage, or null for one outside
   * @return its bytes
   */
  static long encode(Root root, @Nullable StoredSnapshot stored, ByteSink target) {
    Manifest manifest = GraphSnapshotCodec.manifest(root.graph(), root.lsn());
    SnapshotWriter writer = new SnapshotWriter(manifest, target);
    if (stored != null) {
      stored.writeTo(writer);
    }
    GraphSnapshotCodec.encode(root.graph(), writer);
    return writer.finish();
  }

  /** The bytes of a snapshot outside of a storage. */
  static ByteWriter encode(Root root) {
    double entities = (double) root.graph().nodeCount() + root.graph().relationshipCount();
    // A guess that saves growing; it need not be right.
    ByteWriter bytes = new ByteWriter((int) Math.min(4096 + 24 * entities, 1 << 28));
    encode(root, null, bytes::writeBytes);
    return bytes;
  }

  /**
   * Writes a snapshot with this section added and its last commit set.
   *
   * @return its bytes
   */
  long addTo(SnapshotReader snapshot, long walLsn, ByteSink target) {
    SnapshotWriter writer = new SnapshotWriter(snapshot.manifest().withWalLsn(walLsn), target);
    writeTo(writer);
    for (int i = 0; i < snapshot.sectionCount(); i++) {
      int id = snapshot.sectionIdAt(i);
      if (id != SectionIds.MANIFEST && id != SectionIds.DATABASE) {
        writer.copySection(snapshot, id);
      }
    }
    return writer.finish();
  }

  /** Writes the section into a snapshot, as the first after its manifest. */
  private void writeTo(SnapshotWriter writer) {
    ByteWriter section = writer.beginSection(SectionIds.DATABASE).bytes();
    databaseId.encode(section);
    section.writeByte(origin.code());
  }

  /**
   * Reads the section of a snapshot that was found under a name.
   *
   * @throws WeftException {@link ErrorCode#FOREIGN_FILE} when it is of another database, {@link
   *     ErrorCode#CORRUPTED} when it is not what its name says
   */
  static StoredSnapshot read(SnapshotReader snapshot, DatabaseId expected, long lsnInName) {
    if (!snapshot.hasSection(SectionIds.DATABASE)) {
      throw new WeftException(
          ErrorCode.FOREIGN_FILE,
          snapshot.name() + " is a snapshot that was put here by others; load it instead");
    }
    ByteReader section = snapshot.section(SectionIds.DATABASE).bytes();
    DatabaseId id = DatabaseId.decode(section);
    if (!id.equals(expected)) {
      throw new WeftException(
          ErrorCode.FOREIGN_FILE,
          snapshot.name() + " belongs to the database " + id + ", not to " + expected);
    }
    int code = section.readUnsignedByte();
    if (code < 1 || code > Origin.values().length) {
      throw section.corrupted("an unknown origin " + code);
    }
    if (snapshot.manifest().walLsn() != lsnInName) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          snapshot.name() + " is of commit " + snapshot.manifest().walLsn() + " by its content");
    }
    return new StoredSnapshot(id, Origin.values()[code - 1]);
  }
}
