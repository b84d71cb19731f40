package org.weftdb.cypher.ast;

/** Which of the paths that fit a pattern are meant. */
public enum PathSelection {
  /** All of them. */
  ALL,
  /** {@code shortestPath(...)}: one of the shortest between its ends. */
  SHORTEST_PATH,
  /** {@code allShortestPaths(...)}: all of the shortest between its ends. */
  ALL_SHORTEST_PATHS,
  /** {@code ANY k}: k of them between each two ends. */
  ANY,
  /** {@code SHORTEST k}: k of the shortest between each two ends. */
  SHORTEST,
  /** {@code ALL SHORTEST}: all of the shortest between each two ends. */
  ALL_SHORTEST,
  /** {@code SHORTEST k GROUPS}: all of the k shortest lengths between each two ends. */
  SHORTEST_GROUPS;

  /** Whether it is written as a function around the path. */
  public boolean isFunction() {
    return this == SHORTEST_PATH || this == ALL_SHORTEST_PATHS;
  }
}
