package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.Direction;
import org.weftdb.value.ValueOrder;

/** Asserts that the parts of a graph agree with each other, whatever is in it. */
public final class GraphInvariants {
  private GraphInvariants() {}

  public static void check(GraphView view) {
    checkNodes(view);
    checkRelationships(view);
    checkAdjacency(view, view.state.outgoing, Direction.OUTGOING);
    checkAdjacency(view, view.state.incoming, Direction.INCOMING);
    for (PropertyColumn column : view.state.nodeColumns) {
      checkColumn(column, view::hasNode);
    }
    for (PropertyColumn column : view.state.relationshipColumns) {
      checkColumn(column, view::hasRelationship);
    }
    for (ValueIndex index : view.state.indexes) {
      checkIndex(view, index);
    }
  }

  interface Exists {
    boolean test(int id);
  }

  private static void checkNodes(GraphView view) {
    long count = 0;
    long[] labelled = new long[view.catalog().labelCount()];
    for (int node = 0; node < view.nodeIdBound(); node++) {
      int set = view.labelSet(node);
      assertTrue(set >= 0 && set < view.labelSetBound(), "label set " + set);
      if (set == 0) {
        continue;
      }
      count++;
      int[] labels = view.labelIds(set);
      for (int i = 0; i < labels.length; i++) {
        labelled[labels[i]]++;
        assertTrue(i == 0 || labels[i - 1] < labels[i], "labels ascend");
        assertTrue(view.hasLabel(node, labels[i]), "member " + node + " of " + labels[i]);
      }
    }
    assertEquals(count, view.nodeCount(), "node count");
    assertEquals(0, view.labelSet(view.nodeIdBound()), "beyond the bound");
    for (int label = 0; label < labelled.length; label++) {
      assertEquals(labelled[label], view.nodeCount(label), "count of label " + label);
      long[] members = Scanned.all(view.nodesWithLabel(label));
      assertEquals(labelled[label], members.length, "members of label " + label);
      for (long member : members) {
        assertTrue(view.hasNode((int) member), "member exists");
      }
    }
  }

  private static void checkRelationships(GraphView view) {
    long count = 0;
    long[] typed = new long[view.catalog().typeCount()];
    for (int relationship = 0; relationship < view.relationshipIdBound(); relationship++) {
      if (view.hasRelationship(relationship)) {
        count++;
        typed[view.relationshipType(relationship)]++;
        assertTrue(view.hasNode(view.startNode(relationship)), "start exists");
        assertTrue(view.hasNode(view.endNode(relationship)), "end exists");
      }
    }
    assertEquals(count, view.relationshipCount(), "relationship count");
    for (int type = 0; type < typed.length; type++) {
      assertEquals(typed[type], view.relationshipCount(type), "count of type " + type);
    }
  }

  private static void checkAdjacency(GraphView view, Adjacency adjacency, Direction direction) {
    long entries = 0;
    AdjacencyCursor cursor = new AdjacencyCursor();
    for (int node = 0; node < adjacency.pageBound() * AdjacencyPage.NODES; node++) {
      AdjacencyPage page = adjacency.pageOf(node);
      if (page == null) {
        node |= AdjacencyPage.NODE_MASK;
        continue;
      }
      assertTrue(!page.isEmpty(), "an empty page is dropped");
      Hub hub = page.hub(node & AdjacencyPage.NODE_MASK);
      if (hub != null) {
        assertTrue(hub.size >= Adjacency.PAGE_ENTRIES, "a hub is large");
        for (int i = 0; i < hub.chunkCount; i++) {
          assertTrue(hub.chunks[i].count > 0, "a chunk is not empty");
          assertTrue(hub.chunks[i].count <= HubChunk.MAX_ENTRIES, "a chunk is not too large");
        }
      } else {
        assertTrue(adjacency.degree(node) <= Adjacency.HUB_ENTRIES, "many entries are a hub");
      }
      entries += checkEntries(view, node, direction, cursor);
    }
    assertEquals(view.relationshipCount(), entries, "entries " + direction);
  }

