package org.weftdb.value;

import java.util.Arrays;

/**
 * A path by the ids along it, inside the engine: n + 1 nodes joined by n relationships.
 *
 * <p>The arrays are not copied and must not be changed by anyone after the constructor. Two paths
 * are equal when they visit the same nodes over the same relationships in the same order.
 */
public final class PathReference {
  private final int[] nodes;
  private final int[] relationships;

  /**
   * A path along these ids, which it keeps.
   *
   * @throws IllegalArgumentException when there is not one node more than relationships
   */
  public PathReference(int[] nodes, int[] relationships) {
    if (nodes.length != relationships.length + 1) {
      throw new IllegalArgumentException(
          nodes.length + " nodes and " + relationships.length + " relationships");
    }
    this.nodes = nodes;
    this.relationships = relationships;
  }

  /** The ids of the nodes from the first to the last; not to be changed. */
  public int[] nodes() {
    return nodes;
  }

  /** The ids of the relationships in order; not to be changed. */
  public int[] relationships() {
    return relationships;
  }

  /** The number of relationships. */
  public int length() {
    return relationships.length;
  }

  /** The id of the first node. */
  public int startNode() {
    return nodes[0];
  }

  /** The id of the last node. */
  public int endNode() {
    return nodes[nodes.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathReference path
        && Arrays.equals(nodes, path.nodes)
        && Arrays.equals(relationships, path.relationships);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nodes) + Arrays.hashCode(relationships);
  }

  @Override
  public String toString() {
    return "PathReference" + Arrays.toString(nodes) + Arrays.toString(relationships);
  }
}
