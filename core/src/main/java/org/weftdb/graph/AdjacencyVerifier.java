package org.weftdb.graph;

import org.weftdb.value.Direction;

/**
 * Checks the adjacency of a direction: every entry stands for a relationship that is so, entries
 * are in strict order, and there are as many as relationships; so each is there once.
 */
final class AdjacencyVerifier {
  private final GraphView view;
  private final GraphState state;
  private final Findings findings;
  private final AdjacencyCursor cursor = new AdjacencyCursor();

  AdjacencyVerifier(GraphView view, Findings findings) {
    this.view = view;
    this.state = view.state;
    this.findings = findings;
  }

  void check(Adjacency adjacency, Direction direction) {
    long entries = 0;
    for (int number = 0; number < adjacency.pageBound() && !findings.isFull(); number++) {
      AdjacencyPage page = adjacency.page(number);
      if (page == null) {
        continue;
      }
      if (page.isEmpty()) {
        findings.add("adjacency page " + number + " is empty");
      }
      if (!isSound(page)) {
        findings.add("adjacency page " + number + " contradicts itself");
        continue;
      }
      for (int slot = 0; slot < AdjacencyPage.NODES; slot++) {
        int node = number << AdjacencyPage.NODE_BITS | slot;
        entries += checkNode(node, adjacency.degree(node), direction);
      }
    }
    findings.addUnlessEqual(state.relationshipCount, entries, direction + " entries of adjacency");
  }

  /** Whether the sizes in a page agree with each other, so that a cursor can walk over it. */
  private static boolean isSound(AdjacencyPage page) {
    int hubs = 0;
    for (int slot = 0; slot < AdjacencyPage.NODES; slot++) {
      int inPage = page.offsets[slot + 1] - page.offsets[slot];
      Hub hub = page.hub(slot);
      if (inPage < 0 || inPage > Adjacency.HUB_ENTRIES || hub != null && !isSound(hub, inPage)) {
        return false;
      }
      hubs += hub == null ? 0 : 1;
    }
    return page.offsets[0] == 0 && page.used() <= page.capacity() && hubs == page.hubCount;
  }

  private static boolean isSound(Hub hub, int inPage) {
    int entries = 0;
    for (int i = 0; i < hub.chunkCount; i++) {
      HubChunk chunk = hub.chunks[i];
      if (chunk.count < 1 || chunk.count > HubChunk.MAX_ENTRIES || chunk.count > chunk.capacity()) {
        return false;
      }
      entries += chunk.count;
    }
    return inPage == 0
        && hub.chunkCount > 0
        && entries == hub.size
        && entries >= Adjacency.PAGE_ENTRIES;
  }

  private int checkNode(int node, int degree, Direction direction) {
    if (degree == 0) {
      return 0;
    }
    int count = 0;
    int lastType = -1;
    int lastNeighbour = -1;
    int lastRelationship = -1;
    view.neighbours(node, direction, -1, cursor);
    while (cursor.nextSegment()) {
      for (int i = cursor.from; i < cursor.to; i++) {
        int type = cursor.types[i];
        int neighbour = cursor.neighbours[i];
        int relationship = cursor.relationships[i];
        if (!isSo(node, direction, type, neighbour, relationship)) {
          findings.add(
              direction
                  + " adjacency of node "
                  + node
                  + " has an entry that no relationship is like");
        }
        boolean ascends =
            type != lastType
                ? type > lastType
                : neighbour != lastNeighbour
                    ? neighbour > lastNeighbour
                    : relationship > lastRelationship;
        if (!ascends) {
          findings.add(direction + " adjacency of node " + node + " is not in order");
        }
        lastType = type;
        lastNeighbour = neighbour;
        lastRelationship = relationship;
        count++;
      }
    }
    findings.addUnlessEqual(count, degree, direction + " degree of node " + node);
    return count;
  }

  private boolean isSo(int node, Direction direction, int type, int neighbour, int relationship) {
    boolean outgoing = direction == Direction.OUTGOING;
    return relationship >= 0
        && relationship < state.relationshipIdBound
        && type >= 0
        && state.types.get(relationship) == type + 1
        && state.starts.get(relationship) == (outgoing ? node : neighbour)
        && state.ends.get(relationship) == (outgoing ? neighbour : node);
  }
}
