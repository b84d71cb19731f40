package org.weftdb.engine;

import org.weftdb.snapshot.Manifest;

/**
 * What a snapshot holds.
 *
 * @param formatVersion the version of the snapshot format its bytes are in
 * @param nodeCount nodes in it
 * @param relationshipCount relationships in it
 * @param walLsn the number of the last commit that it contains; 0 for none, or without a log
 */
public record SnapshotInfo(int formatVersion, long nodeCount, long relationshipCount, long walLsn) {
  static SnapshotInfo of(Manifest manifest) {
    return new SnapshotInfo(
        manifest.formatVersion(),
        manifest.nodeCount(),
        manifest.relationshipCount(),
        manifest.walLsn());
  }
}
