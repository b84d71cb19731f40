package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphSnapshotCodec;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogFormat;
import org.weftdb.log.LogScan;
import org.weftdb.log.Lsn;
import org.weftdb.snapshot.SectionIds;
import org.weftdb.snapshot.SnapshotFiles;
import org.weftdb.snapshot.SnapshotReader;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * The files of a database that may be damaged: whose they are, which snapshots are sound, and what
 * is wrong. Changes nothing.
 *
 * <p>The database is the one that {@code database.weft} names. When that is damaged or missing, or
 * no other file is of its database, it is the one that most of the other files are of.
 */
final class Inventory {
  private final Storage storage;
  private final List<String> names;
  private final List<FileProblem> problems = new ArrayList<>();
  private final List<VerificationReport.Snapshot> snapshots = new ArrayList<>();
  private final @Nullable DatabaseId databaseId;
  private @Nullable String newest;
  private long highestLsn;

  /**
   * Looks through a storage.
   *
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT} when there is nothing of a database
   */
  Inventory(Storage storage) {
    this.storage = storage;
    this.names = storage.list();
    boolean any = false;
    for (String name : names) {
      any |= name.equals(DatabaseFiles.IDENTITY) || isSnapshot(name) || isSegment(name);
    }
    if (!any) {
      throw new WeftException(ErrorCode.NOT_OUR_FORMAT, "there are no files of a database");
    }
    this.databaseId = owner();
    for (String name : names) {
      if (isSnapshot(name)) {
        checkSnapshot(name);
      }
    }
  }

  private static boolean isSnapshot(String name) {
    return DatabaseFiles.snapshotLsn(name) >= 0;
  }

  private static boolean isSegment(String name) {
    return LogFormat.segmentNumber(name) >= 0;
  }

  // ---- Whose the files are ----------------------------------------------------------------------

  private @Nullable DatabaseId owner() {
    DatabaseId said = null;
    try {
      said = readIdentity();
    } catch (WeftException damaged) {
      checkIsOfFile(damaged);
      problems.add(FileProblem.of(DatabaseFiles.IDENTITY, 0, damaged));
    }
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, DatabaseId> ids = new TreeMap<>();
    for (String name : names) {
      // Segments come before snapshots, which take more time to look into.
      if (isSnapshot(name) && said != null && ids.containsKey(said.toString())) {
        return said;
      }
      DatabaseId id = idOf(name);
      if (id != null) {
        counts.merge(id.toString(), 1, Integer::sum);
        ids.put(id.toString(), id);
      }
    }
    if (said != null && (ids.isEmpty() || ids.containsKey(said.toString()))) {
      return said;
    }
    DatabaseId most = ofMost(counts, ids, said);
    if (said != null && !said.equals(most)) {
      problems.add(
          new FileProblem(
              DatabaseFiles.IDENTITY,
              -1,
              0,
              ErrorCode.FOREIGN_FILE,
              DatabaseFiles.IDENTITY
                  + " names the database "
                  + said
                  + ", but the other files belong to "
                  + most));
    }
    return most;
  }

  /** Throws on what is not the fault of a file. */
  private static void checkIsOfFile(WeftException failure) {
    ErrorCategory category = failure.code().category();
    boolean ofFile =
        category == ErrorCategory.CORRUPTION
            || category == ErrorCategory.IO
            || failure.code() == ErrorCode.VALUE_TOO_LARGE;
    if (!ofFile) {
      throw failure;
    }
  }

  private DatabaseId readIdentity() {
    if (!storage.exists(DatabaseFiles.IDENTITY)) {
      throw DatabaseFiles.missing(names.get(names.size() - 1));
    }
    return DatabaseFiles.readIdentity(storage);
  }

  /** The database that more files are of than of any other; the other one when there is none. */
  private static @Nullable DatabaseId ofMost(
      Map<String, Integer> counts, Map<String, DatabaseId> ids, @Nullable DatabaseId other) {
    int most = 0;
    DatabaseId owner = other;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        owner = ids.get(entry.getKey());
      } else if (entry.getValue() == most) {
        owner = other;
      }
    }
    return owner;
  }

  private @Nullable DatabaseId idOf(String name) {
    if (isSegment(name)) {
      return LogScan.databaseIdOf(storage, name);
    }
    if (!isSnapshot(name)) {
      return null;
    }
    try {
      SnapshotReader reader = new SnapshotReader(SnapshotFiles.read(storage, name), name);
      return reader.hasSection(SectionIds.DATABASE)
          ? DatabaseId.decode(reader.section(SectionIds.DATABASE).bytes())
          : null;
    } catch (WeftException damaged) {
      checkIsOfFile(damaged);
      return null;
    }
  }

  // ---- Snapshots --------------------------------------------------------------------------------

  private void checkSnapshot(String name) {
    long lsn = DatabaseFiles.snapshotLsn(name);
    boolean sound = false;
    try {
      read(name);
      sound = true;
      newest = name;
      highestLsn = Math.max(highestLsn, lsn);
    } catch (WeftException failure) {
      checkIsOfFile(failure);
      highestLsn = Recovery.isDamage(failure.code()) ? Math.max(highestLsn, lsn) : highestLsn;
      problems.add(FileProblem.of(name, lsn, failure));
    }
    snapshots.add(new VerificationReport.Snapshot(name, lsn, lengthOf(name), sound));
  }

  /** The graph of a snapshot. */
  GraphSnapshot read(String name) {
    SnapshotReader reader = new SnapshotReader(SnapshotFiles.read(storage, name), name);
    if (databaseId != null) {
      StoredSnapshot.read(reader, databaseId, DatabaseFiles.snapshotLsn(name));
    }
    return GraphSnapshotCodec.decode(reader);
  }

  private long lengthOf(String name) {
    ReadFile file = storage.openRead(name);
    try {
      return file.length();
    } finally {
      file.close();
    }
  }

  // ---- What was found ---------------------------------------------------------------------------

  /** The database that most is of, or null when nothing tells. */
  @Nullable DatabaseId databaseId() {
    return databaseId;
  }

  /** What is wrong with {@code database.weft} and with snapshots. */
  List<FileProblem> problems() {
    return problems;
  }

  /** All snapshots, the oldest first. */
  List<VerificationReport.Snapshot> snapshots() {
    return snapshots;
  }

  /** The newest snapshot that is sound, or null. */
  @Nullable String newest() {
    return newest;
  }

  /** The last commit in it, or 0 without one. */
  long newestLsn() {
    String name = newest;
    return name == null ? Lsn.NONE : DatabaseFiles.snapshotLsn(name);
  }

  /** Its graph, read once more, or the empty one without one. */
  GraphSnapshot newestGraph() {
    String name = newest;
    return name == null ? GraphSnapshot.empty() : read(name);
  }

  /** The last commit that any snapshot of the database, damaged or not, tells of by its name. */
  long highestLsn() {
    return highestLsn;
  }

  /** Files that were written, but not published. */
  List<String> temporaries() {
    List<String> temporaries = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(SnapshotFiles.TEMPORARY_SUFFIX)) {
        temporaries.add(name);
      }
    }
    return temporaries;
  }
}
