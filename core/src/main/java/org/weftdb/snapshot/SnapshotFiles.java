package org.weftdb.snapshot;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.AppendFile;
import org.weftdb.storage.ByteSink;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/** Snapshots as files of a {@link Storage}. */
public final class SnapshotFiles {
  /** What the names of files end with that are not published yet. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private static final int CHUNK_BYTES = 1 << 20;

  /**
   * A long file is synced every so many bytes, so that other files' syncs do not have to wait for
   * all of it at once.
   */
  private static final int SYNC_BYTES = 4 << 20;

  /** What is written into a file. */
  @FunctionalInterface
  public interface Content {
    /** Gives all of it to a sink and says how many bytes it is. */
    long writeTo(ByteSink sink);
  }

  private SnapshotFiles() {}

  /**
   * Writes a file that is there as a whole, durably, when this returns, and otherwise not at all:
   * written under a temporary name, synced, then published in place of what had the name.
   *
   * @return the bytes of the file
   */
  public static long write(Storage storage, String name, Content content) {
    String temporary = temporaryName(name);
    long length = writeTemporary(storage, temporary, content);
    storage.publish(temporary, name);
    return length;
  }

  /** The name of a file until it is published. */
  public static String temporaryName(String name) {
    return name + TEMPORARY_SUFFIX;
  }

  /**
   * Writes and syncs a file under a temporary name, to be published.
   *
   * @return the bytes of the file
   */
  public static long writeTemporary(Storage storage, String temporary, Content content) {
    if (storage.exists(temporary)) {
      storage.delete(temporary);
    }
    AppendFile file = storage.create(temporary);
    boolean written = false;
    try {
      long length = content.writeTo(new SyncingSink(file));
      file.sync();
      written = true;
      return length;
    } finally {
      file.close();
      if (!written) {
        // On a full medium the log may need the room.
        tryDelete(storage, temporary);
      }
    }
  }

  /** Appends to a file, and syncs it now and then. */
  private static final class SyncingSink implements ByteSink {
    private final AppendFile file;
    private long syncedLength;

    SyncingSink(AppendFile file) {
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (file.length() - syncedLength >= SYNC_BYTES) {
        file.sync();
        syncedLength = file.length();
      }
      file.append(bytes, offset, length);
    }
  }

  /** Deletes a file that nobody needs, if that is possible. */
  public static void tryDelete(Storage storage, String name) {
    try {
      storage.delete(name);
    } catch (WeftException undeleted) {
      // It is in nobody's way, and each opening tries again.
      return;
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws WeftException {@link ErrorCode#VALUE_TOO_LARGE} when it is longer than an array can be
   */
  public static byte[] read(Storage storage, String name) {
    ReadFile file = storage.openRead(name);
    try {
      long length = file.length();
      if (length > ByteWriter.MAX_ARRAY_BYTES) {
        throw new WeftException(
            ErrorCode.VALUE_TOO_LARGE, name + ": " + length + " bytes are too many for one array");
      }
      byte[] bytes = new byte[(int) length];
      for (long at = 0; at < length; at += CHUNK_BYTES) {
        file.readAt(at, bytes, (int) at, (int) Math.min(CHUNK_BYTES, length - at));
      }
      return bytes;
    } finally {
      file.close();
    }
  }
}
