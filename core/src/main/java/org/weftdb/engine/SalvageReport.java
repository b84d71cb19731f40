package org.weftdb.engine;

import java.util.List;

/**
 * What of a damaged database was copied, and what was not.
 *
 * @param databaseId the id of the damaged database as 32 hexadecimal digits
 * @param lastLsn the copy is the graph as it was after this commit, exactly; 0 for the empty one
 * @param snapshot the file of the snapshot that it comes from, or empty when all comes from the log
 * @param commits how many commits of the log were applied on top of it
 * @param nodes the nodes in the copy
 * @param relationships the relationships in the copy
 * @param lost the commits that are not in the copy, in their order
 * @param tornBytes bytes at the log's end that nothing vouches for: what a crash left and nobody
 *     was promised, or the end of a log that was damaged just there
 * @param problems what is wrong with the files, also where nothing was lost by it
 */
public record SalvageReport(
    String databaseId,
    long lastLsn,
    String snapshot,
    long commits,
    long nodes,
    long relationships,
    List<LostCommits> lost,
    long tornBytes,
    List<FileProblem> problems) {

  /**
   * Commits in a row that are not in the copy.
   *
   * @param first the first one
   * @param last the last one
   * @param isReadable whether they are there undamaged, but rest on others that are not
   */
  public record LostCommits(long first, long last, boolean isReadable) {
    @Override
    public String toString() {
      String which = first == last ? "commit " + first : "commits " + first + " to " + last;
      return which + (isReadable ? ": undamaged, but behind a gap" : ": damaged or missing");
    }
  }

  public SalvageReport {
    lost = List.copyOf(lost);
    problems = List.copyOf(problems);
  }

  /** Whether every commit that the files tell of is in the copy. */
  public boolean isComplete() {
    return lost.isEmpty();
  }

  /** The report for people, one fact in a line. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append("database ").append(databaseId).append(" as it was after commit ").append(lastLsn);
    text.append(": ").append(nodes).append(" nodes, ").append(relationships);
    text.append(" relationships, from ");
    text.append(snapshot.isEmpty() ? "the log" : snapshot).append(" and ").append(commits);
    text.append(" commits of the log\n");
    for (LostCommits range : lost) {
      text.append("lost: ").append(range).append('\n');
    }
    if (tornBytes > 0) {
      text.append(tornBytes).append(" bytes at the end of the log are no commits\n");
    }
    for (FileProblem problem : problems) {
      text.append(problem).append('\n');
    }
    return text.append(isComplete() ? "nothing is lost\n" : "").toString();
  }
}