  private static int checkEntries(
      GraphView view, int node, Direction direction, AdjacencyCursor cursor) {
    boolean outgoing = direction == Direction.OUTGOING;
    int count = 0;
    int[] last = {-1, -1, -1};
    view.neighbours(node, direction, -1, cursor);
    while (cursor.nextSegment()) {
      assertTrue(cursor.from < cursor.to, "a segment is not empty");
      for (int i = cursor.from; i < cursor.to; i++) {
        int relationship = cursor.relationships[i];
        assertTrue(view.hasRelationship(relationship), "relationship exists");
        assertEquals(view.relationshipType(relationship), cursor.types[i], "type");
        int here = outgoing ? view.startNode(relationship) : view.endNode(relationship);
        int there = outgoing ? view.endNode(relationship) : view.startNode(relationship);
        assertEquals(node, here, "this end");
        assertEquals(there, cursor.neighbours[i], "other end");
        int[] entry = {cursor.types[i], cursor.neighbours[i], relationship};
        assertTrue(java.util.Arrays.compare(last, entry) < 0, "entries are sorted");
        last = entry;
        count++;
      }
    }
    assertEquals(count, view.degree(node, direction, -1), "degree");
    return count;
  }

  private static void checkColumn(PropertyColumn column, Exists exists) {
    for (int number = 0; number < column.pageBound(); number++) {
      PropertyPage page = column.page(number);
      if (page == null) {
        continue;
      }
      int count = 0;
      for (int slot = 0; slot < PropertyPage.SIZE; slot++) {
        Object value = page.get(slot);
        assertEquals(value != null, page.has(slot), "presence");
        if (value != null) {
          count++;
          assertTrue(exists.test(number * PropertyPage.SIZE + slot), "a value's owner exists");
          assertTrue(
              page.kind == PropertyPage.OTHER || page.kind == PropertyPage.kindOf(value), "kind");
        }
      }
      assertEquals(count, page.count, "values in a page");
      assertTrue(count > 0, "an empty page is dropped");
    }
  }

  private static void checkIndex(GraphView view, ValueIndex index) {
    IndexDefinition definition = index.definition();
    int expected = 0;
    PropertyColumn[] columns =
        definition.ofNodes() ? view.state.nodeColumns : view.state.relationshipColumns;
    int bound = definition.ofNodes() ? view.nodeIdBound() : view.relationshipIdBound();
    for (int id = 0; id < bound; id++) {
      boolean member =
          definition.ofNodes()
              ? view.hasLabel(id, definition.labelOrType())
              : view.hasRelationship(id) && view.relationshipType(id) == definition.labelOrType();
      expected += member ? IndexEntries.of(definition, columns, id).size() : 0;
    }
    assertEquals(expected, index.size(), "size of index " + definition);
    IndexPage root = index.root();
    Object last = null;
    int lastId = -1;
    for (int rank = 0; rank < expected && root != null; rank++) {
      IndexTree.Place place = IndexTree.Place.of(root, rank);
      Object value = place.leaf().value(place.at());
      int id = place.leaf().ids[place.at()];
      assertTrue(IndexEntries.of(definition, columns, id).contains(value), "indexed " + id);
      int order = last == null ? -1 : ValueOrder.compare(last, value);
      assertTrue(order < 0 || order == 0 && lastId < id, "an index is sorted");
      last = value;
      lastId = id;
    }
    checkTree(index.root(), true);
  }

  static int checkTree(@Nullable IndexPage page, boolean top) {
    if (page == null) {
      assertTrue(top, "only a root may be missing");
      return 0;
    }
    assertTrue(page.count > 0, "an index page is not empty");
    if (page.isLeaf()) {
      return 1;
    }
    int height = -1;
    for (int i = 0; i < page.count; i++) {
      IndexPage child = page.child(i);
      assertEquals(child.size(), page.sizes[i], "size below");
      int below = checkTree(child, false);
      assertTrue(height < 0 || below == height, "leaves are at one depth");
      height = below;
      if (i > 0) {
        Object value = page.value(i);
        int id = page.ids[i];
        Edge first = Edge.behindEntry(IndexTree.firstValue(child), IndexTree.firstId(child));
        assertTrue(first.isBehind(value, id), "a separator is not behind what it begins");
        IndexPage last = page.child(i - 1);
        while (!last.isLeaf()) {
          last = last.child(last.count - 1);
        }
        Edge end = Edge.behindEntry(last.value(last.count - 1), last.ids[last.count - 1]);
        assertTrue(!end.isBehind(value, id), "a separator is behind what comes before");
      }
    }
    return height + 1;
  }
}
