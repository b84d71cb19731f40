package org.weftdb.engine;

import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Crc32c;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFormat;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.storage.FileFormat;
import org.weftdb.storage.FileNames;
import org.weftdb.storage.FormatFooter;
import org.weftdb.storage.FormatHeader;
import org.weftdb.storage.Storage;

/**
 * The names of a database's files, and the file that makes a storage a database.
 *
 * <pre>
 * database.weft             whose all the other files are
 * log-(16 digits).weft      segments of the log, by number
 * snapshot-(16 digits).weft snapshots, by the last commit in them
 * *.tmp                     files that were not published; deleted when the database is opened
 *
 * database.weft
 *   0  {@link FormatHeader}, format "BASE"
 *  24  databaseId  16 bytes
 *  40  {@link FormatFooter}; its covered checksum is of bytes 0 to 39
 * </pre>
 */
final class DatabaseFiles {
  static final String IDENTITY = "database.weft";

  /** Version 1 is the first. */
  private static final FileFormat FORMAT = new FileFormat("BASE", 1, 1);

  private static final int COVERED_BYTES = FormatHeader.LENGTH_BYTES + DatabaseId.LENGTH_BYTES;
  private static final String SNAPSHOT_PREFIX = "snapshot-";
  private static final String SUFFIX = ".weft";

  private DatabaseFiles() {}

  static String snapshotName(long lsn) {
    return SNAPSHOT_PREFIX + FileNames.hexadecimal(lsn) + SUFFIX;
  }

  /** The last commit in the snapshot that a file is by its name, or -1 for another file. */
  static long snapshotLsn(String fileName) {
    return FileNames.numberIn(fileName, SNAPSHOT_PREFIX, SUFFIX);
  }

  /**
   * Reads whose database a storage holds, or makes an empty storage one.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} when there are files of a database, but not
   *     the one that says whose they are
   */
  static DatabaseId openIdentity(Storage storage, DatabaseId newId) {
    String ownerless = null;
    for (String name : storage.list()) {
      if (name.endsWith(SnapshotFiles.TEMPORARY_SUFFIX)) {
        SnapshotFiles.tryDelete(storage, name);
      } else if (LogFormat.segmentNumber(name) >= 0 || snapshotLsn(name) >= 0) {
        ownerless = name;
      }
    }
    if (storage.exists(IDENTITY)) {
      // A process may have died while it published it; what is built on it must not outlast it.
      storage.sync(IDENTITY);
      return readIdentity(storage);
    }
    if (ownerless != null) {
      throw missing(ownerless);
    }
    return create(storage, newId);
  }

  /**
   * Reads whose database a storage holds, and changes nothing.
   *
   * @throws WeftException {@link ErrorCode#CORRUPTED} when the file that says so is not there or is
   *     damaged, {@link ErrorCode#TRUNCATED}
   */
  static DatabaseId readIdentity(Storage storage) {
    if (!storage.exists(IDENTITY)) {
      throw new WeftException(ErrorCode.CORRUPTED, IDENTITY + " is missing");
    }
    return decode(SnapshotFiles.read(storage, IDENTITY));
  }

  /** The error for files of a database without the one that says whose they are. */
  static WeftException missing(String ownerless) {
    return new WeftException(
        ErrorCode.CORRUPTED, IDENTITY + " is missing, but there is " + ownerless);
  }

  private static DatabaseId create(Storage storage, DatabaseId newId) {
    ByteWriter bytes = encode(newId);
    SnapshotFiles.write(
        storage,
        IDENTITY,
        sink -> {
          sink.write(bytes.array(), 0, bytes.position());
          return bytes.position();
        });
    return newId;
  }

  /** The bytes of the file that says whose database it is. */
  static ByteWriter encode(DatabaseId id) {
    ByteWriter bytes = new ByteWriter();
    FormatHeader.write(bytes, FORMAT);
    id.encode(bytes);
    FormatFooter.write(
        bytes,
        COVERED_BYTES + FormatFooter.LENGTH_BYTES,
        Crc32c.of(bytes.array(), 0, COVERED_BYTES));
    return bytes;
  }

  private static DatabaseId decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, 0, bytes.length, IDENTITY);
    FormatHeader.read(reader, FORMAT, IDENTITY);
    DatabaseId id = DatabaseId.decode(reader);
    int expected = FormatFooter.read(reader, bytes.length, IDENTITY);
    int actual = Crc32c.of(bytes, 0, COVERED_BYTES);
    if (expected != actual) {
      throw FormatHeader.checksumMismatch(IDENTITY + ": the file", 0, expected, actual);
    }
    return id;
  }
}
