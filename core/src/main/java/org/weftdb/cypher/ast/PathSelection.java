package org.weftdb.cypher.ast;

/** Which of the paths that fit a pattern are meant. */
public enum PathSelection {
  /** All of them. */
  ALL,
  /** {@code shortestPath(...)}: one of the shortest between its ends. */
  SHORTEST,
  /** {@code allShortestPaths(...)}: all of the shortest between its ends. */
  ALL_SHORTEST
}
