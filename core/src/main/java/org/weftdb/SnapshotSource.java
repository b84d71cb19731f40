package org.weftdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.weftdb.engine.Engine;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.jvm.AtomicFile;
import org.weftdb.jvm.Envelope;
import org.weftdb.jvm.SnapshotOptions;
import org.weftdb.storage.ArchiveStorage;
import org.weftdb.storage.FormatHeader;
import org.weftdb.storage.ReadFile;

/**
 * A file of a snapshot or archive, out of its envelope if it is in one, ready to be loaded.
 *
 * <p>An archive that is in no envelope is read by positions, and may so be over 2 GiB.
 */
final class SnapshotSource implements AutoCloseable {
  private final String name;
  private final byte @Nullable [] bytes;
  private final @Nullable ReadFile archive;

  private SnapshotSource(String name, byte @Nullable [] bytes, @Nullable ReadFile archive) {
    this.name = name;
    this.bytes = bytes;
    this.archive = archive;
  }

  /** Opens a file; the errors are those of {@link Database#loadSnapshot(Path, SnapshotOptions)}. */
  static SnapshotSource open(Path file, SnapshotOptions options) {
    String name = file.toString();
    byte[] start = AtomicFile.readStart(file, FormatHeader.LENGTH_BYTES);
    if (!options.hasKey() && ArchiveStorage.isArchive(start, name)) {
      return new SnapshotSource(name, null, AtomicFile.openRead(file));
    }
    return new SnapshotSource(name, Envelope.open(AtomicFile.read(file), options, name), null);
  }

  /** Replaces the graph of an engine; to be called once. */
  SnapshotInfo loadInto(Engine engine) {
    return archive != null
        ? engine.loadArchive(archive, name)
        : engine.loadSnapshot(bytes == null ? new byte[0] : bytes, name);
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
  }
}
