package org.weftdb.graph;

/**
 * Builds the adjacency of one direction from all relationships at once, in time linear in their
 * number but for the sorting within single nodes.
 */
final class AdjacencyBuilder extends Entries {
  /** Up to so many entries are sorted by insertion. */
  private static final int SHORT_RUN = 24;

  private final Editor editor;
  private int[] spareTypes = {};
  private int[] spareNeighbours = {};
  private int[] spareRelationships = {};

  private AdjacencyBuilder(Editor editor, int entries) {
    super(editor, entries);
    this.editor = editor;
  }

  /**
   * The adjacency of relationships by id.
   *
   * @param typesPlusOne per relationship its type plus one, 0 where there is none
   * @param from the node whose entry it is to be
   * @param to the node that is the neighbour then
   * @param nodeBound all of {@code from} are below it
   */
  static Adjacency build(int[] typesPlusOne, int[] from, int[] to, int nodeBound, Editor editor) {
    int[] ends = new int[nodeBound + 1];
    for (int i = 0; i < typesPlusOne.length; i++) {
      if (typesPlusOne[i] != 0) {
        ends[from[i] + 1]++;
      }
    }
    for (int node = 1; node <= nodeBound; node++) {
      ends[node] += ends[node - 1];
    }
    AdjacencyBuilder entries = new AdjacencyBuilder(editor, ends[nodeBound]);
    // ends[node] begins as where the node's entries begin and moves to where they end.
    for (int i = 0; i < typesPlusOne.length; i++) {
      if (typesPlusOne[i] != 0) {
        int at = ends[from[i]]++;
        entries.types[at] = typesPlusOne[i] - 1;
        entries.neighbours[at] = to[i];
        entries.relationships[at] = i;
      }
    }
    return entries.cutIntoPages(ends, nodeBound);
  }

  private Adjacency cutIntoPages(int[] ends, int nodeBound) {
    Adjacency adjacency = new Adjacency().edit(editor);
    for (int first = 0; first < nodeBound; first += AdjacencyPage.NODES) {
      int last = Math.min(nodeBound, first + AdjacencyPage.NODES);
      int begin = first == 0 ? 0 : ends[first - 1];
      if (ends[last - 1] > begin) {
        adjacency.putPage(first >>> AdjacencyPage.NODE_BITS, page(ends, first, last, begin));
      }
    }
    return adjacency;
  }

  private AdjacencyPage page(int[] ends, int first, int last, int begin) {
    int kept = 0;
    int from = begin;
    for (int node = first; node < last; node++) {
      int degree = ends[node] - from;
      sort(from, ends[node]);
      kept += degree > Adjacency.HUB_ENTRIES ? 0 : degree;
      from = ends[node];
    }
    AdjacencyPage page = new AdjacencyPage(editor, kept);
    int used = 0;
    from = begin;
    for (int node = first; node < last; node++) {
      int slot = node - first;
      int degree = ends[node] - from;
      if (degree > Adjacency.HUB_ENTRIES) {
        page.setHub(slot, Hub.of(this, from, ends[node], editor));
      } else if (degree > 0) {
        page.copyEntries(this, from, used, degree);
        used += degree;
      }
      page.offsets[slot + 1] = used;
      from = ends[node];
    }
    for (int slot = last - first; slot < AdjacencyPage.NODES; slot++) {
      page.offsets[slot + 1] = used;
    }
    return page;
  }

  /** Sorts entries whose relationships ascend. */
  private void sort(int from, int to) {
    if (isSorted(from, to)) {
      return;
    }
    for (int run = from; run < to; run += SHORT_RUN) {
      insertionSort(run, Math.min(to, run + SHORT_RUN));
    }
    for (long length = SHORT_RUN; length < to - from; length *= 2) {
      for (long run = from; run + length < to; run += 2 * length) {
        merge((int) run, (int) (run + length), (int) Math.min(to, run + 2 * length));
      }
    }
  }

  private boolean isSorted(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (isBefore(i, types[i - 1], neighbours[i - 1], relationships[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int type = types[i];
      int neighbour = neighbours[i];
      int relationship = relationships[i];
      int at = i;
      while (at > from && !isBefore(at - 1, type, neighbour, relationship)) {
        types[at] = types[at - 1];
        neighbours[at] = neighbours[at - 1];
        relationships[at] = relationships[at - 1];
        at--;
      }
      types[at] = type;
      neighbours[at] = neighbour;
      relationships[at] = relationship;
    }
  }

  private void merge(int from, int middle, int to) {
    int length = middle - from;
    if (spareTypes.length < length) {
      spareTypes = new int[length];
      spareNeighbours = new int[length];
      spareRelationships = new int[length];
    }
    System.arraycopy(types, from, spareTypes, 0, length);
    System.arraycopy(neighbours, from, spareNeighbours, 0, length);
    System.arraycopy(relationships, from, spareRelationships, 0, length);
    int left = 0;
    int right = middle;
    for (int at = from; left < length; at++) {
      if (right < to
          && isBefore(right, spareTypes[left], spareNeighbours[left], spareRelationships[left])) {
        types[at] = types[right];
        neighbours[at] = neighbours[right];
        relationships[at] = relationships[right];
        right++;
      } else {
        types[at] = spareTypes[left];
        neighbours[at] = spareNeighbours[left];
        relationships[at] = spareRelationships[left];
        left++;
      }
    }
  }
}
