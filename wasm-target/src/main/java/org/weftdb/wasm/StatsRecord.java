package org.weftdb.wasm;

import java.util.Map;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.GraphStats;
import org.weftdb.graph.GraphMemory;

/**
 * What crosses to JavaScript about a graph.
 *
 * <pre>
 * nodes, relationships: varints
 * labels: varint count, then each a string and a varint
 * types:  the same
 * indexes, constraints: varints
 * memory: 5 varints, bytes in the order of {@link GraphMemory}
 * linear: varint, bytes of linear memory
 * </pre>
 */
final class StatsRecord {
  private StatsRecord() {}

  static void write(GraphStats stats, long linearMemoryBytes, ByteWriter writer) {
    writer.writeVarint(stats.nodeCount());
    writer.writeVarint(stats.relationshipCount());
    write(stats.nodesByLabel(), writer);
    write(stats.relationshipsByType(), writer);
    writer.writeVarint(stats.indexes());
    writer.writeVarint(stats.constraints());
    GraphMemory memory = stats.memory();
    writer.writeVarint(memory.nodeBytes());
    writer.writeVarint(memory.relationshipBytes());
    writer.writeVarint(memory.propertyBytes());
    writer.writeVarint(memory.indexBytes());
    writer.writeVarint(memory.catalogBytes());
    writer.writeVarint(linearMemoryBytes);
  }

  private static void write(Map<String, Long> counts, ByteWriter writer) {
    writer.writeVarint(counts.size());
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      writer.writeString(entry.getKey());
      writer.writeVarint(entry.getValue());
    }
  }
}
