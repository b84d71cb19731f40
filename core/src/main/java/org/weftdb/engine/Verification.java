package org.weftdb.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphVerifier;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogDamage;
import org.weftdb.log.LogFormat;
import org.weftdb.log.LogReader;
import org.weftdb.log.LogScan;
import org.weftdb.log.LogSegment;
import org.weftdb.log.ScannedSegment;
import org.weftdb.storage.ArchiveStorage;
import org.weftdb.storage.ReadFile;
import org.weftdb.storage.Storage;

/**
 * Checks the files of a database and the graph in them: every checksum of every file, that the
 * segments of the log follow each other, that the database can be opened, and that all parts of its
 * graph agree.
 *
 * <p>Reads only. Nobody may write into the storage meanwhile.
 */
public final class Verification {
  private final Storage storage;
  private final boolean mayBeWithoutLog;
  private final Inventory files;
  private final List<FileProblem> problems = new ArrayList<>();
  private final Set<String> messages = new HashSet<>();

  /** Whether the log could be read as far back as it goes. */
  private boolean logIsSound;

  private Verification(Storage storage, boolean mayBeWithoutLog) {
    this.storage = storage;
    this.mayBeWithoutLog = mayBeWithoutLog;
    this.files = new Inventory(storage);
  }

  /**
   * Checks a database.
   *
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT} when there is nothing of a database;
   *     what is wrong with the files, and that one cannot be read, is in the report
   */
  public static VerificationReport of(Storage storage) {
    return new Verification(storage, false).report();
  }

  /**
   * Checks an archive, in the same way.
   *
   * @param archive is closed when this returns
   * @param name what messages call the archive, such as a file's name
   */
  public static VerificationReport ofArchive(ReadFile archive, String name) {
    try {
      return new Verification(ArchiveStorage.open(archive, name), true).report();
    } catch (WeftException damaged) {
      if (damaged.code().category() != ErrorCategory.CORRUPTION) {
        throw damaged;
      }
      FileProblem problem = FileProblem.of(name, 0, damaged);
      return new VerificationReport(
          "", false, 0, 0, 0, List.of(), List.of(), 0, List.of(), List.of(problem));
    } finally {
      archive.close();
    }
  }

  private VerificationReport report() {
    for (FileProblem problem : files.problems()) {
      add(problem);
    }
    DatabaseId id = files.databaseId();
    LogScan log = new LogScan(storage, id == null ? new DatabaseId(0, 0) : id);
    log.read((lsn, changes) -> {});
    Recovery.Found found = tryOpen(log);
    List<String> garbage = files.temporaries();
    for (ScannedSegment segment : log.segments()) {
      if (found != null && !counts(found, segment)) {
        garbage.add(segment.name());
      }
    }
    if (found != null) {
      checkGraph(found);
    }
    if (found != null && id != null && logIsSound) {
      checkStandIns(found, id);
    }
    return new VerificationReport(
        id == null ? "" : id.toString(),
        found != null,
        found == null ? 0 : found.lastLsn(),
        found == null ? 0 : found.graph().nodeCount(),
        found == null ? 0 : found.graph().relationshipCount(),
        files.snapshots(),
        log.segments(),
        found == null ? log.tornBytes() : found.log().tornBytes(),
        garbage,
        problems);
  }

  private void add(FileProblem problem) {
    if (messages.add(problem.message())) {
      problems.add(problem);
    }
  }

  /** Does what an opening does, and reads the part of the log that it would not need as well. */
  private Recovery.@Nullable Found tryOpen(LogScan log) {
    Recovery.Found found = null;
    WeftException failure = null;
    try {
      if (storage.exists(DatabaseFiles.IDENTITY)) {
        DatabaseId id = DatabaseFiles.readIdentity(storage);
        found = Recovery.read(storage, id, mayBeWithoutLog, OpeningListener.NONE);
        List<LogSegment> segments = found.log().segments();
        if (!segments.isEmpty()) {
          LogReader.read(storage, id, segments.get(0).firstWholeLsn() - 1, (lsn, changes) -> {});
        }
      }
    } catch (WeftException refused) {
      ErrorCategory category = refused.code().category();
      if (category != ErrorCategory.CORRUPTION && category != ErrorCategory.IO) {
        throw refused;
      }
      failure = refused;
    }
    Set<String> harmless = found == null ? Set.of() : harmless(log);
    for (LogDamage damage : log.damages()) {
      if (!harmless.contains(damage.file())) {
        add(FileProblem.of(damage));
      }
    }
    if (failure != null) {
      add(FileProblem.of("", 0, failure));
    }
    logIsSound = failure == null;
    return found;
  }

  /**
   * The segments behind a gap that does not hinder the opening, and those that are missing there:
   * they were deleted once, and some came back by a power cut.
   */
  private static Set<String> harmless(LogScan log) {
    Set<String> names = new HashSet<>();
    for (LogDamage damage : log.damages()) {
      if (damage.code() == ErrorCode.SEGMENT_MISSING) {
        names.add(damage.file());
      }
    }
    for (ScannedSegment segment : log.segments()) {
      boolean ofThisLog =
          segment.use() != ScannedSegment.Use.FOREIGN && segment.use() != ScannedSegment.Use.COPY;
      if (ofThisLog && !segment.linked()) {
        names.add(segment.name());
      } else {
        names.remove(segment.name());
      }
    }
    return names;
  }

  private static boolean counts(Recovery.Found found, ScannedSegment segment) {
    boolean counts = false;
    for (LogSegment counting : found.log().segments()) {
      counts |= segment.name().equals(LogFormat.segmentName(counting.number()));
    }
    return counts;
  }

  private void checkStandIns(Recovery.Found found, DatabaseId id) {
    try {
      new StandIns(storage, id, files).check(found, this::add);
    } catch (WeftException failure) {
      if (failure.code().category() != ErrorCategory.CORRUPTION) {
        throw failure;
      }
      add(FileProblem.of("", 0, failure));
    }
  }

  private void checkGraph(Recovery.Found found) {
    for (String problem : GraphVerifier.problems(found.graph())) {
      add(new FileProblem("", -1, found.lastLsn(), ErrorCode.CORRUPTED, "the graph: " + problem));
    }
  }
}
