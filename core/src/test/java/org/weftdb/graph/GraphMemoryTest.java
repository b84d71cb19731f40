package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class GraphMemoryTest {
  private static final int NODES = 10_000;

  private static GraphSnapshot changed(GraphSnapshot graph, Consumer<GraphTransaction> change) {
    GraphTransaction transaction = graph.begin();
    change.accept(transaction);
    return transaction.commit();
  }

  private static GraphSnapshot nodes(int count) {
    return changed(
        GraphSnapshot.empty(),
        transaction -> {
          int[] labels = {transaction.labelIdOrCreate("A")};
          for (int i = 0; i < count; i++) {
            transaction.createNode(labels);
          }
        });
  }

  private static void assertBetween(long from, long to, long bytes) {
    assertTrue(from <= bytes && bytes <= to, bytes + " is not between " + from + " and " + to);
  }

  @Test
  void anEmptyGraphTakesNothing() {
    assertEquals(new GraphMemory(0, 0, 0, 0, 0), GraphMemory.of(GraphSnapshot.empty()));
  }

  @Test
  void nodesTakeTheirLabelSetsAndBits() {
    GraphMemory memory = GraphMemory.of(nodes(NODES));
    assertBetween(4 * NODES, 6 * NODES, memory.nodeBytes());
    assertBetween(50, 500, memory.catalogBytes());
    assertEquals(memory.nodeBytes() + memory.catalogBytes(), memory.totalBytes());
  }

  @Test
  void relationshipsTakeTheirEndsAndTwoEntries() {
    GraphSnapshot graph =
        changed(
            nodes(NODES),
            transaction -> {
              int type = transaction.typeIdOrCreate("T");
              for (int i = 0; i < NODES; i++) {
                transaction.createRelationship(type, i, (i + 1) % NODES);
              }
            });
    long ring = GraphMemory.of(graph).relationshipBytes();
    assertBetween(36 * NODES, 60 * NODES, ring);
    GraphSnapshot star =
        changed(
            graph,
            transaction -> {
              for (int i = 1; i < NODES; i++) {
                transaction.createRelationship(0, 0, i);
              }
            });
    assertBetween(30 * NODES, 70 * NODES, GraphMemory.of(star).relationshipBytes() - ring);
  }

  @Test
  void propertiesTakeWhatTheirTypesTake() {
    GraphSnapshot graph = nodes(NODES);
    assertBetween(8 * NODES, 10 * NODES, withProperty(graph, i -> (long) i));
    assertBetween(8 * NODES, 10 * NODES, withProperty(graph, i -> i / 2.0));
    assertBetween(
        20 * NODES,
        22 * NODES,
        withProperty(graph, i -> i % 2 == 0 ? (Object) 0.5 : (Object) (long) i));
    assertBetween(145 * NODES, 155 * NODES, withProperty(graph, i -> "x".repeat(99) + i));
    assertBetween(4 * NODES, 5 * NODES, withProperty(graph, i -> "one text of all"));
    assertBetween(60 * NODES, 110 * NODES, withProperty(graph, i -> List.of((long) i, i + 1L)));
  }

  private interface ValueOf {
    Object of(int i);
  }

  private static long withProperty(GraphSnapshot graph, ValueOf value) {
    GraphSnapshot changed =
        changed(
            graph,
            transaction -> {
              int key = transaction.keyIdOrCreate("k");
              for (int i = 0; i < NODES; i++) {
                transaction.setNodeProperty(i, key, value.of(i));
              }
            });
    return GraphMemory.of(changed).propertyBytes();
  }

  @Test
  void ofManyValuesAPartIsEnough() {
    int many = 100_000;
    GraphSnapshot graph =
        changed(
            nodes(many),
            transaction -> {
              int key = transaction.keyIdOrCreate("k");
              for (int i = 0; i < many; i++) {
                transaction.setNodeProperty(i, key, "text number " + i);
              }
            });
    assertBetween(60L * many, 68L * many, GraphMemory.of(graph).propertyBytes());
  }

  @Test
  void anIndexTakesItsEntries() {
    GraphSnapshot graph =
        changed(
            nodes(NODES),
            transaction -> {
              int key = transaction.keyIdOrCreate("k");
              for (int i = 0; i < NODES; i++) {
                transaction.setNodeProperty(i, key, (long) i);
              }
            });
    assertEquals(0, GraphMemory.of(graph).indexBytes());
    GraphSnapshot indexed = changed(graph, transaction -> transaction.createNodeIndex("i", 0, 0));
    assertBetween(24 * NODES, 45 * NODES, GraphMemory.of(indexed).indexBytes());
  }

  @Test
  void whatIsDeletedIsNotCountedAnyMore() {
    GraphSnapshot graph =
        changed(
            nodes(NODES),
            transaction -> {
              int key = transaction.keyIdOrCreate("k");
              for (int i = 0; i < NODES; i++) {
                transaction.setNodeProperty(i, key, "text number " + i);
              }
            });
    long before = GraphMemory.of(graph).propertyBytes();
    GraphSnapshot without =
        changed(
            graph,
            transaction -> {
              for (int i = 0; i < NODES; i++) {
                transaction.setNodeProperty(i, 0, null);
              }
            });
    assertBetween(0, before / 100, GraphMemory.of(without).propertyBytes());
  }
}
