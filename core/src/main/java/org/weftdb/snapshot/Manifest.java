package org.weftdb.snapshot;

/**
 * What a snapshot holds.
 *
 * @param formatVersion the version of the snapshot format its bytes are in
 * @param nodeCount nodes in it
 * @param relationshipCount relationships in it
 * @param walLsn the number of the last commit that it contains; 0 for none, or without a log
 */
public record Manifest(int formatVersion, long nodeCount, long relationshipCount, long walLsn) {
  public Manifest {
    if (formatVersion < 1 || nodeCount < 0 || relationshipCount < 0 || walLsn < 0) {
      throw new IllegalArgumentException(
          "not a manifest: "
              + formatVersion
              + ", "
              + nodeCount
              + ", "
              + relationshipCount
              + ", "
              + walLsn);
    }
  }

  /** A manifest in the version that is written. */
  public static Manifest of(long nodeCount, long relationshipCount, long walLsn) {
    return new Manifest(
        SnapshotFormatVersion.newest().number(), nodeCount, relationshipCount, walLsn);
  }

  /** The same with another last commit. */
  public Manifest withWalLsn(long newWalLsn) {
    return new Manifest(formatVersion, nodeCount, relationshipCount, newWalLsn);
  }
}
