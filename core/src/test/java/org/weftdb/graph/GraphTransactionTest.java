package org.weftdb.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Direction;

final class GraphTransactionTest {
  private final GraphTransaction transaction =
      GraphModelTest.withNames(GraphSnapshot.empty()).begin();

  private static void assertRefused(ErrorCode code, Executable call) {
    assertEquals(code, assertThrows(WeftException.class, call).code());
  }

  @Test
  void namesAreNumberedInTheOrderOfTheirCreationAndRollBack() {
    GraphTransaction fresh = GraphSnapshot.empty().begin();
    assertEquals(0, fresh.labelIdOrCreate("b"));
    Savepoint savepoint = fresh.savepoint();
    assertEquals(1, fresh.labelIdOrCreate("a"));
    assertEquals(0, fresh.labelIdOrCreate("b"));
    assertEquals(1, fresh.catalog().labelId("a"));
    fresh.rollbackTo(savepoint);
    assertEquals(-1, fresh.catalog().labelId("a"));
    assertEquals(1, fresh.catalog().labelCount());
    assertEquals(1, fresh.labelIdOrCreate("c"));
    GraphSnapshot snapshot = fresh.commit();
    assertEquals("c", snapshot.catalog().labelName(1));
    assertEquals(-1, snapshot.catalog().typeId("b"));
    assertThrows(IndexOutOfBoundsException.class, () -> snapshot.catalog().labelName(2));
  }

  @Test
  void thousandsOfNamesAreFoundAgain() {
    GraphTransaction fresh = GraphSnapshot.empty().begin();
    for (int i = 0; i < 5000; i++) {
      assertEquals(i, fresh.keyIdOrCreate("key " + i));
    }
    GraphSnapshot snapshot = fresh.commit();
    for (int i = 0; i < 5000; i++) {
      assertEquals(i, snapshot.catalog().keyId("key " + i));
      assertEquals("key " + i, snapshot.catalog().keyName(i));
    }
  }

  @Test
  void onlyBooleansNumbersStringsAndListsOfThemAreStored() {
    int node = transaction.createNode(new int[0]);
    List<Object> nulls = new ArrayList<>(Arrays.asList(1L, null));
    for (Object value : new Object[] {Map.of(), nulls, List.of(List.of()), 'c', 1, List.of(1)}) {
      assertRefused(
          ErrorCode.INVALID_PROPERTY_TYPE, () -> transaction.setNodeProperty(node, 0, value));
    }
    assertNull(transaction.nodeProperty(node, 0));
    assertTrue(transaction.setNodeProperty(node, 0, List.of()));
    assertEquals(List.of(), transaction.nodeProperty(node, 0));
  }

  @Test
  void aStoredListIsNotTheCallersAnyMore() {
    int node = transaction.createNode(new int[0]);
    List<Object> list = new ArrayList<>(List.of(1L));
    transaction.setNodeProperty(node, 0, list);
    list.add("later");
    assertEquals(List.of(1L), transaction.nodeProperty(node, 0));
    List<?> stored = (List<?>) transaction.nodeProperty(node, 0);
    assertThrows(UnsupportedOperationException.class, () -> stored.remove(0));
  }

  @Test
  void settingWhatIsThereChangesNothing() {
    int node = transaction.createNode(new int[0]);
    assertTrue(transaction.setNodeProperty(node, 0, 1L));
    int length = transaction.changes().position();
    assertFalse(transaction.setNodeProperty(node, 0, 1L));
    assertFalse(transaction.setNodeProperty(node, 1, null));
    assertFalse(transaction.removeLabel(node, 0));
    assertEquals(length, transaction.changes().position());
    assertTrue(transaction.setNodeProperty(node, 0, 1.0));
  }

  @Test
  void aNodeWithRelationshipsIsNotDeleted() {
    int a = transaction.createNode(new int[] {0});
    int loop = transaction.createRelationship(0, a, a);
    assertEquals(1, transaction.degree(a, Direction.BOTH, -1));
    assertRefused(ErrorCode.DELETE_CONNECTED_NODE, () -> transaction.deleteNode(a));
    assertTrue(transaction.deleteRelationship(loop));
    assertTrue(transaction.deleteNode(a));
    assertFalse(transaction.deleteNode(a));
    assertTrue(transaction.isDeletedNode(a));
    assertFalse(transaction.isDeletedNode(a + 1));
    assertRefused(ErrorCode.DELETED_ENTITY_ACCESS, () -> transaction.setNodeProperty(a, 0, 1L));
    assertRefused(ErrorCode.DELETED_ENTITY_ACCESS, () -> transaction.createRelationship(0, a, a));
  }

