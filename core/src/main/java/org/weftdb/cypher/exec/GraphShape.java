package org.weftdb.cypher.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.weftdb.graph.GraphView;
import org.weftdb.graph.NodeScan;
import org.weftdb.graph.RelationshipScan;
import org.weftdb.value.Node;
import org.weftdb.value.Relationship;
import org.weftdb.value.ValueType;

/** What the nodes and relationships of a graph look like, found by looking at all of them. */
final class GraphShape {
  /** Beyond the id of every node and relationship. */
  private static final long BEYOND = 1L << 32;

  private final GraphView graph;
  private final long[] ids = new long[512];

  GraphShape(GraphView graph) {
    this.graph = graph;
  }

  /** The entities of one sort and what values each property has in them. */
  private static final class Sort {
    final List<String> names;
    long count;
    final TreeMap<String, TreeSet<String>> types = new TreeMap<>();
    final TreeMap<String, Long> counts = new TreeMap<>();

    Sort(List<String> names) {
      this.names = names;
    }

    void add(String key, Object value) {
      types.computeIfAbsent(key, k -> new TreeSet<>()).add(typeName(value));
      counts.merge(key, 1L, Long::sum);
    }

    /** Rows behind what tells the sort. */
    void addRows(List<@Nullable Object> first, List<List<@Nullable Object>> rows) {
      if (types.isEmpty()) {
        List<@Nullable Object> row = new ArrayList<>(first);
        row.addAll(Arrays.asList(null, null, false));
        rows.add(row);
      }
      for (Map.Entry<String, TreeSet<String>> entry : types.entrySet()) {
        List<@Nullable Object> row = new ArrayList<>(first);
        row.add(entry.getKey());
        row.add(new ArrayList<>(entry.getValue()));
        row.add(counts.getOrDefault(entry.getKey(), 0L) == count);
        rows.add(row);
      }
    }
  }

  /** The names that Neo4j has for the types of properties. */
  private static String typeName(Object value) {
    if (value instanceof List<?> list) {
      Object first = list.isEmpty() ? null : list.get(0);
      return (first == null ? "" : typeName(first)) + "Array";
    }
    ValueType type = ValueType.of(value);
    return switch (type) {
      case INTEGER -> "Long";
      case FLOAT -> "Double";
      case BYTES -> "ByteArray";
      case ZONED_TIME -> "Time";
      case ZONED_DATETIME -> "DateTime";
      default -> type.displayName().replace(" ", "");
    };
  }

  List<List<@Nullable Object>> nodeTypeProperties() {
    TreeMap<String, Sort> sorts = new TreeMap<>();
    Map<Integer, Sort> bySet = new LinkedHashMap<>();
    NodeScan nodes = graph.allNodes();
    for (int n = nodes.fill(ids, 0, ids.length); n > 0; n = nodes.fill(ids, 0, ids.length)) {
      for (int i = 0; i < n; i++) {
        int node = (int) ids[i];
        Sort sort = bySet.computeIfAbsent(graph.labelSet(node), set -> new Sort(labels(set)));
        sort.count++;
        graph.forEachNodeProperty(
            node, (key, value) -> sort.add(graph.catalog().keyName(key), value));
      }
    }
    for (Sort sort : bySet.values()) {
      sorts.put(typeText(sort.names), sort);
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Map.Entry<String, Sort> entry : sorts.entrySet()) {
      entry.getValue().addRows(Arrays.asList(entry.getKey(), entry.getValue().names), rows);
    }
    return rows;
  }

  private List<String> labels(int set) {
    List<String> labels = new ArrayList<>();
    for (int label : graph.labelIds(set)) {
      labels.add(graph.catalog().labelName(label));
    }
    Collections.sort(labels);
    return labels;
  }

  private static String typeText(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(":`").append(name).append('`');
    }
    return text.toString();
  }

  List<List<@Nullable Object>> relationshipTypeProperties() {
    TreeMap<String, Sort> sorts = new TreeMap<>();
    RelationshipScan scan = graph.relationships(-1);
    for (int n = scan.fill(ids, 0, ids.length); n > 0; n = scan.fill(ids, 0, ids.length)) {
      for (int i = 0; i < n; i++) {
        int id = (int) ids[i];
        List<String> names = List.of(graph.catalog().typeName(graph.relationshipType(id)));
        Sort sort = sorts.computeIfAbsent(typeText(names), text -> new Sort(names));
        sort.count++;
        graph.forEachRelationshipProperty(
            id, (key, value) -> sort.add(graph.catalog().keyName(key), value));
      }
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Map.Entry<String, Sort> entry : sorts.entrySet()) {
      entry.getValue().addRows(Arrays.asList(entry.getKey()), rows);
    }
    return rows;
  }

  /** The nodes and relationships are not of the graph: their ids are beyond all that are. */
  List<List<@Nullable Object>> visualization() {
    List<String> labels = new ArrayList<>();
    for (int label = 0; label < graph.catalog().labelCount(); label++) {
      if (graph.nodeCount(label) > 0) {
        labels.add(graph.catalog().labelName(label));
      }
    }
    Collections.sort(labels);
    TreeMap<String, Long> labelIds = new TreeMap<>();
    List<Node> nodes = new ArrayList<>();
    for (String label : labels) {
      long id = BEYOND + nodes.size();
      labelIds.put(label, id);
      nodes.add(new Node(id, List.of(label), described(label)));
    }
    TreeMap<String, String[]> ends = new TreeMap<>();
    RelationshipScan scan = graph.relationships(-1);
    for (int n = scan.fill(ids, 0, ids.length); n > 0; n = scan.fill(ids, 0, ids.length)) {
      for (int i = 0; i < n; i++) {
        int id = (int) ids[i];
        String type = graph.catalog().typeName(graph.relationshipType(id));
        for (String from : labels(graph.labelSet(graph.startNode(id)))) {
          for (String to : labels(graph.labelSet(graph.endNode(id)))) {
            ends.put(type + '\0' + from + '\0' + to, new String[] {type, from, to});
          }
        }
      }
    }
    List<Relationship> relationships = new ArrayList<>();
    for (String[] each : ends.values()) {
      long start = labelIds.getOrDefault(each[1], 0L);
      long end = labelIds.getOrDefault(each[2], 0L);
      long id = BEYOND + relationships.size();
      relationships.add(new Relationship(id, each[0], start, end, Map.of("name", each[0])));
    }
    return List.of(Arrays.asList(nodes, relationships));
  }

  private Map<String, Object> described(String label) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> indexes = new ArrayList<>();
    List<String> constraints = new ArrayList<>();
    int id = graph.catalog().labelId(label);
    for (var index : graph.indexes()) {
      if (index.ofNodes() && index.labelOrType() == id) {
        indexes.add(index.name());
      }
    }
    for (var constraint : graph.constraints()) {
      if (constraint.ofNodes() && constraint.labelOrType() == id) {
        constraints.add(constraint.name());
        indexes.remove(constraint.name());
      }
    }
    properties.put("name", label);
    properties.put("indexes", indexes);
    properties.put("constraints", constraints);
    return properties;
  }
}
