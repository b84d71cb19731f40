package org.weftdb.value;

import java.util.List;

/**
 * A path as it was when the result was made: n + 1 nodes joined by n relationships, each of which
 * may be traversed against its direction.
 *
 * @param nodes the nodes from the first to the last
 * @param relationships the relationships in order
 */
public record Path(List<Node> nodes, List<Relationship> relationships) {
  public Path {
    nodes = List.copyOf(nodes);
    relationships = List.copyOf(relationships);
    if (nodes.size() != relationships.size() + 1) {
      throw new IllegalArgumentException(
          nodes.size() + " nodes and " + relationships.size() + " relationships");
    }
  }

  /** The number of relationships. */
  public int length() {
    return relationships.size();
  }
}
