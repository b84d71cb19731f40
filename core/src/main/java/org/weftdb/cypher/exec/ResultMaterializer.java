package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.PropertyConsumer;
import org.weftdb.value.Node;
import org.weftdb.value.NodeReference;
import org.weftdb.value.Path;
import org.weftdb.value.PathReference;
import org.weftdb.value.PropertyMap;
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
  private final Properties properties;
  private final HashMap<Integer, List<String>> labelSets = new HashMap<>();
  private int elements;

  public ResultMaterializer(GraphView graph) {
    this.graph = graph;
    this.properties = new Properties(graph);
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
    graph.forEachNodeProperty(id, properties);
    return new Node(id, labels(graph.labelSet(id)), properties.take());
  }

  /** The labels of a set, sorted; most nodes have one of few sets. */
  private List<String> labels(int labelSet) {
    if (labelSet <= 0) {
      return List.of();
    }
    List<String> known = labelSets.get(labelSet);
    if (known == null) {
      List<String> names = new ArrayList<>();
      for (int label : graph.labelIds(labelSet)) {
        names.add(graph.catalog().labelName(label));
      }
      Collections.sort(names);
      known = List.copyOf(names);
      labelSets.put(labelSet, known);
    }
    return known;
  }

  private Relationship relationship(int id) {
    int type = graph.relationshipType(id);
    graph.forEachRelationshipProperty(id, properties);
    return new Relationship(
        id,
        type < 0 ? "" : graph.catalog().typeName(type),
        graph.startNode(id),
        graph.endNode(id),
        properties.take());
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

  /** Collects the properties of one entity after another, and gives them sorted by name. */
  private static final class Properties implements PropertyConsumer {
    private static final int MOST_SHAPES = 64;

    private final GraphView graph;
    private int[] ids = new int[8];
    private Object[] values = new Object[8];
    private int size;

    /** The combinations of properties that were met, the one met last in front. */
    private final ArrayList<Shape> shapes = new ArrayList<>();

    Properties(GraphView graph) {
      this.graph = graph;
    }

    @Override
    public void accept(int key, Object value) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      ids[size] = key;
      values[size++] = value;
    }

    PropertyMap take() {
      Shape shape = shape();
      Object[] sorted = new Object[size];
      for (int i = 0; i < size; i++) {
        sorted[i] = values[shape.order[i]];
      }
      size = 0;
      return new PropertyMap(shape.keys, sorted);
    }

    private Shape shape() {
      for (int i = 0; i < shapes.size(); i++) {
        Shape shape = shapes.get(i);
        if (shape.isOf(ids, size)) {
          if (i > 0) {
            shapes.set(i, shapes.get(0));
            shapes.set(0, shape);
          }
          return shape;
        }
      }
      Shape made = new Shape(graph, Arrays.copyOf(ids, size));
      if (shapes.size() == MOST_SHAPES) {
        shapes.set(0, made);
      } else {
        shapes.add(made);
      }
      return made;
    }
  }

  /** The keys of some entities, and in which order they are by name. */
  private static final class Shape {
    final int[] ids;
    final int[] order;
    final PropertyMap.Keys keys;

    Shape(GraphView graph, int[] ids) {
      this.ids = ids;
      String[] names = new String[ids.length];
      TreeMap<String, Integer> places = new TreeMap<>();
      for (int i = 0; i < ids.length; i++) {
        places.put(graph.catalog().keyName(ids[i]), i);
      }
      this.order = new int[ids.length];
      int place = 0;
      for (Map.Entry<String, Integer> entry : places.entrySet()) {
        names[place] = entry.getKey();
        order[place++] = entry.getValue();
      }
      this.keys = new PropertyMap.Keys(names);
    }

    boolean isOf(int[] others, int count) {
      if (count != ids.length) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        if (ids[i] != others[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
