package org.weftdb.engine;

import org.weftdb.error.ErrorCode;
import org.weftdb.snapshot.Manifest;
import org.weftdb.snapshot.SnapshotReader;

/**
 * What a snapshot holds.
 *
 * @param formatVersion the version of the snapshot format its bytes are in
 * @param nodeCount nodes in it
 * @param relationshipCount relationships in it
 * @param walLsn the number of the last commit that it contains; 0 for none, or without a log
 */
public record SnapshotInfo(int formatVersion, long nodeCount, long relationshipCount, long walLsn) {
  /**
   * What the bytes of a snapshot hold, without loading them. All their checksums are checked.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#NOT_OUR_FORMAT}, {@link
   *     ErrorCode#TRUNCATED}, {@link ErrorCode#CORRUPTED}, {@link ErrorCode#FORMAT_TOO_NEW} or
   *     {@link ErrorCode#FORMAT_TOO_OLD}
   */
  public static SnapshotInfo of(byte[] snapshot) {
    return of(new SnapshotReader(snapshot, "the snapshot").manifest());
  }

  static SnapshotInfo of(Manifest manifest) {
    return new SnapshotInfo(
        manifest.formatVersion(),
        manifest.nodeCount(),
        manifest.relationshipCount(),
        manifest.walLsn());
  }
}
