package org.weftdb.testing;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.ReturnItem;
import org.weftdb.cypher.ast.Span;

/** A tree of records as text, without where its nodes were read from. */
public final class TreeText {
  private TreeText() {}

  public static String of(@Nullable Object node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(@Nullable Object node, StringBuilder text) {
    if (node instanceof List<?> list) {
      text.append('[');
      list.forEach(element -> append(element, text));
      text.append(']');
    } else if (node instanceof Record record) {
      text.append(record.getClass().getSimpleName()).append('(');
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        boolean position =
            component.getType() == Span.class
                || record instanceof ReturnItem && component.getName().equals("text");
        if (!position) {
          append(value(record, component), text);
        }
      }
      text.append(')');
    } else {
      text.append(node).append(' ');
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
