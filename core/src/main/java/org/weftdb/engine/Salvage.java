package org.weftdb.engine;

import java.util.ArrayList;
import java.util.List;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCategory;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.graph.GraphVerifier;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogDamage;
import org.weftdb.log.LogScan;
import org.weftdb.log.Lsn;
import org.weftdb.storage.Storage;

/**
 * Copies what is valid of a damaged database into a new one.
 *
 * <p>What is copied is a graph that the database once had: the newest snapshot that is sound, or
 * the empty graph when the log has the first commit, and the commits above it up to the first that
 * is damaged or missing. Commits behind that one are not applied, although they may be undamaged:
 * they rest on what is lost. A label or property key that a lost commit named first has a number
 * that a later one would take for its own, so that a value could end up under another name and
 * nothing would tell. A later snapshot has all of it, and is the one that is taken then.
 *
 * <p>Reads only from the damaged one. Nobody may write into it meanwhile.
 */
public final class Salvage {
  private final Inventory files;
  private final LogScan log;
  private final DatabaseId databaseId;
  private final List<FileProblem> problems = new ArrayList<>();
  private final LsnRanges present = new LsnRanges();
  private final long baseLsn;
  private final GraphSnapshot graph;

  /** The last commit that is applied. */
  private long lastLsn;

  /** The commit that is being applied, or 0. */
  private long applying;

  private Salvage(Storage from) {
    this.files = new Inventory(from);
    DatabaseId id = files.databaseId();
    if (id == null) {
      throw new WeftException(ErrorCode.CORRUPTED, "nothing tells of which database the files are");
    }
    this.databaseId = id;
    this.log = new LogScan(from, id);
    this.baseLsn = files.newestLsn();
    this.lastLsn = baseLsn;
    log.read(this::found);
    collectProblems();
    checkAnything();
    this.graph = replayed();
    for (String problem : GraphVerifier.problems(graph)) {
      problems.add(new FileProblem("", -1, lastLsn, ErrorCode.CORRUPTED, "the graph: " + problem));
    }
  }

  /**
   * Reads what can be saved of a database, and changes nothing.
   *
   * @throws WeftException {@link ErrorCode#NOT_OUR_FORMAT} when there is nothing of a database;
   *     {@link ErrorCode#CORRUPTED} when nothing can be saved, or nothing tells of which database
   *     the files are; {@link ErrorCode#FORMAT_TOO_NEW} when a file is of a later version, which
   *     alone can read it
   */
  public static Salvage of(Storage from) {
    return new Salvage(from);
  }

  /**
   * Makes an empty storage a database of its own with what was saved, and closes it.
   *
   * @param options how the new one is opened
   */
  public void copyTo(Storage to, EngineOptions options) {
    ByteWriter bytes = StoredSnapshot.encode(new Root(graph, Lsn.NONE, 0));
    Engine engine = Engine.open(to, options);
    try {
      engine.loadSnapshot(bytes.toByteArray(), "what was saved");
    } finally {
      engine.close();
    }
  }

  /** What can be saved, and what is lost. */
  public SalvageReport report() {
    String snapshot = files.newest();
    List<SalvageReport.LostCommits> lost = new ArrayList<>();
    present.forEach(
        lastLsn + 1,
        highestLsn(),
        (first, last, isThere) -> lost.add(new SalvageReport.LostCommits(first, last, isThere)));
    return new SalvageReport(
        databaseId.toString(),
        lastLsn,
        snapshot == null ? "" : snapshot,
        lastLsn - baseLsn,
        graph.nodeCount(),
        graph.relationshipCount(),
        lost,
        log.tornBytes(),
        problems);
  }

  private void found(long lsn, ByteReader changes) {
    present.add(lsn);
    if (lsn == lastLsn + 1) {
      lastLsn = lsn;
    }
  }

  private void collectProblems() {
    problems.addAll(files.problems());
    for (LogDamage damage : log.damages()) {
      problems.add(FileProblem.of(damage));
    }
    for (FileProblem problem : problems) {
      if (problem.code() == ErrorCode.FORMAT_TOO_NEW) {
        throw new WeftException(problem.code(), problem.message());
      }
    }
  }

  /** Refuses to make an empty graph of a database that was not empty. */
  private void checkAnything() {
    boolean wasEmpty = highestLsn() == Lsn.NONE && problems.isEmpty();
    if (baseLsn == Lsn.NONE && !present.contains(1) && !wasEmpty) {
      throw new WeftException(
          ErrorCode.CORRUPTED,
          "nothing can be saved: no snapshot is sound, and the log has not the first commit"
              + (problems.isEmpty() ? "" : "; " + problems.get(0).message()));
    }
  }

  private long highestLsn() {
    return Math.max(log.highestLsn(), files.highestLsn());
  }

  // ---- The graph --------------------------------------------------------------------------------

  /** Applies the commits up to {@link #lastLsn}, or up to one that is no commit of this graph. */
  private GraphSnapshot replayed() {
    try {
      return apply();
    } catch (WeftException failure) {
      if (applying == Lsn.NONE || failure.code().category() != ErrorCategory.CORRUPTION) {
        throw failure;
      }
      problems.add(FileProblem.of("", applying, failure));
      lastLsn = applying - 1;
      return apply();
    }
  }

  private GraphSnapshot apply() {
    GraphTransaction transaction = files.newestGraph().beginUnrecorded();
    long[] applied = {baseLsn};
    log.read(
        (lsn, changes) -> {
          if (lsn == applied[0] + 1 && lsn <= lastLsn) {
            applying = lsn;
            transaction.apply(changes);
            applying = Lsn.NONE;
            applied[0] = lsn;
            if (lsn % Recovery.COMMITS_BETWEEN_FREEZES == 0) {
              transaction.commitPart();
            }
          }
        });
    return transaction.commit();
  }
}
