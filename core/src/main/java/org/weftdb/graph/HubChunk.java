package org.weftdb.graph;

/** A run of a hub's entries: at most {@link #MAX_ENTRIES}, never none. */
final class HubChunk extends Entries {
  static final int MAX_ENTRIES = 512;

  int count;

  HubChunk(Editor owner, int capacity) {
    super(owner, capacity);
  }

  /** A copy of a range of another's entries that an editor owns, with room for one more. */
  static HubChunk copyOf(Entries source, int from, int to, Editor owner) {
    HubChunk copy = new HubChunk(owner, Math.min(MAX_ENTRIES, Math.max(16, (to - from) * 5 / 4)));
    copy.reserve(to - from);
    copy.copyEntries(source, from, 0, to - from);
    copy.count = to - from;
    owner.copied(to - from);
    return copy;
  }
}
