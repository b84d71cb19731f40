package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a write copies, counted; time would say the same with more noise. */
final class WriteCostTest {
  private static GraphSnapshot graph(int size) {
    GraphTransaction transaction = GraphSnapshot.empty().begin();
    int[] labels = {transaction.labelIdOrCreate("A")};
    int key = transaction.keyIdOrCreate("k");
    int type = transaction.typeIdOrCreate("T");
    for (int i = 0; i < size; i++) {
      transaction.setNodeProperty(transaction.createNode(labels), key, (long) i);
    }
    for (int i = 0; i < size; i++) {
      transaction.createRelationship(type, i, (int) (i * 7L % size));
    }
    return transaction.commit();
  }

  private static Editor writeTo(GraphSnapshot graph) {
    GraphTransaction transaction = graph.begin();
    int node = transaction.createNode(new int[] {0});
    transaction.setNodeProperty(node, 0, 5L);
    transaction.setNodeProperty(node / 2, 0, 5L);
    transaction.createRelationship(0, node / 2, node / 3);
    transaction.addLabel(node / 5, 0);
    return transaction.copies();
  }

  @Test
  void costsTheSameInASmallAndInALargeGraph() {
    Editor small = writeTo(graph(10_000));
    Editor large = writeTo(graph(600_000));
    assertTrue(
        large.copiedArrays() <= small.copiedArrays() + 2,
        small.copiedArrays() + " arrays copied, and " + large.copiedArrays());
    assertTrue(
        large.copiedEntries() <= small.copiedEntries() + 2 * PageTable.DIRECTORY_SIZE,
        small.copiedEntries() + " entries copied, and " + large.copiedEntries());
  }

  @Test
  void aSavepointCopiesNothingAndGoingBackNeither() {
    GraphTransaction transaction = graph(20_000).begin();
    transaction.setNodeProperty(3, 0, 5L);
    long before = transaction.copies().copiedArrays();
    Savepoint savepoint = transaction.savepoint();
    transaction.rollbackTo(savepoint);
    assertEquals(before, transaction.copies().copiedArrays());
  }

  @Test
  void anotherRelationshipOfANodeWithManyCopiesOneChunkAndTheirList() {
    GraphTransaction transaction = graph(10).begin();
    for (int i = 0; i < 100_000; i++) {
      transaction.createRelationship(0, 3, i % 10);
    }
    GraphTransaction next = transaction.commit().begin();
    next.createRelationship(0, 3, 5);
    assertTrue(
        next.copies().copiedEntries() < 6000, next.copies().copiedEntries() + " entries copied");
  }

  @Test
  void writingToWhatWasWrittenBeforeCopiesNothing() {
    GraphTransaction transaction = graph(5000).begin();
    for (int i = 0; i < 64; i++) {
      transaction.createRelationship(0, i, i + 64);
    }
    long before = transaction.copies().copiedArrays();
    for (int i = 0; i < 64; i++) {
      transaction.createRelationship(0, i, i + 64);
    }
    assertEquals(before, transaction.copies().copiedArrays());
  }
}
