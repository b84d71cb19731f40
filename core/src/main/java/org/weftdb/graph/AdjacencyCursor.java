package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/**
 * Walks the relationships of one node in segments of parallel arrays.
 *
 * <pre>{@code
 * view.neighbours(node, Direction.OUTGOING, type, cursor);
 * while (cursor.nextSegment()) {
 *   for (int i = cursor.from; i < cursor.to; i++) {
 *     ... cursor.neighbours[i], cursor.relationships[i], cursor.types[i]
 *   }
 * }
 * }</pre>
 *
 * <p>Entries of one direction come sorted by (type, neighbour, relationship); segments are never
 * empty. Reusable, for one thread. The arrays belong to the graph and must not be changed. In a
 * transaction a cursor is valid until the next write.
 */
public final class AdjacencyCursor {
  private static final int[] NONE = {};

  /** No type, no neighbour, no node to leave out. */
  private static final int ANY = -1;

  /** The types of the entries. */
  public int[] types = NONE;

  /** The ids of the nodes at the other end. */
  public int[] neighbours = NONE;

  /** The ids of the relationships. */
  public int[] relationships = NONE;

  /** The first entry of the segment. */
  public int from;

  /** The end of the segment, exclusive. */
  public int to;

  private int node;
  private int type;
  private int neighbour;

  /** The adjacency to walk after this one, or null. */
  private @Nullable Adjacency then;

  /** The adjacency in which the next type is to be looked for, or null. */
  private @Nullable Adjacency byType;

  private int presentType;

  /** The node whose entries are left out, or {@link #ANY}. */
  private int leftOut = ANY;

  /** What is left of the present range: of the arrays, or of the hub when there is one. */
  private int rangeFrom;

  private int rangeTo;
  private @Nullable Hub hub;
  private int chunk;
  private int lastChunk;
  private int chunkFrom;
  private int lastTo;

  /** Begins at the entries of a node in one adjacency, and then in another without its loops. */
  void open(Adjacency first, @Nullable Adjacency second, int ofNode, int ofType, int to) {
    node = ofNode;
    type = ofType;
    neighbour = to;
    then = second != null && to == ofNode ? null : second;
    leftOut = ANY;
    openAdjacency(first);
  }

  /** Begins with nothing. */
  void openEmpty() {
    then = null;
    byType = null;
    hub = null;
    rangeFrom = 0;
    rangeTo = 0;
  }

  private void openAdjacency(Adjacency adjacency) {
    byType = null;
    hub = null;
    rangeFrom = 0;
    rangeTo = 0;
    AdjacencyPage page = adjacency.pageOf(node);
    if (page == null) {
      return;
    }
    if (type == ANY && neighbour != ANY) {
      presentType = -1;
      byType = adjacency;
    } else if (type == ANY) {
      openAll(page);
    } else if (neighbour == ANY) {
      openRange(page, type, 0, type + 1, 0);
    } else {
      openRange(page, type, neighbour, type, neighbour + 1);
    }
  }

  private void openAll(AdjacencyPage page) {
    int slot = node & AdjacencyPage.NODE_MASK;
    Hub found = page.hub(slot);
    if (found != null) {
      hub = found;
      chunk = 0;
      chunkFrom = 0;
      lastChunk = found.chunkCount - 1;
      lastTo = found.chunks[lastChunk].count;
      return;
    }
    setArrays(page);
    rangeFrom = page.offsets[slot];
    rangeTo = page.offsets[slot + 1];
  }

