package org.weftdb.graph;

import java.util.Arrays;

/**
 * The entries of a node that has too many for its page: a sorted list in chunks of at most {@value
 * HubChunk#MAX_ENTRIES}, of which a write copies one and the list of chunks, so that another
 * relationship of a node with a million of them costs no more than a few kilobytes.
 */
final class Hub extends Page {
  /** Chunks smaller than this are joined with a neighbour when both fit into three quarters. */
  private static final int SMALL_CHUNK = HubChunk.MAX_ENTRIES / 4;

  HubChunk[] chunks;
  int chunkCount;
  int size;

  private Hub(Editor owner, HubChunk[] chunks, int chunkCount, int size) {
    super(owner);
    this.chunks = chunks;
    this.chunkCount = chunkCount;
    this.size = size;
  }

  /** A hub of a range of sorted entries. */
  static Hub of(Entries source, int from, int to, Editor owner) {
    int size = to - from;
    int count = Math.max(1, (size + HubChunk.MAX_ENTRIES - 1) / HubChunk.MAX_ENTRIES);
    HubChunk[] chunks = new HubChunk[count];
    int at = from;
    for (int i = 0; i < count; i++) {
      int end = from + (int) ((long) size * (i + 1) / count);
      chunks[i] = HubChunk.copyOf(source, at, end, owner);
      at = end;
    }
    return new Hub(owner, chunks, count, size);
  }

  /** The bytes of the list and its chunks. */
  long sizeBytes() {
    long bytes = ObjectSize.object(16) + ObjectSize.references(chunks);
    for (int i = 0; i < chunkCount; i++) {
      bytes += chunks[i].arrayBytes();
    }
    return bytes;
  }

  /** This hub, or a copy of its list of chunks, for the editor to change. */
  Hub ownedBy(Editor editor) {
    if (owner == editor) {
      return this;
    }
    editor.copied(chunkCount);
    return new Hub(editor, Arrays.copyOf(chunks, chunkCount + 1), chunkCount, size);
  }

  /**
   * The chunk in which (type, neighbour, relationship) is or belongs: the last may be too small.
   */
  int chunkOf(int type, int neighbour, int relationship) {
    return chunkOf(type, neighbour, relationship, 0, chunkCount - 1);
  }

  /**
   * As above, among the chunks from {@code first} to {@code last}, of which it is the last then.
   */
  int chunkOf(int type, int neighbour, int relationship, int first, int last) {
    int low = first;
    int high = last;
    while (low < high) {
      int middle = low + high >>> 1;
      HubChunk chunk = chunks[middle];
      if (chunk.isBefore(chunk.count - 1, type, neighbour, relationship)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds an entry that is not there yet. */
  void insert(int type, int neighbour, int relationship, Editor editor) {
    int number = chunkOf(type, neighbour, relationship);
    HubChunk chunk = ownedChunk(number, editor);
    int at = chunk.lowerBound(0, chunk.count, type, neighbour, relationship);
    if (chunk.count == HubChunk.MAX_ENTRIES) {
      boolean atTheEnd = number == chunkCount - 1 && at == chunk.count;
      int middle = atTheEnd ? chunk.count : chunk.count / 2;
      HubChunk right = HubChunk.copyOf(chunk, middle, chunk.count, editor);
      chunk.count = middle;
      addChunk(number + 1, right);
      if (at >= middle) {
        chunk = right;
        at -= middle;
      }
    }
    chunk.insertAt(at, chunk.count, type, neighbour, relationship);
    chunk.count++;
    size++;
  }

  /** Removes an entry; false when it is not there. */
  boolean remove(int type, int neighbour, int relationship, Editor editor) {
    int number = chunkOf(type, neighbour, relationship);
    HubChunk found = chunks[number];
    int at = found.lowerBound(0, found.count, type, neighbour, relationship);
    if (at == found.count || found.relationships[at] != relationship) {
      return false;
    }
    HubChunk chunk = ownedChunk(number, editor);
    chunk.removeRange(at, at + 1, chunk.count);
    chunk.count--;
    size--;
    if (chunk.count == 0) {
      removeChunk(number);
    } else if (chunk.count < SMALL_CHUNK) {
      joinWithNeighbour(number, editor);
    }
    return true;
  }

  private void joinWithNeighbour(int number, Editor editor) {
    int left = number > 0 ? number - 1 : number;
    if (left + 1 >= chunkCount) {
      return;
    }
    int together = chunks[left].count + chunks[left + 1].count;
    if (together > HubChunk.MAX_ENTRIES / 4 * 3) {
      return;
    }
    HubChunk target = ownedChunk(left, editor);
    HubChunk source = chunks[left + 1];
    target.reserve(together);
    target.copyEntries(source, 0, target.count, source.count);
    target.count = together;
    removeChunk(left + 1);
  }

  private HubChunk ownedChunk(int number, Editor editor) {
    HubChunk chunk = chunks[number];
    if (chunk.owner != editor) {
      chunk = HubChunk.copyOf(chunk, 0, chunk.count, editor);
      chunks[number] = chunk;
    }
    return chunk;
  }

  private void addChunk(int number, HubChunk chunk) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount + (chunkCount >> 2) + 4);
    }
    System.arraycopy(chunks, number, chunks, number + 1, chunkCount - number);
    chunks[number] = chunk;
    chunkCount++;
  }

  @SuppressWarnings("NullAway")
  private void removeChunk(int number) {
    System.arraycopy(chunks, number + 1, chunks, number, chunkCount - number - 1);
    chunkCount--;
    chunks[chunkCount] = null;
  }

  /** The number of entries before (type, neighbour), whatever the relationship. */
  int rank(int type, int neighbour) {
    int number = chunkOf(type, neighbour, 0);
    int before = 0;
    for (int i = 0; i < number; i++) {
      before += chunks[i].count;
    }
    HubChunk chunk = chunks[number];
    return before + chunk.lowerBound(0, chunk.count, type, neighbour, 0);
  }

  /** Copies all entries to a place in arrays that have room. */
  void copyTo(Entries target, int at) {
    int to = at;
    for (int i = 0; i < chunkCount; i++) {
      target.copyEntries(chunks[i], 0, to, chunks[i].count);
      to += chunks[i].count;
    }
  }
}
