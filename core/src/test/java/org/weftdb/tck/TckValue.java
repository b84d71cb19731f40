package org.weftdb.tck;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A value as the kit writes it in its tables: what a result is compared with.
 *
 * <p>Values compare with {@code equals}: a node by its labels and properties, without its identity;
 * an integer never equals a float; NaN equals itself. {@code toString} writes a value the way the
 * kit does, with labels and keys sorted.
 */
sealed interface TckValue {
  record Null() implements TckValue {
    @Override
    public String toString() {
      return "null";
    }
  }

  record Bool(boolean value) implements TckValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Int(long value) implements TckValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /**
   * A float; as a record's component it compares like {@code Double.equals}: NaN is NaN. The kit
   * expects {@code 0.0} where a negative zero is right, so the sign of zero is not kept.
   */
  record Real(double value) implements TckValue {
    public Real {
      value = value == 0 ? 0.0 : value;
    }

    @Override
    public String toString() {
      if (Double.isInfinite(value)) {
        return value > 0 ? "Inf" : "-Inf";
      }
      return Double.toString(value);
    }
  }

  record Str(String value) implements TckValue {
    @Override
    public String toString() {
      return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
  }

  record Elements(List<TckValue> elements) implements TckValue {
    public Elements {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.toString();
    }
  }

  record Entries(Map<String, TckValue> entries) implements TckValue {
    public Entries {
      entries = new TreeMap<>(entries);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("{");
      String separator = "";
      for (Map.Entry<String, TckValue> entry : entries.entrySet()) {
        text.append(separator).append(entry.getKey()).append(": ").append(entry.getValue());
        separator = ", ";
      }
      return text.append('}').toString();
    }
  }

  record Node(Set<String> labels, Entries properties) implements TckValue {
    public Node {
      labels = new TreeSet<>(labels);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("(");
      for (String label : labels) {
        text.append(':').append(label);
      }
      if (!properties.entries().isEmpty()) {
        text.append(labels.isEmpty() ? "" : " ").append(properties);
      }
      return text.append(')').toString();
    }
  }

  record Relationship(String type, Entries properties) implements TckValue {
    @Override
    public String toString() {
      return "[:" + type + (properties.entries().isEmpty() ? "" : " " + properties) + "]";
    }
  }

  /** One step of a path: the relationship, whether it points the way of the path, and its end. */
  record Hop(Relationship relationship, boolean forward, Node node) {}

  record Path(Node start, List<Hop> hops) implements TckValue {
    public Path {
      hops = List.copyOf(hops);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("<").append(start);
      for (Hop hop : hops) {
        text.append(hop.forward() ? "-" : "<-")
            .append(hop.relationship())
            .append(hop.forward() ? "->" : "-")
            .append(hop.node());
      }
      return text.append('>').toString();
    }
  }

  /**
   * This value with the elements of every list in it sorted: for results that ignore their order.
   */
  default TckValue withSortedLists() {
    return switch (this) {
      case Elements list -> {
        List<TckValue> sorted =
            list.elements().stream()
                .map(TckValue::withSortedLists)
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
        yield new Elements(sorted);
      }
      case Entries map -> sorted(map);
      case Node node -> new Node(node.labels(), sorted(node.properties()));
      case Relationship r -> new Relationship(r.type(), sorted(r.properties()));
      case Null v -> v;
      case Bool v -> v;
      case Int v -> v;
      case Real v -> v;
      case Str v -> v;
      case Path v -> v;
    };
  }

  private static Entries sorted(Entries map) {
    Map<String, TckValue> sorted = new TreeMap<>();
    map.entries().forEach((key, value) -> sorted.put(key, value.withSortedLists()));
    return new Entries(sorted);
  }
}
