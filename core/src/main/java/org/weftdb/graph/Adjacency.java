package org.weftdb.graph;

import org.jspecify.annotations.Nullable;

/**
 * The relationships of all nodes in one direction: pages of 64 nodes, and a {@link Hub} for every
 * node with more than {@value #HUB_ENTRIES} entries, which goes back to its page when it has fewer
 * than {@value #PAGE_ENTRIES}.
 *
 * <p>Frozen it is immutable and may be read by any thread; {@link #edit} gives a version for one
 * writer that shares what it has not written.
 */
final class Adjacency {
  /** The most entries of one node that stay in a page: a page then holds 6,144 at most. */
  static final int HUB_ENTRIES = 96;

  /** A hub with fewer entries than this goes back into its page. */
  static final int PAGE_ENTRIES = 48;

  private final PageTable<AdjacencyPage> pages;
  private final @Nullable Editor editor;

  Adjacency() {
    this(new PageTable<>(), null);
  }

  private Adjacency(PageTable<AdjacencyPage> pages, @Nullable Editor editor) {
    this.pages = pages;
    this.editor = editor;
  }

  /** A version that the editor may write to. */
  Adjacency edit(Editor by) {
    return new Adjacency(pages.edit(by), by);
  }

  /** A version that nobody writes to any more; this one must not be written to after. */
  Adjacency freeze() {
    return editor == null ? this : new Adjacency(pages.freeze(), null);
  }

  boolean isEditable() {
    return editor != null;
  }

  /** The page of a node, or null when none of its 64 nodes has entries. */
  @Nullable AdjacencyPage pageOf(int node) {
    return pages.get(node >>> AdjacencyPage.NODE_BITS);
  }

  /** The page of a number, or null. */
  @Nullable AdjacencyPage page(int number) {
    return pages.get(number);
  }

  /** All page numbers in use are below it. */
  int pageBound() {
    return pages.bound();
  }

  /** The bytes of its pages and hubs. */
  long sizeBytes() {
    long bytes = pages.sizeBytes();
    for (int number = 0; number < pages.bound(); number++) {
      AdjacencyPage page = pages.get(number);
      bytes += page == null ? 0 : page.sizeBytes();
    }
    return bytes;
  }

  /** Puts a page that was built elsewhere. */
  void putPage(int number, AdjacencyPage page) {
    pages.put(number, page);
  }

  /**
   * Reads the entries of many nodes for no other reason than to have them in the processor's cache:
   * the loads of different nodes do not wait for each other here, which those of walks do.
   *
   * @return a number that means nothing
   */
  int readAhead(long[] nodes, int @Nullable [] selection, int count) {
    int sum = 0;
    for (int k = 0; k < count; k++) {
      int node = (int) nodes[selection == null ? k : selection[k]];
      AdjacencyPage page = node < 0 ? null : pageOf(node);
      if (page != null) {
        sum += page.offsets[node & AdjacencyPage.NODE_MASK];
      }
    }
    for (int k = 0; k < count; k++) {
      int node = (int) nodes[selection == null ? k : selection[k]];
      AdjacencyPage page = node < 0 ? null : pageOf(node);
      if (page != null) {
        int at = page.offsets[node & AdjacencyPage.NODE_MASK];
        if (at < page.types.length) {
          sum += page.types[at] + page.neighbours[at] + page.relationships[at];
        }
      }
    }
    return sum;
  }

  /** The number of a node's entries. */
  int degree(int node) {
    AdjacencyPage page = pageOf(node);
    if (page == null) {
      return 0;
    }
    int slot = node & AdjacencyPage.NODE_MASK;
    Hub hub = page.hub(slot);
    return hub != null ? hub.size : page.offsets[slot + 1] - page.offsets[slot];
  }

  /** The number of a node's entries of a type. */
  int degree(int node, int type) {
    AdjacencyPage page = pageOf(node);
    if (page == null) {
      return 0;
    }
    int slot = node & AdjacencyPage.NODE_MASK;
    int from = page.offsets[slot];
    int to = page.offsets[slot + 1];
    if (from < to && page.types[from] == type && page.types[to - 1] == type) {
      return to - from;
    }
    return countFrom(node, type, 0) - countFrom(node, type + 1, 0);
  }

  /** The number of a node's entries of a type with a neighbour. */
  int count(int node, int type, int neighbour) {
    return countFrom(node, type, neighbour) - countFrom(node, type, neighbour + 1);
  }