  @Test
  void theTypeOfADeletedRelationshipCanBeReadUntilTheEnd() {
    int a = transaction.createNode(new int[0]);
    int relationship = transaction.createRelationship(2, a, a);
    transaction.setRelationshipProperty(relationship, 0, "x");
    Savepoint savepoint = transaction.savepoint();
    transaction.deleteRelationship(relationship);
    assertEquals(2, transaction.relationshipType(relationship));
    assertEquals(-1, transaction.startNode(relationship));
    assertNull(transaction.relationshipProperty(relationship, 0));
    assertEquals(0, Scanned.all(transaction.relationships(-1)).length);
    transaction.rollbackTo(savepoint);
    assertEquals("x", transaction.relationshipProperty(relationship, 0));
    transaction.deleteRelationship(relationship);
    GraphSnapshot after = transaction.commit();
    assertEquals(-1, after.relationshipType(relationship));
    assertTrue(after.isDeletedRelationship(relationship));
  }

  @Test
  void idsAreNotUsedAgain() {
    int first = transaction.createNode(new int[0]);
    transaction.deleteNode(first);
    GraphTransaction next = transaction.commit().begin();
    assertEquals(first + 1, next.createNode(new int[0]));
  }

  @Test
  void indexesHaveOneNameAndOnePropertyEach() {
    IndexDefinition made = transaction.createNodeIndex(null, 0, 1);
    assertEquals("index_Label0_key1", made.name());
    assertRefused(ErrorCode.INDEX_ALREADY_EXISTS, () -> transaction.createNodeIndex("other", 0, 1));
    assertRefused(
        ErrorCode.INDEX_ALREADY_EXISTS, () -> transaction.createNodeIndex(made.name(), 0, 2));
    transaction.createRelationshipIndex("index_Label0_key2", 0, 1);
    assertEquals("index_Label0_key2_2", transaction.createNodeIndex(null, 0, 2).name());
    transaction.dropIndex(made.name());
    assertRefused(ErrorCode.INDEX_NOT_FOUND, () -> transaction.dropIndex(made.name()));
    assertNull(transaction.nodeIndex(0, 1));
    assertNotNull(transaction.relationshipIndex(0, 1));
    assertEquals(2, transaction.indexes().size());
  }

  @Test
  void whatDoesNotExistHasNothing() {
    AdjacencyCursor cursor = new AdjacencyCursor();
    for (int id : new int[] {-1, 0, 1000, Integer.MAX_VALUE}) {
      assertFalse(transaction.hasNode(id));
      assertFalse(transaction.hasRelationship(id));
      assertFalse(transaction.hasLabel(id, 0));
      assertEquals(0, transaction.labelIds(transaction.labelSet(id)).length);
      assertEquals(-1, transaction.relationshipType(id));
      assertEquals(-1, transaction.startNode(id));
      assertEquals(0, transaction.degree(id, Direction.BOTH, -1));
      assertNull(transaction.nodeProperty(id, 0));
      assertNull(transaction.nodeProperty(0, id));
      assertFalse(transaction.hasLabel(0, id));
      assertEquals(0, transaction.nodeCount(id));
      assertEquals(0, Scanned.all(transaction.nodesWithLabel(id)).length);
      transaction.neighbours(id, Direction.BOTH, -1, cursor);
      assertFalse(cursor.nextSegment());
      transaction.neighboursTo(0, Direction.BOTH, -1, id, cursor);
      assertFalse(cursor.nextSegment());
    }
  }

  @Test
  void afterItsEndATransactionOnlyReads() {
    transaction.createNode(new int[0]);
    transaction.commit();
    assertEquals(1, transaction.nodeCount());
    assertThrows(IllegalStateException.class, () -> transaction.createNode(new int[0]));
    assertThrows(IllegalStateException.class, transaction::commit);
  }

  @Test
  void goingBackTwiceAndFromNestedSavepointsWorks() {
    Savepoint outer = transaction.savepoint();
    transaction.createNode(new int[] {1});
    Savepoint inner = transaction.savepoint();
    transaction.createNode(new int[] {1});
    transaction.rollbackTo(inner);
    assertEquals(1, transaction.nodeCount(1));
    transaction.createNode(new int[] {1});
    transaction.createNode(new int[] {1});
    transaction.rollbackTo(inner);
    assertEquals(1, transaction.nodeCount(1));
    transaction.rollbackTo(outer);
    assertEquals(0, transaction.nodeCount());
    assertTrue(transaction.isUnchanged());
    assertThrows(IllegalArgumentException.class, () -> transaction.rollbackTo(inner));
  }

  @Test
  void anUnrecordedTransactionDoesTheSameAndKeepsNoChanges() {
    GraphTransaction recorded = GraphSnapshot.empty().begin();
    GraphTransaction unrecorded = GraphSnapshot.empty().beginUnrecorded();
    for (GraphTransaction each : List.of(recorded, unrecorded)) {
      assertTrue(each.isUnchanged());
      Savepoint savepoint = each.savepoint();
      each.createNode(new int[] {each.labelIdOrCreate("X")});
      assertFalse(each.isUnchanged());
      each.rollbackTo(savepoint);
      assertTrue(each.isUnchanged());
      each.setNodeProperty(each.createNode(new int[0]), each.keyIdOrCreate("k"), "v");
    }
    assertTrue(recorded.changes().position() > 0);
    assertEquals(0, unrecorded.changes().position());
    assertArrayEquals(
        GraphModelTest.bytes(recorded.commit()), GraphModelTest.bytes(unrecorded.commit()));
  }
}
