package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.weftdb.value.Direction;
import org.weftdb.value.Point;
import org.weftdb.value.PointBox;
import org.weftdb.value.ValueEquality;
import org.weftdb.value.ValueOrder;
import org.weftdb.value.Vector;

/** A graph as plain maps, to compare with. */
final class GraphModel {
  record Node(TreeSet<Integer> labels, TreeMap<Integer, Object> properties) {}

  record Relationship(int type, int start, int end, TreeMap<Integer, Object> properties) {}

  final TreeMap<Integer, Node> nodes = new TreeMap<>();
  final TreeMap<Integer, Relationship> relationships = new TreeMap<>();
  final List<IndexDefinition> indexes = new ArrayList<>();
  final List<ConstraintDefinition> constraints = new ArrayList<>();
  int nodeIdBound;
  int relationshipIdBound;

  GraphModel copy() {
    GraphModel copy = new GraphModel();
    nodes.forEach(
        (id, node) ->
            copy.nodes.put(
                id, new Node(new TreeSet<>(node.labels), new TreeMap<>(node.properties))));
    relationships.forEach(
        (id, r) ->
            copy.relationships.put(
                id, new Relationship(r.type, r.start, r.end, new TreeMap<>(r.properties))));
    copy.indexes.addAll(indexes);
    copy.constraints.addAll(constraints);
    copy.nodeIdBound = nodeIdBound;
    copy.relationshipIdBound = relationshipIdBound;
    return copy;
  }

  boolean isConnected(int node) {
    for (Relationship r : relationships.values()) {
      if (r.start == node || r.end == node) {
        return true;
      }
    }
    return false;
  }

  /** Asserts that a graph is the same in everything that can be read. */
  void assertSame(GraphView view) {
    assertEquals(nodes.size(), view.nodeCount());
    assertEquals(relationships.size(), view.relationshipCount());
    assertEquals(nodeIdBound, view.nodeIdBound());
    assertEquals(relationshipIdBound, view.relationshipIdBound());
    assertArrayEquals(ids(nodes.keySet()), Scanned.all(view.allNodes()));
    assertArrayEquals(ids(relationships.keySet()), Scanned.all(view.relationships(-1)));
    nodes.forEach((id, node) -> assertSameNode(view, id, node));
    relationships.forEach((id, r) -> assertSameRelationship(view, id, r));
    assertSameAdjacency(view);
    for (int label = 0; label < view.catalog().labelCount(); label++) {
      int wanted = label;
      TreeSet<Integer> members = new TreeSet<>(nodes.keySet());
      members.removeIf(id -> !nodes.get(id).labels.contains(wanted));
      assertArrayEquals(ids(members), Scanned.all(view.nodesWithLabel(label)));
    }
    for (int type = 0; type < view.catalog().typeCount(); type++) {
      int wanted = type;
      TreeSet<Integer> members = new TreeSet<>(relationships.keySet());
      members.removeIf(id -> relationships.get(id).type != wanted);
      assertArrayEquals(ids(members), Scanned.all(view.relationships(type)));
    }
    assertSameColumns(view);
    assertEquals(indexes, view.indexes());
    assertEquals(constraints, view.constraints());
    for (IndexDefinition definition : indexes) {
      assertSameIndex(view, definition);
    }
  }