  private int countFrom(int node, int type, int neighbour) {
    AdjacencyPage page = pageOf(node);
    if (page == null) {
      return 0;
    }
    int slot = node & AdjacencyPage.NODE_MASK;
    Hub hub = page.hub(slot);
    if (hub != null) {
      return hub.size - hub.rank(type, neighbour);
    }
    int to = page.offsets[slot + 1];
    return to - page.lowerBound(page.offsets[slot], to, type, neighbour, 0);
  }

  /** The type of the first entry that has at least this type, or -1. */
  int nextType(int node, int type) {
    AdjacencyPage page = pageOf(node);
    if (page == null) {
      return -1;
    }
    int slot = node & AdjacencyPage.NODE_MASK;
    Hub hub = page.hub(slot);
    Entries entries = page;
    int from = page.offsets[slot];
    int to = page.offsets[slot + 1];
    if (hub != null) {
      HubChunk chunk = hub.chunks[hub.chunkOf(type, 0, 0)];
      entries = chunk;
      from = 0;
      to = chunk.count;
    }
    int at = entries.lowerBound(from, to, type, 0, 0);
    return at < to ? entries.types[at] : -1;
  }

  /** Adds an entry that is not there yet. */
  void insert(int node, int type, int neighbour, int relationship) {
    Editor by = checkEditable();
    int number = node >>> AdjacencyPage.NODE_BITS;
    int slot = node & AdjacencyPage.NODE_MASK;
    AdjacencyPage page = ownedPage(number, by);
    Hub hub = page.hub(slot);
    if (hub == null) {
      int from = page.offsets[slot];
      int to = page.offsets[slot + 1];
      if (to - from < HUB_ENTRIES) {
        int at = page.lowerBound(from, to, type, neighbour, relationship);
        page.insertAt(at, page.used(), type, neighbour, relationship);
        page.shiftOffsets(slot, 1);
        return;
      }
      hub = Hub.of(page, from, to, by);
      page.removeRange(from, to, page.used());
      page.shiftOffsets(slot, from - to);
      page.setHub(slot, hub);
    } else if (hub.owner != by) {
      hub = hub.ownedBy(by);
      page.setHub(slot, hub);
    }
    hub.insert(type, neighbour, relationship, by);
  }

  /** Removes an entry; false when it is not there. */
  boolean remove(int node, int type, int neighbour, int relationship) {
    Editor by = checkEditable();
    int number = node >>> AdjacencyPage.NODE_BITS;
    int slot = node & AdjacencyPage.NODE_MASK;
    if (pages.get(number) == null) {
      return false;
    }
    AdjacencyPage page = ownedPage(number, by);
    Hub hub = page.hub(slot);
    if (hub == null) {
      int to = page.offsets[slot + 1];
      int at = page.lowerBound(page.offsets[slot], to, type, neighbour, relationship);
      if (at == to || page.relationships[at] != relationship) {
        return false;
      }
      page.removeRange(at, at + 1, page.used());
      page.shiftOffsets(slot, -1);
    } else {
      if (hub.owner != by) {
        hub = hub.ownedBy(by);
        page.setHub(slot, hub);
      }
      if (!hub.remove(type, neighbour, relationship, by)) {
        return false;
      }
      if (hub.size < PAGE_ENTRIES) {
        backToPage(page, slot, hub);
      }
    }
    if (page.isEmpty()) {
      pages.put(number, null);
    }
    return true;
  }

  private static void backToPage(AdjacencyPage page, int slot, Hub hub) {
    int at = page.offsets[slot];
    int used = page.used();
    page.reserve(used + hub.size);
    page.copyEntries(page, at, at + hub.size, used - at);
    hub.copyTo(page, at);
    page.shiftOffsets(slot, hub.size);
    page.setHub(slot, null);
  }

  private AdjacencyPage ownedPage(int number, Editor by) {
    AdjacencyPage page = pages.get(number);
    if (page != null && page.owner == by) {
      return page;
    }
    AdjacencyPage owned = page == null ? new AdjacencyPage(by, 16) : page.ownedBy(by);
    pages.put(number, owned);
    return owned;
  }

  private Editor checkEditable() {
    Editor by = editor;
    if (by == null) {
      throw new IllegalStateException("frozen adjacency");
    }
    return by;
  }
}
