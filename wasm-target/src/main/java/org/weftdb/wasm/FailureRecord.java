package org.weftdb.wasm;

import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.Position;
import org.weftdb.error.WeftException;

/**
 * How a failure crosses to JavaScript.
 *
 * <pre>
 * record = number:   varint – {@link ErrorCode#number()}
 *          code:     string – name of the {@link ErrorCode}
 *          category: string – name of its category
 *          type:     string – openCypher's error type
 *          detail:   string – openCypher's error detail
 *          status:   string – Neo4j's status code, or empty
 *          message:  string
 *          offset:   varint – UTF-16 units before the place in the query, plus 1; 0 = no place
 *          line:     varint – from 1; 0 = no place
 *          column:   varint – from 1; 0 = no place
 * string = varint length in bytes, UTF-8
 * </pre>
 */
final class FailureRecord {
  private FailureRecord() {}

  static void write(Throwable failure, ByteWriter writer) {
    if (failure instanceof WeftException known) {
      write(known.code(), String.valueOf(known.getMessage()), writer);
      Position position = known.position();
      writer.writeVarint(position == null ? 0 : position.offset() + 1L);
      writer.writeVarint(position == null ? 0 : position.line());
      writer.writeVarint(position == null ? 0 : position.column());
    } else {
      // A broken invariant: the class name is all that says which when there is no message.
      String message = "internal error: " + failure.getClass().getName();
      String reason = failure.getMessage();
      write(ErrorCode.INTERNAL, reason == null ? message : message + ": " + reason, writer);
      writer.writeVarint(0);
      writer.writeVarint(0);
      writer.writeVarint(0);
    }
  }

  private static void write(ErrorCode code, String message, ByteWriter writer) {
    writer.writeVarint(code.number());
    writer.writeString(code.name());
    writer.writeString(code.category().name());
    writer.writeString(code.type());
    writer.writeString(code.detail());
    writer.writeString(code.neo4jStatus());
    writer.writeString(message);
  }
}
