package org.weftdb.wasm;

import java.util.List;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.Notification;
import org.weftdb.engine.Result;
import org.weftdb.engine.SnapshotInfo;
import org.weftdb.engine.Summary;

/**
 * What crosses to JavaScript before the rows of a result, and about a snapshot.
 *
 * <pre>
 * result   = columns: varint count, that many strings
 *            summary: 11 varints, in the order of {@link Summary}
 *            notifications: varint count, each 4 strings and 3 varints in the order of {@link
 *                     Notification}, with offset, line and column for the position
 * snapshot = version: varint – {@link SnapshotInfo#formatVersion()}
 *            nodes:   varint
 *            relationships: varint
 *            lsn:     signed varint
 *            size:    varint – bytes of the snapshot
 * string   = varint length in bytes, UTF-8
 * </pre>
 */
final class ResultHeader {
  private ResultHeader() {}

  static void write(Result result, ByteWriter writer) {
    List<String> columns = result.columns();
    Summary summary = result.summary();
    writer.writeVarint(columns.size());
    for (String column : columns) {
      writer.writeString(column);
    }
    writer.writeVarint(summary.nodesCreated());
    writer.writeVarint(summary.nodesDeleted());
    writer.writeVarint(summary.relationshipsCreated());
    writer.writeVarint(summary.relationshipsDeleted());
    writer.writeVarint(summary.propertiesSet());
    writer.writeVarint(summary.labelsAdded());
    writer.writeVarint(summary.labelsRemoved());
    writer.writeVarint(summary.indexesAdded());
    writer.writeVarint(summary.indexesRemoved());
    writer.writeVarint(summary.constraintsAdded());
    writer.writeVarint(summary.constraintsRemoved());
    List<Notification> notifications = result.notifications();
    writer.writeVarint(notifications.size());
    for (Notification each : notifications) {
      writer.writeString(each.code());
      writer.writeString(each.severity().name());
      writer.writeString(each.title());
      writer.writeString(each.description());
      writer.writeVarint(each.position().offset());
      writer.writeVarint(each.position().line());
      writer.writeVarint(each.position().column());
    }
  }

  static void write(SnapshotInfo info, int sizeBytes, ByteWriter writer) {
    writer.writeVarint(info.formatVersion());
    writer.writeVarint(info.nodeCount());
    writer.writeVarint(info.relationshipCount());
    writer.writeSignedVarint(info.walLsn());
    writer.writeVarint(sizeBytes);
  }
}
