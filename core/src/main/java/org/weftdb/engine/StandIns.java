package org.weftdb.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.graph.GraphSnapshot;
import org.weftdb.graph.GraphTransaction;
import org.weftdb.log.DatabaseId;
import org.weftdb.log.LogReader;
import org.weftdb.log.LogSegment;
import org.weftdb.log.Lsn;
import org.weftdb.storage.Storage;

/**
 * Checks that snapshots can stand in for each other: that an older one, or the empty graph, and the
 * log give the very graph of every newer one, as far as the log goes back.
 */
final class StandIns {
  private final Storage storage;
  private final DatabaseId databaseId;
  private final Inventory files;

  StandIns(Storage storage, DatabaseId databaseId, Inventory files) {
    this.storage = storage;
    this.databaseId = databaseId;
    this.files = files;
  }

  /** Checks the snapshots of a database that can be opened. */
  void check(Recovery.Found found, Consumer<FileProblem> problems) {
    List<LogSegment> segments = found.log().segments();
    if (segments.isEmpty() || found.snapshotLsn() > found.log().lastLsn()) {
      return;
    }
    long reach = segments.get(0).firstWholeLsn() - 1;
    List<String> names = new ArrayList<>();
    for (VerificationReport.Snapshot snapshot : files.snapshots()) {
      if (snapshot.isSound() && snapshot.lsn() >= reach) {
        names.add(snapshot.name());
      }
    }
    if (reach == Lsn.NONE) {
      compare(GraphSnapshot.empty(), Lsn.NONE, names, problems);
    } else if (names.size() > 1) {
      String first = names.remove(0);
      compare(files.read(first), DatabaseFiles.snapshotLsn(first), names, problems);
    }
  }

  /** Goes on from a graph with the log, and compares it with snapshots on the way. */
  private void compare(
      GraphSnapshot start, long startLsn, List<String> names, Consumer<FileProblem> problems) {
    if (names.isEmpty()) {
      return;
    }
    long lastLsn = DatabaseFiles.snapshotLsn(names.get(names.size() - 1));
    GraphTransaction graph = start.beginUnrecorded();
    LogReader.read(
        storage,
        databaseId,
        startLsn,
        (lsn, changes) -> {
          if (lsn > lastLsn) {
            return;
          }
          graph.apply(changes);
          String name = DatabaseFiles.snapshotName(lsn);
          if (names.contains(name)) {
            if (!Arrays.equals(bytes(graph.commitPart()), bytes(files.read(name)))) {
              String message = name + " has not the graph that the log gives up to it";
              problems.accept(new FileProblem(name, -1, lsn, ErrorCode.CORRUPTED, message));
            }
          } else if (lsn % Recovery.COMMITS_BETWEEN_FREEZES == 0) {
            graph.commitPart();
          }
        });
  }

  private static byte[] bytes(GraphSnapshot graph) {
    ByteWriter bytes = StoredSnapshot.encode(new Root(graph, Lsn.NONE, 0));
    return bytes.toByteArray();
  }
}
