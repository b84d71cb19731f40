package org.weftdb.log;

import org.weftdb.storage.FileFormat;

/** The versions of the log format. Append only; a version's number is its place, from 1. */
public enum LogFormatVersion {
  /** The first version. */
  V1,

  /**
   * Changes that create indexes on several keys and of several kinds, and constraints, and more
   * types of values.
   */
  V2;

  /** The format with all its versions. */
  public static final FileFormat FORMAT = new FileFormat("WLOG", V1.number(), newest().number());

  /** The number that stands in the file. */
  public int number() {
    return ordinal() + 1;
  }

  /** The version that is written. */
  public static LogFormatVersion newest() {
    return V2;
  }
}
