package org.weftdb.engine;

import org.weftdb.log.Durability;
import org.weftdb.log.LogOptions;

/**
 * How a database uses its storage.
 *
 * @param durability when a commit is durable
 * @param segmentBytes size at which a log segment is followed by another
 * @param maxCommitBytes the most bytes of changes in one commit
 * @param checkpoints when checkpoints are due, and how many are kept
 * @param opening is told how opening goes on
 */
public record StorageOptions(
    Durability durability,
    int segmentBytes,
    int maxCommitBytes,
    CheckpointPolicy checkpoints,
    OpeningListener opening) {
  /** 1 GiB. */
  public static final int DEFAULT_MAX_COMMIT_BYTES = 1 << 30;

  /** What is used when nothing else is said. */
  public static final StorageOptions DEFAULT =
      new StorageOptions(
          Durability.PER_COMMIT,
          LogOptions.DEFAULT_SEGMENT_BYTES,
          DEFAULT_MAX_COMMIT_BYTES,
          CheckpointPolicy.DEFAULT,
          OpeningListener.NONE);

  public StorageOptions {
    if (segmentBytes < 1) {
      throw new IllegalArgumentException("segments of " + segmentBytes + " bytes");
    }
    if (maxCommitBytes < 1) {
      throw new IllegalArgumentException("commits of " + maxCommitBytes + " bytes");
    }
  }

  /** The same with another durability. */
  public StorageOptions withDurability(Durability other) {
    return new StorageOptions(other, segmentBytes, maxCommitBytes, checkpoints, opening);
  }

  /** The same with segments of another size. */
  public StorageOptions withSegmentBytes(int other) {
    return new StorageOptions(durability, other, maxCommitBytes, checkpoints, opening);
  }

  /** The same with another most of bytes in a commit. */
  public StorageOptions withMaxCommitBytes(int other) {
    return new StorageOptions(durability, segmentBytes, other, checkpoints, opening);
  }

  /** The same with other checkpoints. */
  public StorageOptions withCheckpoints(CheckpointPolicy other) {
    return new StorageOptions(durability, segmentBytes, maxCommitBytes, other, opening);
  }

  /** The same with somebody else who is told how opening goes on. */
  public StorageOptions withOpening(OpeningListener other) {
    return new StorageOptions(durability, segmentBytes, maxCommitBytes, checkpoints, other);
  }
}
