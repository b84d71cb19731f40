package org.weftdb.log;

/** The numbers of commits, as {@code long}: 1, 2, 3, … in the order of the log. */
public final class Lsn {
  /** Before the first commit. */
  public static final long NONE = 0;

  private Lsn() {}

  /** Returns the number, or throws when it cannot be one. */
  public static long checked(long lsn) {
    if (lsn < NONE) {
      throw new IllegalArgumentException("not a log sequence number: " + lsn);
    }
    return lsn;
  }
}