  private static long[] ids(Iterable<Integer> ids) {
    List<Long> list = new ArrayList<>();
    ids.forEach(id -> list.add((long) id));
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  private static void assertSameNode(GraphView view, int id, Node node) {
    assertTrue(view.hasNode(id));
    assertArrayEquals(
        node.labels.stream().mapToInt(Integer::intValue).toArray(),
        view.labelIds(view.labelSet(id)));
    TreeMap<Integer, Object> properties = new TreeMap<>();
    view.forEachNodeProperty(id, properties::put);
    assertEquals(node.properties, properties, "properties of node " + id);
  }

  private static void assertSameRelationship(GraphView view, int id, Relationship expected) {
    assertTrue(view.hasRelationship(id));
    assertEquals(expected.type, view.relationshipType(id));
    assertEquals(expected.start, view.startNode(id));
    assertEquals(expected.end, view.endNode(id));
    TreeMap<Integer, Object> properties = new TreeMap<>();
    view.forEachRelationshipProperty(id, properties::put);
    assertEquals(expected.properties, properties, "properties of relationship " + id);
  }

  // ---- Adjacency
  // ----------------------------------------------------------------------------------

  private void assertSameAdjacency(GraphView view) {
    Map<Integer, List<int[]>> outgoing = new TreeMap<>();
    Map<Integer, List<int[]>> incoming = new TreeMap<>();
    relationships.forEach(
        (id, r) -> {
          outgoing
              .computeIfAbsent(r.start, start -> new ArrayList<>())
              .add(new int[] {r.type, r.end, id});
          incoming
              .computeIfAbsent(r.end, end -> new ArrayList<>())
              .add(new int[] {r.type, r.start, id});
        });
    AdjacencyCursor cursor = new AdjacencyCursor();
    for (int node = 0; node <= nodeIdBound; node++) {
      List<int[]> out = outgoing.getOrDefault(node, new ArrayList<>());
      List<int[]> in = incoming.getOrDefault(node, new ArrayList<>());
      out.sort(Arrays::compare);
      in.sort(Arrays::compare);
      List<int[]> both = new ArrayList<>(out);
      for (int[] entry : in) {
        if (entry[1] != node) {
          both.add(entry);
        }
      }
      assertSameEntries(view, node, Direction.OUTGOING, out, cursor);
      assertSameEntries(view, node, Direction.INCOMING, in, cursor);
      assertSameEntries(view, node, Direction.BOTH, both, cursor);
    }
  }

  private static void assertSameEntries(
      GraphView view, int node, Direction direction, List<int[]> entries, AdjacencyCursor cursor) {
    view.neighbours(node, direction, -1, cursor);
    assertEntries(entries, cursor);
    assertEquals(entries.size(), view.degree(node, direction, -1));
    for (int type = 0; type < view.catalog().typeCount(); type++) {
      int wanted = type;
      List<int[]> typed = new ArrayList<>(entries);
      typed.removeIf(entry -> entry[0] != wanted);
      view.neighbours(node, direction, type, cursor);
      assertEntries(typed, cursor);
      assertEquals(typed.size(), view.degree(node, direction, type));
    }
    for (int other = 0; other < 3 && !entries.isEmpty(); other++) {
      int neighbour = other == 2 ? node : entries.get(other * (entries.size() - 1))[1];
      List<int[]> joined = new ArrayList<>(entries);
      joined.removeIf(entry -> entry[1] != neighbour);
      view.neighboursTo(node, direction, -1, neighbour, cursor);
      assertEntries(joined, cursor);
      int type = entries.get(0)[0];
      joined.removeIf(entry -> entry[0] != type);
      view.neighboursTo(node, direction, type, neighbour, cursor);
      assertEntries(joined, cursor);
    }
  }

  private static void assertEntries(List<int[]> expected, AdjacencyCursor cursor) {
    int at = 0;
    while (cursor.nextSegment()) {
      assertTrue(cursor.from < cursor.to);
      for (int i = cursor.from; i < cursor.to; i++) {
        assertTrue(at < expected.size(), "too many entries");
        int[] entry = {cursor.types[i], cursor.neighbours[i], cursor.relationships[i]};
        assertArrayEquals(expected.get(at++), entry);
      }
    }
    assertEquals(expected.size(), at, "entries");
    assertTrue(!cursor.nextSegment(), "the end stays the end");
  }

  // ---- Columns and indexes
  // ------------------------------------------------------------------------

  private void assertSameColumns(GraphView view) {
    Vector ids = new Vector(Vector.Kind.NODE, nodeIdBound + 2);
    int[] selection = new int[nodeIdBound / 2 + 1];
    for (int i = 0; i < ids.capacity(); i++) {
      ids.setLong(i, i);
    }
    ids.setNull(nodeIdBound + 1);
    for (int i = 0; i < selection.length; i++) {
      selection[i] = i * 2;
    }
    Vector out = new Vector();
    for (int key = 0; key < view.catalog().keyCount(); key++) {
      view.nodeProperties(key, ids, null, ids.capacity(), out);
      for (int id = 0; id < ids.capacity(); id++) {
        assertEquals(nodeValue(id, key), out.value(id), "key " + key + " of node " + id);
      }
      view.nodeProperties(key, ids, selection, selection.length, out);
      for (int row : selection) {
        assertEquals(nodeValue(row, key), out.value(row), "key " + key + " of node " + row);
      }
    }
  }

  private Object nodeValue(int id, int key) {
    Node node = nodes.get(id);
    return node == null ? null : node.properties.get(key);
  }

  /** The properties of all that an index or constraint is on. */
  private TreeMap<Integer, TreeMap<Integer, Object>> members(boolean ofNodes, int labelOrType) {
    TreeMap<Integer, TreeMap<Integer, Object>> members = new TreeMap<>();
    if (ofNodes) {
      nodes.forEach(
          (id, node) -> {
            if (node.labels.contains(labelOrType)) {
              members.put(id, node.properties);
            }
          });
    } else {
      relationships.forEach(
          (id, r) -> {
            if (r.type == labelOrType) {
              members.put(id, r.properties);
            }
          });
    }
    return members;
  }

  private void assertSameIndex(GraphView view, IndexDefinition definition) {
    TreeMap<Integer, List<Object>> values = new TreeMap<>();
    members(definition.ofNodes(), definition.labelOrType())
        .forEach(
            (id, properties) -> {
              if (properties.keySet().containsAll(definition.keys())) {
                values.put(id, definition.keys().stream().map(properties::get).toList());
              }
            });
    Index index = view.index(definition);
    assertNotNull(index);
    if (definition.kind() == IndexDefinition.Kind.LOOKUP) {
      return;
    }
    if (definition.kind() == IndexDefinition.Kind.TEXT) {
      assertSameTexts(index, values);
      return;
    }
    if (definition.kind() == IndexDefinition.Kind.POINT) {
      assertSamePoints(index, values);
      return;
    }
    List<Integer> sorted = new ArrayList<>(values.keySet());
    sorted.sort((a, b) -> ValueOrder.compare(values.get(a), values.get(b)));
    assertArrayEquals(ids(sorted), Scanned.all(index.all()));
    List<Integer> reversed = new ArrayList<>(sorted);
    Collections.reverse(reversed);
    assertArrayEquals(ids(reversed), Scanned.all(index.find(List.of(new KeyRange.Any()), true)));
    for (List<Object> tuple : new TreeMap<>(values).values()) {
      List<KeyRange> ranges = new ArrayList<>();
      for (int keys = 1; keys <= tuple.size(); keys++) {
        ranges.add(new KeyRange.Equal(tuple.get(keys - 1)));
        List<Integer> equal = new ArrayList<>(sorted);
        int compared = keys;
        equal.removeIf(id -> !areEqual(values.get(id), tuple, compared));
        assertArrayEquals(ids(equal), Scanned.all(index.find(ranges, false)), "equal to " + ranges);
        assertEquals(equal.size(), index.estimate(ranges));
      }
    }
  }

  private static boolean areEqual(List<Object> a, List<Object> b, int keys) {
    for (int i = 0; i < keys; i++) {
      if (!Boolean.TRUE.equals(ValueEquality.equal(a.get(i), b.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static void assertSameTexts(Index index, TreeMap<Integer, List<Object>> values) {
    for (String part : List.of("", "t", "xt", "ext", "t1", "text", "text3", "ext49", "nowhere")) {
      TreeSet<Integer> containing = new TreeSet<>();
      values.forEach(
          (id, tuple) -> {
            if (tuple.get(0) instanceof String text && text.contains(part)) {
              containing.add(id);
            }
          });
      TreeSet<Integer> found = new TreeSet<>();
      for (long id : Scanned.all(index.containing(part))) {
        assertTrue(found.add((int) id), "twice " + id);
      }
      assertTrue(found.containsAll(containing), "containing " + part);
      assertTrue(part.length() > 3 || found.size() == containing.size(), "only " + part);
      assertTrue(index.estimateContaining(part) >= found.size(), "estimate of " + part);
    }
  }

  private static void assertSamePoints(Index index, TreeMap<Integer, List<Object>> values) {
    TreeSet<Integer> points = new TreeSet<>();
    values.forEach(
        (id, tuple) -> {
          if (tuple.get(0) instanceof Point) {
            points.add(id);
          }
        });
    assertEquals(points.size(), index.size());
    for (int id : points) {
      Point point = (Point) values.get(id).get(0);
      TreeSet<Integer> equal = new TreeSet<>(points);
      equal.removeIf(other -> !point.equals(values.get(other).get(0)));
      TreeSet<Integer> found = new TreeSet<>();
      for (long each : Scanned.all(index.within(PointBox.between(point, point)))) {
        assertTrue(found.add((int) each), "twice " + each);
      }
      assertTrue(found.containsAll(equal), "at " + point);
      assertTrue(points.containsAll(found), "only points");
    }
  }

  /** Whether all constraints hold. */
  boolean isValid() {
    for (ConstraintDefinition constraint : constraints) {
      if (!holds(constraint)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a constraint holds, by comparing each with each. */
  boolean holds(ConstraintDefinition constraint) {
    List<List<Object>> seen = new ArrayList<>();
    for (TreeMap<Integer, Object> properties :
        members(constraint.ofNodes(), constraint.labelOrType()).values()) {
      boolean complete = properties.keySet().containsAll(constraint.keys());
      if (!complete && constraint.kind().needsKeys()) {
        return false;
      }
      if (complete && constraint.kind().ownsIndex()) {
        List<Object> tuple = constraint.keys().stream().map(properties::get).toList();
        for (List<Object> other : seen) {
          if (areEqual(tuple, other, tuple.size())) {
            return false;
          }
        }
        seen.add(tuple);
      }
    }
    return true;
  }
}
