package org.weftdb.snapshot;

import org.weftdb.storage.FileFormat;

/** The versions of the snapshot format. Append only; a version's number is its place, from 1. */
public enum SnapshotFormatVersion {
  /** The first version. */
  V1,

  /**
   * Indexes on several keys and of several kinds, constraints (sections 22 and 23), and more types
   * of values.
   */
  V2;

  /** The format with all its versions. */
  public static final FileFormat FORMAT = new FileFormat("SNAP", V1.number(), newest().number());

  /** The number that stands in the file. */
  public int number() {
    return ordinal() + 1;
  }

  /** The version that is written. */
  public static SnapshotFormatVersion newest() {
    return V2;
  }
}