  /** Sets the range to the entries from (type, neighbour) to before another such pair. */
  private void openRange(AdjacencyPage page, int type1, int neighbour1, int type2, int neighbour2) {
    int slot = node & AdjacencyPage.NODE_MASK;
    Hub found = page.hub(slot);
    if (found != null) {
      hub = found;
      chunk = found.chunkOf(type1, neighbour1, 0);
      HubChunk first = found.chunks[chunk];
      chunkFrom = first.lowerBound(0, first.count, type1, neighbour1, 0);
      lastChunk = found.chunkOf(type2, neighbour2, 0);
      HubChunk last = found.chunks[lastChunk];
      lastTo = last.lowerBound(0, last.count, type2, neighbour2, 0);
      return;
    }
    setArrays(page);
    int begin = page.offsets[slot];
    int end = page.offsets[slot + 1];
    boolean wholeType = type2 != type1 && neighbour1 == 0 && begin < end;
    if (wholeType && page.types[begin] == type1 && page.types[end - 1] == type1) {
      // Most nodes have relationships of one type only in a direction.
      rangeFrom = begin;
      rangeTo = end;
      return;
    }
    rangeFrom = page.lowerBound(begin, end, type1, neighbour1, 0);
    rangeTo = page.lowerBound(rangeFrom, end, type2, neighbour2, 0);
  }

  private void setArrays(Entries entries) {
    types = entries.types;
    neighbours = entries.neighbours;
    relationships = entries.relationships;
  }

  /** Goes to the next segment; false when there is none left. */
  public boolean nextSegment() {
    while (true) {
      if (rangeFrom < rangeTo) {
        if (leftOut == ANY) {
          from = rangeFrom;
          to = rangeTo;
          rangeFrom = rangeTo;
          return true;
        }
        if (nextWithoutLeftOut()) {
          return true;
        }
      } else if (!nextRange()) {
        return false;
      }
    }
  }

  /**
   * Goes to the first entry that leads at least to a node, in the segments behind the present one;
   * false when there is none. Only for a walk in one direction along one type: what it passes over
   * of a large hub it does not look at.
   */
  public boolean nextSegmentFrom(int least) {
    Hub present = hub;
    if (present != null && rangeFrom == rangeTo && chunk < lastChunk) {
      chunk = present.chunkOf(type, least, 0, chunk, lastChunk);
    }
    while (nextSegment()) {
      if (neighbours[to - 1] >= least) {
        int low = from;
        int high = to - 1;
        while (low < high) {
          int middle = low + high >>> 1;
          if (neighbours[middle] < least) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
        from = low;
        return true;
      }
    }
    return false;
  }

  /** A number that is at least that of the entries behind the present segment, and near it. */
  public int countAtMost() {
    int chunks = hub == null ? 0 : lastChunk + 1 - chunk;
    return rangeTo - rangeFrom + chunks * HubChunk.MAX_ENTRIES;
  }

  /** Takes from the range the next run of entries that are not with the node that is left out. */
  private boolean nextWithoutLeftOut() {
    int[] ends = neighbours;
    int end = rangeTo;
    int begin = rangeFrom;
    while (begin < end && ends[begin] == leftOut) {
      begin++;
    }
    int at = begin;
    while (at < end && ends[at] != leftOut) {
      at++;
    }
    rangeFrom = at;
    from = begin;
    to = at;
    return begin < at;
  }

  /** Sets the range to the next one, which may be empty; false when there is none. */
  private boolean nextRange() {
    Hub present = hub;
    if (present != null) {
      if (chunk <= lastChunk) {
        HubChunk next = present.chunks[chunk];
        setArrays(next);
        rangeFrom = chunkFrom;
        rangeTo = chunk == lastChunk ? lastTo : next.count;
        chunkFrom = 0;
        chunk++;
        return true;
      }
      hub = null;
    }
    Adjacency typed = byType;
    if (typed != null) {
      nextType(typed);
      return true;
    }
    Adjacency second = then;
    if (second == null) {
      return false;
    }
    then = null;
    leftOut = node;
    openAdjacency(second);
    return true;
  }

  /** With any type and one neighbour: the range of the next type, if there is one. */
  private void nextType(Adjacency adjacency) {
    presentType = adjacency.nextType(node, presentType + 1);
    AdjacencyPage page = adjacency.pageOf(node);
    if (presentType < 0 || page == null) {
      byType = null;
    } else {
      openRange(page, presentType, neighbour, presentType, neighbour + 1);
    }
  }
}
