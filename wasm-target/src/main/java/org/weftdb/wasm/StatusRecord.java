package org.weftdb.wasm;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.engine.LogStatus;
import org.weftdb.error.WeftException;

/**
 * What crosses to JavaScript about the log of a stored database.
 *
 * <pre>
 * nextLsn, oldestLsn:   signed varints
 * segments, bytes:      varints
 * checkpointLsn:        signed varint – 0 for none
 * checkpointMillis:     signed varint – 0 when it is not known
 * bytesSinceCheckpoint: varint
 * checkpointFailure:    string – why the last one failed, or empty
 * </pre>
 */
final class StatusRecord {
  private StatusRecord() {}

  static void write(LogStatus status, ByteWriter writer) {
    writer.writeSignedVarint(status.nextLsn());
    writer.writeSignedVarint(status.oldestLsn());
    writer.writeVarint(status.segments());
    writer.writeVarint(status.bytes());
    writer.writeSignedVarint(status.checkpointLsn());
    writer.writeSignedVarint(status.checkpointMillis());
    writer.writeVarint(status.bytesSinceCheckpoint());
    WeftException failure = status.checkpointFailure();
    String message = failure == null ? null : failure.getMessage();
    writer.writeString(message == null ? "" : message);
  }
}
