package org.weftdb.wasm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.plan.PlanDescription;

/**
 * How a plan crosses to JavaScript: an operator before those below it.
 *
 * <pre>
 * plan     = text:      string – {@link PlanDescription#toText}
 *            operators: operator
 * operator = role:      varint – 0 input, 1 inner, 2 expression
 *            operator:  string
 *            details:   string
 *            estimated: 8 bytes, IEEE 754
 *            measured:  varint – 0 or 1; after 1 the varints rows, pages, nanos
 *            children:  varint count, that many operators
 * </pre>
 */
final class PlanRecord {
  private PlanRecord() {}

  /** Not by recursion, as plans may be deep and the stack is small. */
  static void write(PlanDescription plan, ByteWriter writer) {
    writer.writeString(plan.toText());
    Deque<PlanDescription> open = new ArrayDeque<>();
    open.push(plan);
    while (!open.isEmpty()) {
      PlanDescription next = open.pop();
      writeOperator(next, writer);
      List<PlanDescription> children = next.children();
      for (int i = children.size() - 1; i >= 0; i--) {
        open.push(children.get(i));
      }
    }
  }

  private static void writeOperator(PlanDescription plan, ByteWriter writer) {
    writer.writeVarint(
        switch (plan.role()) {
          case INPUT -> 0;
          case INNER -> 1;
          case EXPRESSION -> 2;
        });
    writer.writeString(plan.operator());
    writer.writeString(plan.details());
    writer.writeDouble(plan.estimatedRows());
    PlanDescription.Measured measured = plan.measured();
    writer.writeVarint(measured == null ? 0 : 1);
    if (measured != null) {
      writer.writeVarint(measured.rows());
      writer.writeVarint(measured.pages());
      writer.writeVarint(measured.nanos());
    }
    writer.writeVarint(plan.children().size());
  }
}
