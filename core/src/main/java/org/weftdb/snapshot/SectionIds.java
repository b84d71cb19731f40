package org.weftdb.snapshot;

/** The numbers of sections that the container itself or the engine gives out. */
public final class SectionIds {
  /** The manifest. */
  public static final int MANIFEST = 1;

  /**
   * What ties a snapshot file to the database in whose storage it lies; never in exported bytes.
   */
  public static final int DATABASE = 2;

  /** The first number for the graph's own sections. */
  public static final int FIRST_OF_GRAPH = 16;

  private SectionIds() {}
}
