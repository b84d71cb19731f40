package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphView;
import org.weftdb.value.Node;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Path;
import org.weftdb.value.PathReference;
import org.weftdb.value.Relationship;
import org.weftdb.value.RelationshipReference;
import org.weftdb.value.ValueCodec;

/**
 * Turns references to entities, also those inside lists and maps, into {@link Node}, {@link
 * Relationship} and {@link Path}, as the graph is at the time of the call.
 *
 * <p>An entity that was deleted comes without labels and properties; a relationship keeps its type
 * and ends while its transaction lives.
 */
public final class ResultMaterializer {
  /**
   * The most elements of one value, those of lists and maps inside it included. A query can put a
   * list into another twice, that one into another twice, and so on: forty lists that count as
   * 2^40.
   */
  private static final int MAXIMUM_ELEMENTS = 100_000_000;

  private final GraphView graph;
  private int elements;

  public ResultMaterializer(GraphView graph) {
    this.graph = graph;
  }

  /** The value as callers see it. Lists and maps without entities in them are not copied. */
  public @Nullable Object materialize(@Nullable Object value) {
    elements = 0;
    return materialize(value, 0);
  }

  private @Nullable Object materialize(@Nullable Object value, int depth) {
    if (value instanceof NodeReference node) {
      return node(node.id());
    } else if (value instanceof RelationshipReference relationship) {
      return relationship(relationship.id());
    } else if (value instanceof PathReference path) {
      return path(path);
    } else if (value instanceof List<?> list) {
      count(list.size());
      return list(list, deeper(depth));
    } else if (value instanceof Map<?, ?> map) {
      count(map.size());
      return map(map, deeper(depth));
    }
    return value;
  }

  private void count(int more) {
    if (more > MAXIMUM_ELEMENTS - elements) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "a result nests more than " + MAXIMUM_ELEMENTS + " elements in lists and maps");
    }
    elements += more;
  }

  private static int deeper(int depth) {
    if (depth == ValueCodec.MAX_NESTING) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "a result nests lists and maps more than " + ValueCodec.MAX_NESTING + " deep");
    }
    return depth + 1;
  }

  private List<?> list(List<?> list, int depth) {
    List<@Nullable Object> copy = null;
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      Object made = materialize(element, depth);
      if (copy == null && made != element) {
        copy = new ArrayList<>(list.size());
        for (int j = 0; j < i; j++) {
          copy.add(list.get(j));
        }
      }
      if (copy != null) {
        copy.add(made);
      }
    }
    return copy == null ? list : copy;
  }

  private Map<?, ?> map(Map<?, ?> map, int depth) {
    boolean same = true;
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object made = materialize(entry.getValue(), depth);
      same &= made == entry.getValue();
      copy.put(entry.getKey(), made);
    }
    return same ? map : copy;
  }

  private Node node(int id) {
    List<String> labels = new ArrayList<>();
    int labelSet = graph.labelSet(id);
    if (labelSet > 0) {
      for (int label : graph.labelIds(labelSet)) {
        labels.add(graph.catalog().labelName(label));
      }
    }
    Collections.sort(labels);
    PropertyMap properties = new PropertyMap(graph);
    graph.forEachNodeProperty(id, properties::add);
    return new Node(id, labels, properties.sorted());
  }

  private Relationship relationship(int id) {
    int type = graph.relationshipType(id);
    PropertyMap properties = new PropertyMap(graph);
    graph.forEachRelationshipProperty(id, properties::add);
    return new Relationship(
        id,
        type < 0 ? "" : graph.catalog().typeName(type),
        graph.startNode(id),
        graph.endNode(id),
        properties.sorted());
  }

  private Path path(PathReference path) {
    List<Node> nodes = new ArrayList<>();
    for (int node : path.nodes()) {
      nodes.add(node(node));
    }
    List<Relationship> relationships = new ArrayList<>();
    for (int relationship : path.relationships()) {
      relationships.add(relationship(relationship));
    }
    return new Path(nodes, relationships);
  }

  /** Properties by name, sorted. */
  private static final class PropertyMap {
    private final GraphView graph;
    private final List<String> keys = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    PropertyMap(GraphView graph) {
      this.graph = graph;
    }

    void add(int key, Object value) {
      String name = graph.catalog().keyName(key);
      keys.add(name);
      values.put(name, value);
    }

    Map<String, Object> sorted() {
      Collections.sort(keys);
      Map<String, Object> sorted = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object value = values.get(keys.get(i));
        if (value != null) {
          sorted.put(keys.get(i), value);
        }
      }
      return sorted;
    }
  }
}
