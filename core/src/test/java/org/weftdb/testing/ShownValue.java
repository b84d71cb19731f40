package org.weftdb.testing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.value.Node;
import org.weftdb.value.Numbers;
import org.weftdb.value.Path;
import org.weftdb.value.Relationship;
import org.weftdb.value.ValueType;

/**
 * Values of results as a reader of Cypher would write them: {@code 'text'}, {@code (:Label {key:
 * 1})}, {@code [:TYPE]}, {@code (:A)-[:R]->(:B)}; of other values what they call themselves.
 */
public final class ShownValue {
  private ShownValue() {}

  public static String of(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    show(value, out);
    return out.toString();
  }

  private static void show(@Nullable Object value, StringBuilder out) {
    // An Integer, say, would look like a Long here and be none to the database.
    ValueType.of(value);
    switch (value) {
      case null -> out.append("null");
      case Number number -> out.append(Numbers.toText(number));
      case String string ->
          out.append('\'')
              .append(string.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n"))
              .append('\'');
      case Node node -> node(node, out);
      case Relationship relationship -> relationship(relationship, out);
      case Path path -> path(path, out);
      case List<?> list -> {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
          out.append(i == 0 ? "" : ", ");
          show(list.get(i), out);
        }
        out.append(']');
      }
      case Map<?, ?> map -> map(map, out);
      default -> out.append(value);
    }
  }

  private static void map(Map<?, ?> map, StringBuilder out) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(entry.getKey()).append(": ");
      show(entry.getValue(), out);
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void properties(Map<?, ?> properties, boolean alone, StringBuilder out) {
    if (!properties.isEmpty()) {
      out.append(alone ? "" : " ");
      map(properties, out);
    }
  }

  private static void node(Node node, StringBuilder out) {
    out.append('(');
    for (String label : node.labels()) {
      out.append(':').append(label);
    }
    properties(node.properties(), node.labels().isEmpty(), out);
    out.append(')');
  }

  private static void relationship(Relationship relationship, StringBuilder out) {
    out.append("[:").append(relationship.type());
    properties(relationship.properties(), false, out);
    out.append(']');
  }

  private static void path(Path path, StringBuilder out) {
    node(path.nodes().get(0), out);
    for (int i = 0; i < path.length(); i++) {
      Relationship relationship = path.relationships().get(i);
      boolean forward = relationship.startId() == path.nodes().get(i).id();
      out.append(forward ? "-" : "<-");
      relationship(relationship, out);
      out.append(forward ? "->" : "-");
      node(path.nodes().get(i + 1), out);
    }
  }
}
