package org.weftdb.engine;

/**
 * When checkpoints are made without being asked for, and what is kept. A checkpoint is due when any
 * of the three has come and there was a commit since the last one.
 *
 * @param logBytes so many bytes of the log since the last one, and at least half as many as the
 *     last snapshot has; 0 for never
 * @param commits so many commits since the last one; 0 for never
 * @param intervalMillis so much time since the last one or the opening; 0 for never
 * @param keptSnapshots how many snapshots are kept, the newest included, from 1; the log is kept
 *     from the oldest of them on, so that each can stand in for a damaged one after it
 */
public record CheckpointPolicy(
    long logBytes, long commits, long intervalMillis, int keptSnapshots) {
  /** After 64 MiB of log or 1,000,000 commits; two snapshots are kept. */
  public static final CheckpointPolicy DEFAULT = new CheckpointPolicy(64L << 20, 1_000_000, 0, 2);

  public CheckpointPolicy {
    if (logBytes < 0 || commits < 0 || intervalMillis < 0 || keptSnapshots < 1) {
      throw new IllegalArgumentException(
          "checkpoints after "
              + logBytes
              + " bytes, "
              + commits
              + " commits or "
              + intervalMillis
              + " ms, of which "
              + keptSnapshots
              + " are kept");
    }
  }

  /** Only checkpoints that are asked for; two snapshots are kept. */
  public static CheckpointPolicy onlyAsked() {
    return new CheckpointPolicy(0, 0, 0, 2);
  }

  /** The same with another number of bytes of the log. */
  public CheckpointPolicy withLogBytes(long other) {
    return new CheckpointPolicy(other, commits, intervalMillis, keptSnapshots);
  }

  /** The same with another number of commits. */
  public CheckpointPolicy withCommits(long other) {
    return new CheckpointPolicy(logBytes, other, intervalMillis, keptSnapshots);
  }

  /** The same with another time. */
  public CheckpointPolicy withIntervalMillis(long other) {
    return new CheckpointPolicy(logBytes, commits, other, keptSnapshots);
  }

  /** The same with another number of kept snapshots. */
  public CheckpointPolicy withKeptSnapshots(int other) {
    return new CheckpointPolicy(logBytes, commits, intervalMillis, other);
  }
}
