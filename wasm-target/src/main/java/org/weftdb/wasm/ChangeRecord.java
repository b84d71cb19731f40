package org.weftdb.wasm;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.ChangeFeed;
import org.weftdb.engine.Engine;
import org.weftdb.graph.Facet;
import org.weftdb.graph.Touched;

/**
 * What commits have touched since JavaScript asked last, as one record:
 *
 * <pre>
 * lsn:        varint – of the last commit; 0 without a log
 * everything: varint – 1 when all of the graph may be another, else 0
 * facets:     varint count, a string each, sorted
 * </pre>
 */
final class ChangeRecord {
  private final Engine engine;
  private final Set<Facet> facets = new TreeSet<>();
  private ChangeFeed.@Nullable Subscription listening;
  private boolean committed;
  private boolean everything;
  private long lsn;

  ChangeRecord(Engine engine) {
    this.engine = engine;
  }

  /** Begins to listen to commits, or ends it; what was not taken is lost then. */
  void watch(boolean on) {
    if (on && listening == null) {
      listening = engine.changes().listen(this::add);
    } else if (!on && listening != null) {
      listening.close();
      listening = null;
      clear();
    }
  }

  private void add(long commit, Touched touched) {
    committed = true;
    lsn = commit;
    everything |= touched.isEverything();
    facets.addAll(touched.facets());
  }

  /** Whether there was a commit. */
  boolean hasChanges() {
    return committed;
  }

  /** Writes the record and begins anew. */
  void take(ByteWriter target) {
    target.writeVarint(lsn);
    target.writeVarint(everything ? 1 : 0);
    write(everything ? Set.of() : facets, target);
    clear();
  }

  private void clear() {
    committed = false;
    everything = false;
    facets.clear();
  }

  /** Writes facets as the record has them. */
  static void write(Set<Facet> facets, ByteWriter target) {
    target.writeVarint(facets.size());
    for (Facet facet : facets) {
      target.writeString(facet.text());
    }
  }
}
