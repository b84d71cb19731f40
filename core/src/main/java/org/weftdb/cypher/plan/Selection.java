package org.weftdb.cypher.plan;

/**
 * Which of the paths between two ends are meant, and how many.
 *
 * @param count an integer from 1, evaluated without a row
 */
public record Selection(Choice choice, Scalar count, Origin origin) {
  /** Which of the paths between two ends are meant. */
  public enum Choice {
    /** So many of the shortest. */
    SHORTEST,
    /** All of so many of the shortest lengths. */
    GROUPS
  }
}
