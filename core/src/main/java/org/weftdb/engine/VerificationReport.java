package org.weftdb.engine;

import java.util.List;
import java.util.Locale;
import org.weftdb.log.ScannedSegment;

/**
 * What a verification of a database's files has found.
 *
 * @param databaseId the id of the database as 32 hexadecimal digits, or empty when it is not known
 * @param opens whether the database can be opened
 * @param lastLsn the last commit in it, or 0 when it cannot be opened
 * @param nodes the nodes in it, or 0 when it cannot be opened
 * @param relationships the relationships in it, or 0 when it cannot be opened
 * @param snapshots the snapshots, the oldest first
 * @param segments the files of the log, by name
 * @param tornBytes bytes at the log's end that a crash left and that nobody was promised
 * @param garbage files that the next opening deletes
 * @param problems what is not as it should be; a torn end and garbage are no problems
 */
public record VerificationReport(
    String databaseId,
    boolean opens,
    long lastLsn,
    long nodes,
    long relationships,
    List<Snapshot> snapshots,
    List<ScannedSegment> segments,
    long tornBytes,
    List<String> garbage,
    List<FileProblem> problems) {

  /**
   * A snapshot in the storage.
   *
   * @param name its file
   * @param lsn the last commit in it, by its name
   * @param bytes the length of the file
   * @param isSound whether it can be used
   */
  public record Snapshot(String name, long lsn, long bytes, boolean isSound) {}

  public VerificationReport {
    snapshots = List.copyOf(snapshots);
    segments = List.copyOf(segments);
    garbage = List.copyOf(garbage);
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return problems.isEmpty();
  }

  /** The report for people, one fact in a line. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append("database ").append(databaseId.isEmpty() ? "(unknown)" : databaseId);
    if (opens) {
      text.append(" up to commit ").append(lastLsn).append(": ").append(nodes).append(" nodes, ");
      text.append(relationships).append(" relationships\n");
    } else {
      text.append(" cannot be opened\n");
    }
    for (Snapshot snapshot : snapshots) {
      text.append(snapshot.name).append(": ").append(snapshot.bytes).append(" bytes");
      text.append(snapshot.isSound ? "\n" : ", damaged\n");
    }
    for (ScannedSegment segment : segments) {
      text.append(segment.name()).append(": ").append(segment.bytes()).append(" bytes, ");
      text.append(segment.use().name().toLowerCase(Locale.ROOT));
      if (segment.lastLsn() > 0) {
        text.append(", commits ")
            .append(segment.firstLsn())
            .append(" to ")
            .append(segment.lastLsn());
      }
      text.append('\n');
    }
    if (tornBytes > 0) {
      text.append(tornBytes).append(" bytes at the end of the log are what a crash left\n");
    }
    for (String name : garbage) {
      text.append(name).append(" will be deleted\n");
    }
    for (FileProblem problem : problems) {
      text.append(problem).append('\n');
    }
    return text.append(isClean() ? "no problems\n" : problems.size() + " problems\n").toString();
  }
}
