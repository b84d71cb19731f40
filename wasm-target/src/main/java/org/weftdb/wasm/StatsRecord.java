package org.weftdb.wasm;

import java.util.Map;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.GraphStats;

/**
 * What crosses to JavaScript about a graph.
 *
 * <pre>
 * nodes, relationships: varints
 * labels: varint count, then each a string and a varint
 * types:  the same
 * indexes, constraints: varints
 * </pre>
 */
final class StatsRecord {
  private StatsRecord() {}

  static void write(GraphStats stats, ByteWriter writer) {
    writer.writeVarint(stats.nodeCount());
    writer.writeVarint(stats.relationshipCount());
    write(stats.nodesByLabel(), writer);
    write(stats.relationshipsByType(), writer);
    writer.writeVarint(stats.indexes());
    writer.writeVarint(stats.constraints());
  }

  private static void write(Map<String, Long> counts, ByteWriter writer) {
    writer.writeVarint(counts.size());
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      writer.writeString(entry.getKey());
      writer.writeVarint(entry.getValue());
    }
  }
}
